import { Button, CloseButton, Switch, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { isIban } from '../../common/iban.ts'
import { useWords } from '../words/words.ts'
import type { MerchantDraft } from './merchant-draft.ts'

interface FieldsProps {
  draft: MerchantDraft
  onChange: (draft: MerchantDraft) => void
}

type TextName =
  | 'name'
  | 'tradingName'
  | 'street'
  | 'postalCode'
  | 'city'
  | 'country'
  | 'taxNumber'
  | 'vatId'
  | 'registerEntry'
  | 'creditorId'
  | 'legalForm'
  | 'directors'
  | 'contactName'
  | 'phone'
  | 'email'
  | 'website'

const needed = new Set<TextName>(['name', 'street', 'postalCode', 'city', 'country', 'contactName', 'phone', 'email'])

/** Name, address and what the law wants to read on paper. */
export function MerchantFields({ draft, onChange }: FieldsProps) {
  const { w } = useWords()
  const words = w.settings.company
  const field = (name: TextName, className = '') => (
    <TextInput
      className={className}
      label={words[name]}
      value={draft[name] ?? ''}
      required={needed.has(name)}
      onChange={(event) => onChange({ ...draft, [name]: event.currentTarget.value })}
    />
  )
  return (
    <div className="stack-wide">
      <fieldset className="group">
        <legend>{words.address}</legend>
        <div className="fields">
          {field('name', 'w6')}
          {field('tradingName', 'w6')}
          {field('street')}
          {field('postalCode', 'w3')}
          {field('city', 'w7')}
          {field('country', 'w2')}
        </div>
      </fieldset>
      <fieldset className="group">
        <legend>{words.law}</legend>
        <div className="fields">
          {field('taxNumber', 'w6')}
          {field('vatId', 'w6')}
          {field('legalForm', 'w4')}
          {field('registerEntry', 'w4')}
          {field('directors', 'w4')}
          {field('creditorId', 'w4')}
          <Switch
            label={words.smallBusiness}
            checked={draft.smallBusiness}
            onChange={(event) => onChange({ ...draft, smallBusiness: event.currentTarget.checked })}
          />
        </div>
      </fieldset>
      <fieldset className="group">
        <legend>{words.contact}</legend>
        <div className="fields">
          {field('contactName', 'w6')}
          {field('phone', 'w6')}
          {field('email', 'w6')}
          {field('website', 'w6')}
        </div>
      </fieldset>
    </div>
  )
}

/** Where customers pay to; the first one stands on invoices. */
export function BankFields({ draft, onChange }: FieldsProps) {
  const { w } = useWords()
  const words = w.settings.company
  const { bankAccounts } = draft
  const set = (at: number, changes: Partial<MerchantDraft['bankAccounts'][number]>) =>
    onChange({
      ...draft,
      bankAccounts: bankAccounts.map((account, i) => (i === at ? { ...account, ...changes } : account)),
    })
  return (
    <fieldset className="group">
      <legend>{words.bank}</legend>
      <div className="stack">
        {bankAccounts.map((account, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: accounts have no other name while they are written
          <div key={i} className="bank">
            <div className="fields">
              <TextInput
                className="w5"
                label={words.iban}
                required
                value={account.iban}
                error={account.iban.replace(/\s/g, '').length >= 15 && !isIban(account.iban) && words.ibanWrong}
                onChange={(event) => set(i, { iban: event.currentTarget.value })}
              />
              <TextInput
                className="w3"
                label={words.bic}
                value={account.bic ?? ''}
                onChange={(event) => set(i, { bic: event.currentTarget.value })}
              />
              <TextInput
                className="w4"
                label={words.bankName}
                value={account.bankName ?? ''}
                onChange={(event) => set(i, { bankName: event.currentTarget.value })}
              />
            </div>
            {bankAccounts.length > 1 && (
              <CloseButton
                aria-label={w.actions.remove}
                onClick={() => onChange({ ...draft, bankAccounts: bankAccounts.filter((_, k) => k !== i) })}
              />
            )}
          </div>
        ))}
        {bankAccounts.length < 5 && (
          <span>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => onChange({ ...draft, bankAccounts: [...bankAccounts, { iban: '' }] })}
            >
              {words.addBank}
            </Button>
          </span>
        )}
      </div>
    </fieldset>
  )
}
