import { TextInput } from '@mantine/core'
import { useWords } from '../words/words.ts'

/** An address while it is being written. */
export interface AddressDraft {
  name: string
  additional: string
  street: string
  postalCode: string
  city: string
  country: string
}

export const emptyAddress: AddressDraft = {
  name: '',
  additional: '',
  street: '',
  postalCode: '',
  city: '',
  country: 'DE',
}

type Address = {
  name: string
  additional?: string
  street?: string
  postalCode: string
  city: string
  country: string
  phone?: string
  email?: string
}

export const addressDraftOf = (address: Address): AddressDraft => ({
  name: address.name,
  additional: address.additional ?? '',
  street: address.street ?? '',
  postalCode: address.postalCode,
  city: address.city,
  country: address.country,
})

export const addressOf = (draft: AddressDraft): Address => ({
  name: draft.name.trim(),
  additional: draft.additional.trim() || undefined,
  street: draft.street.trim() || undefined,
  postalCode: draft.postalCode.trim(),
  city: draft.city.trim(),
  country: draft.country.trim().toUpperCase() || 'DE',
})

export const isWholeAddress = (draft: AddressDraft): boolean =>
  draft.name.trim() !== '' && draft.city.trim() !== '' && /^[A-Za-z]{2}$/.test(draft.country.trim())

export function AddressFields({ draft, onChange }: { draft: AddressDraft; onChange: (draft: AddressDraft) => void }) {
  const { w } = useWords()
  const { fields } = w.customers
  const field = (name: keyof AddressDraft, label: string, className: string, maxLength: number) => (
    <TextInput
      className={className}
      label={label}
      value={draft[name]}
      maxLength={maxLength}
      required={name === 'name' || name === 'city' || name === 'country'}
      onChange={(event) => onChange({ ...draft, [name]: event.currentTarget.value })}
    />
  )
  return (
    <div className="fields">
      {field('name', fields.company, '', 200)}
      {field('additional', fields.additional, '', 200)}
      {field('street', fields.street, '', 200)}
      {field('postalCode', fields.postalCode, 'w3', 20)}
      {field('city', fields.city, 'w7', 120)}
      {field('country', fields.country, 'w2', 2)}
    </div>
  )
}
