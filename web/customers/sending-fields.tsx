import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { needsConsent, sentKinds } from '../../common/customers/sending.ts'
import { AddressField } from '../sending/address-field.tsx'
import { DayField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { useWords } from '../words/words.ts'
import type { CustomerDraft } from './customer-draft.ts'

interface FieldsProps {
  draft: CustomerDraft
  onChange: (draft: CustomerDraft) => void
}

/** What a customer gets by e-mail and where, and since when he agrees to it. */
export function SendingFields({ draft, onChange }: FieldsProps) {
  const { w } = useWords()
  const words = w.sending.customer
  const { sending } = draft
  const [apart, setApart] = useState(sentKinds.some((kind) => sending.addressesByKind[kind]))
  const set = (changes: Partial<CustomerDraft['sending']>) =>
    onChange({ ...draft, sending: { ...sending, ...changes } })
  const isAskedFor = needsConsent('invoice', draft.invoiceFormat, draft)
  const sendsInvoices = sending.kinds.includes('invoice') || sending.kinds.includes('correction')
  return (
    <div className="stack">
      <Checkbox.Group
        label={words.kinds}
        value={sending.kinds}
        onChange={(kinds) => set({ kinds: sentKinds.filter((kind) => kinds.includes(kind)) })}
      >
        <div className="row">
          {sentKinds.map((kind) => (
            <Checkbox key={kind} value={kind} label={w.sending.kindsMany[kind]} />
          ))}
        </div>
      </Checkbox.Group>
      <AddressField
        label={words.addresses}
        description={words.addressesHint}
        placeholder={draft.email}
        value={sending.addresses}
        onChange={(addresses) => set({ addresses })}
      />
      <Checkbox label={words.addOther} checked={apart} onChange={(event) => setApart(event.currentTarget.checked)} />
      {apart && (
        <div className="fields">
          {sentKinds.map((kind) => (
            <AddressField
              key={kind}
              className="w6"
              label={words.other(w.sending.kindsMany[kind])}
              placeholder={words.otherHint}
              value={sending.addressesByKind[kind] ?? ''}
              onChange={(text) => set({ addressesByKind: { ...sending.addressesByKind, [kind]: text } })}
            />
          ))}
        </div>
      )}
      {(isAskedFor || sending.consentOn) && (
        <>
          <DayField
            className="short-field"
            label={words.consentOn}
            value={sending.consentOn}
            onChange={(consentOn) => set({ consentOn })}
            maximum={today()}
          />
          {isAskedFor && sendsInvoices && !sending.consentOn && <p className="amber">{words.consentNeeded}</p>}
        </>
      )}
      {draft.kind === 'company' && draft.invoiceFormat === 'pdf' && <p className="quiet small">{words.mandateHint}</p>}
    </div>
  )
}
