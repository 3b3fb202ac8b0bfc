import { Button, Drawer } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { useWords } from '../words/words.ts'
import { Refused } from './states.tsx'
import './panel.css'

interface PanelProps {
  title: string
  opened: boolean
  onClose: () => void
  /** what the button does, in the words of the clerk */
  submit: string
  onSubmit: () => void
  busy?: boolean
  disabled?: boolean
  /** red for what takes something back */
  danger?: boolean
  error?: unknown
  wide?: boolean
  /** the consequences, beside the button */
  foot?: ReactNode
  children: ReactNode
}

/** An action with its few fields, at the side of the page it belongs to; Ctrl-Enter does it, Esc leaves. */
export function Panel({
  title,
  opened,
  onClose,
  submit,
  onSubmit,
  busy,
  disabled,
  danger,
  error,
  wide,
  foot,
  children,
}: PanelProps) {
  const { w } = useWords()
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error) end.current?.scrollIntoView({ block: 'nearest' })
  }, [error])
  const go = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && !disabled) onSubmit()
  }
  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position="right"
      size={wide ? 760 : 480}
      transitionProps={{ duration: 120 }}
    >
      <Drawer.Overlay backgroundOpacity={0.28} />
      <Drawer.Content>
        <form className="panel-form" onSubmit={go} noValidate>
          <div className="panel-head">
            <Drawer.Title className="panel-title">{title}</Drawer.Title>
            <Drawer.CloseButton aria-label={w.actions.close} />
          </div>
          <div className="panel-body">{children}</div>
          <div className="panel-foot">
            <div ref={end}>
              <Refused error={error} />
            </div>
            {foot && <div className="panel-consequences">{foot}</div>}
            <div className="panel-buttons">
              <Button variant="default" onClick={onClose}>
                {w.actions.cancel}
              </Button>
              <Button
                type="submit"
                data-primary=""
                loading={busy}
                disabled={disabled}
                {...(danger ? { color: 'red.8' } : {})}
              >
                {submit}
              </Button>
            </div>
          </div>
        </form>
      </Drawer.Content>
    </Drawer.Root>
  )
}
