import { Button, CloseButton, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { Channel } from '../../common/branches/api.ts'
import { useWords } from '../words/words.ts'

type Method = Channel['paymentMethods'][string]
/** the shop's own name of a way to pay, and what it means here */
export type NamedMethod = [name: string, method: Method]

export function methodsNamed(methods: readonly NamedMethod[]): Channel['paymentMethods'] {
  return Object.fromEntries(methods.filter(([name]) => name.trim()).map(([name, method]) => [name.trim(), method]))
}

interface PaymentMethodsProps {
  methods: NamedMethod[]
  onChange: (methods: NamedMethod[]) => void
}

/** What the shop's ways to pay mean here. */
export function PaymentMethods({ methods, onChange }: PaymentMethodsProps) {
  const { w } = useWords()
  const words = w.settings.channels
  const set = (at: number, method: NamedMethod) => onChange(methods.map((old, k) => (k === at ? method : old)))
  const options = Object.entries<string>(w.orders.methods).map(([value, label]) => ({ value, label }))
  return (
    <fieldset className="group">
      <legend>{words.methods}</legend>
      <div className="stack">
        {methods.map(([name, method], i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are written
          <div key={i} className="method-line">
            <TextInput
              aria-label={words.methodName}
              placeholder={words.methodName}
              value={name}
              onChange={(event) => set(i, [event.currentTarget.value, method])}
            />
            <Select
              aria-label={words.method}
              value={method}
              allowDeselect={false}
              data={options}
              onChange={(value) => set(i, [name, value as Method])}
            />
            <CloseButton aria-label={w.actions.remove} onClick={() => onChange(methods.filter((_, k) => k !== i))} />
          </div>
        ))}
        <span>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...methods, ['', 'on-invoice']])}
          >
            {words.addMethod}
          </Button>
        </span>
      </div>
    </fieldset>
  )
}
