import { Textarea } from '@mantine/core'
import { useWords } from '../words/words.ts'

interface ReasonFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  /** what is said most often, one click away */
  usual?: readonly string[]
  /** letters */
  maximum?: number
}

export function ReasonField({ label, value, onChange, usual = [], maximum = 300 }: ReasonFieldProps) {
  const { w } = useWords()
  return (
    <div className="stack">
      <Textarea
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={maximum}
        required
        withAsterisk={false}
        data-autofocus
      />
      {usual.length > 0 && (
        <fieldset className="group row" aria-label={w.reason}>
          {usual.map((reason) => (
            <button
              key={reason}
              type="button"
              className="chip"
              aria-pressed={value === reason}
              onClick={() => onChange(reason)}
            >
              {reason}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  )
}
