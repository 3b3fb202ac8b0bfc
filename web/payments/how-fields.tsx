import { Select, TextInput } from '@mantine/core'
import { AccountFields } from '../customers/account-fields.tsx'
import { useWords } from '../words/words.ts'
import type { HowDraft } from './how-draft.ts'

/** By transfer to an account that the customer keeps, in cash, by card, or where the provider paid it, with his number. */
export function HowFields({ how, onChange }: { how: HowDraft; onChange: (how: HowDraft) => void }) {
  const { w } = useWords()
  const words = w.payments.refunds
  return (
    <>
      <div className="fields">
        <Select
          className="w6"
          size="md"
          label={w.returns.desk.refundMethod}
          value={how.method}
          allowDeselect={false}
          data={Object.entries(w.returns.methods).map(([value, label]) => ({ value, label }))}
          onChange={(method) => onChange({ ...how, method: method as HowDraft['method'] })}
        />
        {how.method !== 'transfer' && (
          <TextInput
            className="w6"
            size="md"
            label={how.method === 'payment-provider' ? words.providerNumber : w.payments.reference}
            required={how.method === 'payment-provider'}
            value={how.reference}
            maxLength={140}
            onChange={(e) => onChange({ ...how, reference: e.currentTarget.value })}
          />
        )}
      </div>
      {how.method === 'transfer' && (
        <AccountFields
          legend={w.customers.fields.account}
          draft={how.account}
          onChange={(account) => onChange({ ...how, account })}
        />
      )}
      {how.method === 'payment-provider' && <p className="quiet">{words.providerHint}</p>}
    </>
  )
}
