import { TextInput } from '@mantine/core'
import { isIban } from '../../common/iban.ts'
import { useWords } from '../words/words.ts'
import { type AccountDraft, accountFits } from './customer-draft.ts'

/** Where a customer gets money back to. */
export function AccountFields({
  legend,
  draft,
  onChange,
}: {
  legend: string
  draft: AccountDraft
  onChange: (draft: AccountDraft) => void
}) {
  const { w } = useWords()
  const { fields } = w.customers
  const wrongIban = draft.iban.replace(/\s/g, '').length >= 15 && !isIban(draft.iban)
  return (
    <fieldset className="group">
      <legend>{legend}</legend>
      <div className="fields">
        <TextInput
          className="w8"
          label={fields.iban}
          value={draft.iban}
          maxLength={42}
          error={wrongIban && fields.ibanWrong}
          onChange={(e) => onChange({ ...draft, iban: e.currentTarget.value })}
        />
        <TextInput
          className="w4"
          label={fields.bic}
          value={draft.bic}
          maxLength={14}
          error={!wrongIban && isIban(draft.iban) && !accountFits(draft) && fields.bicWrong}
          onChange={(e) => onChange({ ...draft, bic: e.currentTarget.value })}
        />
        <TextInput
          className="w12"
          label={fields.holder}
          value={draft.holder}
          maxLength={70}
          onChange={(e) => onChange({ ...draft, holder: e.currentTarget.value })}
        />
      </div>
    </fieldset>
  )
}
