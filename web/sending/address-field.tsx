import { TextInput } from '@mantine/core'
import { useWords } from '../words/words.ts'
import { areAddresses } from './addresses.ts'

interface AddressFieldProps {
  label: string
  value: string
  onChange: (text: string) => void
  description?: string
  placeholder?: string
  className?: string
  autoFocus?: boolean
}

/** E-mail addresses in one line. */
export function AddressField({
  label,
  value,
  onChange,
  description,
  placeholder,
  className,
  autoFocus,
}: AddressFieldProps) {
  const { w } = useWords()
  return (
    <TextInput
      label={label}
      className={className}
      description={description}
      placeholder={placeholder}
      value={value}
      inputMode="email"
      autoComplete="off"
      spellCheck={false}
      maxLength={2000}
      {...(autoFocus ? { 'data-autofocus': true } : {})}
      error={!areAddresses(value) && w.sending.toWrong}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
