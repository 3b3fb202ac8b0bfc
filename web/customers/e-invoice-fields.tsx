import { Switch, TextInput } from '@mantine/core'
import { DayField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { useWords } from '../words/words.ts'
import { type CustomerDraft, isMandateReference } from './customer-draft.ts'

interface Props {
  draft: CustomerDraft
  set(change: Partial<CustomerDraft>): void
}

/** What his e-invoices say beyond the core, and the mandate by which they are collected. */
export function EInvoiceFields({ draft, set }: Props) {
  const { w } = useWords()
  const { fields } = w.customers
  const { eInvoice, mandate } = draft
  const needsAccount = mandate.reference.trim() !== '' && draft.account.iban.trim() === ''
  return (
    <fieldset className="group">
      <legend>{fields.eInvoice}</legend>
      <Switch
        label={fields.noteReferences}
        description={fields.noteReferencesHint}
        checked={eInvoice.noteReferences}
        onChange={(e) => set({ eInvoice: { ...eInvoice, noteReferences: e.currentTarget.checked } })}
      />
      <Switch
        label={fields.attachNotes}
        description={fields.attachNotesHint}
        checked={eInvoice.attachNotes}
        onChange={(e) => set({ eInvoice: { ...eInvoice, attachNotes: e.currentTarget.checked } })}
      />
      <div className="fields">
        <TextInput
          className="w8"
          label={fields.mandateReference}
          description={fields.mandateHint}
          value={mandate.reference}
          maxLength={35}
          error={
            needsAccount ? fields.mandateNeedsAccount : !isMandateReference(mandate.reference) && fields.mandateWrong
          }
          onChange={(e) => set({ mandate: { ...mandate, reference: e.currentTarget.value } })}
        />
        <DayField
          className="w4"
          label={fields.mandateSignedOn}
          description={fields.mandateSignedHint}
          value={mandate.signedOn}
          maximum={today()}
          onChange={(signedOn) => set({ mandate: { ...mandate, signedOn } })}
        />
      </div>
    </fieldset>
  )
}
