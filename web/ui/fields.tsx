import { ActionIcon, TextInput } from '@mantine/core'
import { IconCalendar, IconMinus, IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useWords } from '../words/words.ts'
import { readDay, readNumber, today } from './format.ts'
import './fields.css'

interface NumberFieldProps {
  label?: string
  'aria-label'?: string
  value: number | undefined
  onChange: (value: number | undefined) => void
  minimum?: number
  maximum?: number
  required?: boolean
  autoFocus?: boolean
  description?: string
  placeholder?: string
  error?: string
  suffix?: ReactNode
  className?: string
  disabled?: boolean
  /** large plus and minus beside the field, for gloves */
  steppers?: boolean
}

interface Scale {
  digits: number
  step: number
  show: (value: number) => string
}

/** A number in whole units of 10^-digits, typed and shown the way the language writes it. */
function NumberField({
  value,
  onChange,
  minimum = 0,
  maximum,
  required,
  error,
  steppers,
  suffix,
  scale,
  className,
  ...rest
}: NumberFieldProps & { scale: Scale }) {
  const { w, language } = useWords()
  const [text, setText] = useState(() => (value === undefined ? '' : scale.show(value)))
  const [typing, setTyping] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: while typing, the text leads
  useEffect(() => {
    if (!typing) setText(value === undefined ? '' : scale.show(value))
  }, [value, typing, language])

  const read = readNumber(text, scale.digits, language)
  const wrong =
    text.trim() === ''
      ? undefined
      : read === undefined
        ? w.notANumber
        : maximum !== undefined && read > maximum
          ? w.atMost(scale.show(maximum))
          : read < minimum
            ? w.atLeast(scale.show(minimum))
            : undefined
  const type = (next: string) => {
    setTyping(true)
    setText(next)
    const number = readNumber(next, scale.digits, language)
    onChange(number)
  }
  const step = (by: number) => {
    const next = Math.min(maximum ?? Number.MAX_SAFE_INTEGER, Math.max(minimum, (value ?? 0) + by * scale.step))
    setTyping(false)
    onChange(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    step(by)
  }
  const field = (
    <TextInput
      {...rest}
      className={steppers ? undefined : className}
      classNames={{ input: 'figure' }}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      required={required}
      withAsterisk={false}
      error={error ?? (typing ? undefined : wrong)}
      onChange={(event) => type(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => setTyping(false)}
      onKeyDown={onKeyDown}
      rightSection={suffix}
      {...(typeof suffix === 'string'
        ? { rightSectionWidth: 20 + suffix.length * 7, rightSectionProps: { className: 'suffix' } }
        : {})}
    />
  )
  if (!steppers) return field
  return (
    <div className={`steppers ${className ?? ''}`}>
      <ActionIcon
        variant="default"
        size={44}
        aria-label={w.less}
        onClick={() => step(-1)}
        disabled={(value ?? 0) <= minimum}
      >
        <IconMinus size={20} />
      </ActionIcon>
      {field}
      <ActionIcon
        variant="default"
        size={44}
        aria-label={w.greater}
        onClick={() => step(1)}
        disabled={maximum !== undefined && (value ?? 0) >= maximum}
      >
        <IconPlus size={20} />
      </ActionIcon>
    </div>
  )
}

export function MoneyField(props: NumberFieldProps) {
  const { f } = useWords()
  return <NumberField suffix="€" {...props} scale={{ digits: 2, step: 100, show: f.money }} />
}
/** Ten-thousandths of a euro. */
export function PriceField(props: NumberFieldProps) {
  const { f } = useWords()
  return <NumberField suffix="€" {...props} scale={{ digits: 4, step: 10_000, show: f.price }} />
}
export function QuantityField(props: NumberFieldProps) {
  const { f } = useWords()
  return <NumberField {...props} scale={{ digits: 3, step: 1000, show: f.quantity }} />
}
/** Hundredths of a percent. */
export function PercentField(props: NumberFieldProps) {
  const { f } = useWords()
  return (
    <NumberField
      suffix="%"
      {...props}
      scale={{ digits: 2, step: 100, show: (v) => f.percent(v).replace(/\s*%$/, '') }}
    />
  )
}
export function CountField(props: NumberFieldProps) {
  const { f } = useWords()
  return <NumberField {...props} scale={{ digits: 0, step: 1, show: f.count }} />
}
/** Grams, typed in kilograms. */
export function WeightField(props: NumberFieldProps) {
  const { f } = useWords()
  return <NumberField suffix="kg" {...props} scale={{ digits: 3, step: 1000, show: f.quantity }} />
}

interface DayFieldProps {
  label: string
  value: string | undefined
  onChange: (day: string | undefined) => void
  maximum?: string
  className?: string
  description?: string
}

/** A day as clerks type it ("24.11.", "-1"), or from the device's own calendar. */
export function DayField({ label, value, onChange, maximum, className, description }: DayFieldProps) {
  const { w, f, language } = useWords()
  const [text, setText] = useState(value ? f.day(value) : '')
  const [typing, setTyping] = useState(false)
  const calendar = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: while typing, the text leads
  useEffect(() => {
    if (!typing) setText(value ? f.day(value) : text)
  }, [value, typing, language])
  const read = readDay(text, today())
  const wrong =
    text.trim() === ''
      ? undefined
      : read === undefined
        ? w.notADay
        : maximum && read > maximum
          ? w.atMost(f.day(maximum))
          : undefined
  return (
    <TextInput
      label={label}
      className={className}
      description={description}
      value={text}
      inputMode="text"
      autoComplete="off"
      error={typing ? undefined : wrong}
      onChange={(event) => {
        setTyping(true)
        setText(event.currentTarget.value)
        onChange(readDay(event.currentTarget.value, today()))
      }}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => setTyping(false)}
      rightSection={
        <span className="calendar">
          <input
            ref={calendar}
            type="date"
            tabIndex={-1}
            aria-hidden="true"
            max={maximum}
            value={value ?? ''}
            onChange={(event) => onChange(event.currentTarget.value || undefined)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            tabIndex={-1}
            aria-label={label}
            onClick={() => calendar.current?.showPicker()}
          >
            <IconCalendar size={16} />
          </ActionIcon>
        </span>
      }
    />
  )
}
