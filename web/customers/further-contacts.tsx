import { Button, CloseButton, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { Customer } from '../../common/customers/api.ts'
import { Facts, Section } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'
import type { CustomerDraft } from './customer-draft.ts'
import './contacts.css'

type Contacts = CustomerDraft['furtherContacts']
const MOST = 20

/** Purchasing, accounting, the building site: whoever else is talked to, a row each. */
export function FurtherContactFields({
  contacts,
  onChange,
}: {
  contacts: Contacts
  onChange: (contacts: Contacts) => void
}) {
  const { w } = useWords()
  const { fields } = w.customers
  const set = (at: number, changes: Partial<Contacts[number]>) =>
    onChange(contacts.map((contact, i) => (i === at ? { ...contact, ...changes } : contact)))
  const columns = [
    ['name', fields.contactName, 200],
    ['role', fields.contactRole, 80],
    ['phone', fields.contactPhone, 60],
    ['email', fields.contactEmail, 254],
  ] as const
  return (
    <fieldset className="group">
      <legend>{w.customers.furtherContacts}</legend>
      <div className="stack">
        {contacts.map((contact, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are written
          <div key={i} className="row further-contact">
            {columns.map(([name, label, maximum]) => (
              <TextInput
                key={name}
                aria-label={label}
                placeholder={label}
                value={contact[name]}
                maxLength={maximum}
                onChange={(event) => set(i, { [name]: event.currentTarget.value })}
              />
            ))}
            <CloseButton
              aria-label={`${w.actions.remove}: ${contact.name}`}
              onClick={() => onChange(contacts.filter((_, k) => k !== i))}
            />
          </div>
        ))}
        {contacts.length < MOST && (
          <span>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => onChange([...contacts, { name: '', role: '', phone: '', email: '' }])}
            >
              {fields.addContact}
            </Button>
          </span>
        )}
      </div>
    </fieldset>
  )
}

export function FurtherContacts({ contacts }: { contacts: Customer['furtherContacts'] }) {
  const { w } = useWords()
  if (contacts.length === 0) return null
  return (
    <Section title={w.customers.furtherContacts}>
      <Facts
        facts={contacts.map((contact) => [
          contact.role ?? w.customers.contact,
          <span key={contact.name} className="contact">
            <span>{contact.name}</span>
            {contact.phone && <a href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>{contact.phone}</a>}
            {contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
          </span>,
        ])}
      />
    </Section>
  )
}
