import { Button, Checkbox, createTheme, Drawer, Input, type MantineColorsTuple, Modal, Switch } from '@mantine/core'

/** The accent #0B6E69 is step 7; in the dark scheme buttons take step 6, so that white on it stays readable. */
const petrol: MantineColorsTuple = [
  '#e9f5f4',
  '#d2e8e6',
  '#a6d1ce',
  '#77bab5',
  '#4ea59f',
  '#2b8c86',
  '#117b75',
  '#0b6e69',
  '#085c58',
  '#054743',
]

const field = { labelProps: { fz: 12.5, fw: 600, mb: 3 } }

export const theme = createTheme({
  colors: { petrol },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: '"Source Sans 3", "Source Sans Fallback", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, monospace',
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12.5px', sm: '14px', md: '14px', lg: '16px', xl: '18px' },
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm', fw: 600 }, styles: { root: { paddingInline: 14 } } }),
    Input: Input.extend({ defaultProps: { size: 'sm' } }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { ...field, inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    Drawer: Drawer.extend({
      defaultProps: {
        position: 'right',
        transitionProps: { duration: 120 },
        overlayProps: { backgroundOpacity: 0.28 },
      },
    }),
    Modal: Modal.extend({
      defaultProps: { transitionProps: { duration: 90 }, overlayProps: { backgroundOpacity: 0.28 } },
    }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    Switch: Switch.extend({ defaultProps: { size: 'sm' } }),
  },
})
