import { TextInput } from '@mantine/core'
import { CountField } from '../ui/fields.tsx'
import { Failed } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { BankFields, MerchantFields } from './merchant-fields.tsx'
import { SaveBar } from './save-bar.tsx'
import { useMerchant } from './use-merchant.ts'

/** The own company: what stands on every document. */
export default function Company() {
  const { w } = useWords()
  const merchant = useMerchant()
  const { draft, change, load } = merchant
  if (!draft)
    return load.error ? (
      <Failed error={load.error} retry={() => void load.refetch()} />
    ) : (
      <div className="block-skeleton" />
    )
  return (
    <div className="stack-wide">
      <MerchantFields draft={draft} onChange={change} />
      <BankFields draft={draft} onChange={change} />
      <fieldset className="group">
        <legend>{w.settings.company.credit}</legend>
        <CountField
          className="short-field"
          label={w.settings.company.overdueDaysLimit}
          description={w.settings.company.overdueHint}
          value={draft.overdueDaysLimit}
          maximum={365}
          onChange={(overdueDaysLimit) => change({ ...draft, overdueDaysLimit: overdueDaysLimit ?? 0 })}
        />
        <CountField
          className="short-field"
          label={w.settings.company.returnDays}
          description={w.settings.company.returnHint}
          value={draft.returnDays}
          maximum={3650}
          onChange={(returnDays) => change({ ...draft, returnDays: returnDays ?? 0 })}
        />
      </fieldset>
      <fieldset className="group">
        <legend>{w.settings.company.links}</legend>
        <TextInput
          className="form-width"
          label={w.settings.company.publicAddress}
          description={w.settings.company.publicAddressHint}
          value={draft.publicAddress ?? ''}
          maxLength={200}
          placeholder="https://"
          onChange={(event) => change({ ...draft, publicAddress: event.currentTarget.value })}
        />
        <CountField
          className="short-field"
          label={w.settings.company.linkDays}
          description={w.settings.company.linkDaysHint}
          value={draft.linkDays}
          maximum={730}
          onChange={(linkDays) => change({ ...draft, linkDays: linkDays ?? 90 })}
        />
      </fieldset>
      <SaveBar merchant={merchant} />
    </div>
  )
}
