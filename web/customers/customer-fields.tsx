import { Button, CloseButton, SegmentedControl, Select, Switch, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { CountField, MoneyField, PercentField } from '../ui/fields.tsx'
import { useWords } from '../words/words.ts'
import { AccountFields } from './account-fields.tsx'
import { type CustomerDraft, vatIdFits } from './customer-draft.ts'
import { EInvoiceFields } from './e-invoice-fields.tsx'
import { FurtherContactFields } from './further-contacts.tsx'

interface FieldsProps {
  draft: CustomerDraft
  onChange: (draft: CustomerDraft) => void
}

export function CustomerFields({ draft, onChange }: FieldsProps) {
  const { w } = useWords()
  const { fields, kinds } = w.customers
  const set = (changes: Partial<CustomerDraft>) => onChange({ ...draft, ...changes })
  const contact = (changes: Partial<CustomerDraft['contact']>) => set({ contact: { ...draft.contact, ...changes } })
  return (
    <div className="stack">
      <span>
        <SegmentedControl
          aria-label={fields.kind}
          value={draft.kind}
          onChange={(kind) => set({ kind: kind as CustomerDraft['kind'] })}
          data={[
            { value: 'company', label: kinds.company },
            { value: 'consumer', label: kinds.consumer },
          ]}
        />
      </span>
      <div className="fields">
        <TextInput
          className="w8"
          label={fields.name}
          value={draft.name}
          maxLength={200}
          required
          onChange={(e) => set({ name: e.currentTarget.value })}
        />
        <TextInput
          className="w4"
          label={fields.vatId}
          value={draft.vatId}
          error={!vatIdFits(draft) && fields.vatIdWrong}
          onChange={(e) => set({ vatId: e.currentTarget.value })}
        />
        <TextInput
          className="w6"
          type="email"
          label={fields.email}
          value={draft.email}
          maxLength={254}
          onChange={(e) => set({ email: e.currentTarget.value })}
        />
        <Select
          className="w3"
          label={fields.language}
          value={draft.language}
          allowDeselect={false}
          onChange={(language) => set({ language: language as 'de' | 'en' })}
          data={[
            { value: 'de', label: w.appearance.german },
            { value: 'en', label: w.appearance.english },
          ]}
        />
        <TextInput
          className="w3"
          label={fields.priceGroup}
          value={draft.priceGroup}
          maxLength={40}
          onChange={(e) => set({ priceGroup: e.currentTarget.value })}
        />
        <TextInput
          className="w4"
          label={fields.contactName}
          value={draft.contact.name}
          maxLength={200}
          onChange={(e) => contact({ name: e.currentTarget.value })}
        />
        <TextInput
          className="w4"
          label={fields.contactPhone}
          value={draft.contact.phone}
          maxLength={60}
          onChange={(e) => contact({ phone: e.currentTarget.value })}
        />
        <TextInput
          className="w4"
          label={fields.contactEmail}
          value={draft.contact.email}
          maxLength={254}
          onChange={(e) => contact({ email: e.currentTarget.value })}
        />
      </div>
      <FurtherContactFields contacts={draft.furtherContacts} onChange={(furtherContacts) => set({ furtherContacts })} />
    </div>
  )
}

/** What a customer may and when they pay. */
export function TermsFields({ draft, onChange }: FieldsProps) {
  const { w } = useWords()
  const { fields, formats, rules, groupings, vatTreatments } = w.customers
  const set = (changes: Partial<CustomerDraft>) => onChange({ ...draft, ...changes })
  const options = <Value extends string>(words: Record<Value, string>) =>
    Object.entries<string>(words).map(([value, label]) => ({ value, label }))
  return (
    <div className="stack">
      <Switch
        label={fields.mayBuyOnDeliveryNote}
        checked={draft.mayBuyOnDeliveryNote}
        onChange={(e) => set({ mayBuyOnDeliveryNote: e.currentTarget.checked })}
      />
      <div className="fields">
        <MoneyField
          className="w4"
          label={fields.creditLimit}
          value={draft.creditLimit}
          onChange={(creditLimit) => set({ creditLimit })}
        />
        <CountField
          className="w4"
          label={fields.netDays}
          value={draft.netDays}
          maximum={365}
          onChange={(netDays) => set({ netDays })}
        />
        <Select
          className="w4"
          label={fields.billingRule}
          value={draft.billingRule}
          allowDeselect={false}
          data={options(rules)}
          onChange={(value) => set({ billingRule: value as CustomerDraft['billingRule'] })}
        />
        {draft.billingRule === 'above-amount' && (
          <MoneyField
            className="w4"
            label={fields.billingAmount}
            value={draft.billingAmount}
            onChange={(billingAmount) => set({ billingAmount })}
          />
        )}
        <Select
          className={draft.billingRule === 'above-amount' ? 'w8' : 'w6'}
          label={fields.invoiceGrouping}
          value={draft.invoiceGrouping}
          allowDeselect={false}
          data={options(groupings)}
          onChange={(value) => set({ invoiceGrouping: value as CustomerDraft['invoiceGrouping'] })}
        />
        <Select
          className="w6"
          label={fields.invoiceFormat}
          value={draft.invoiceFormat}
          allowDeselect={false}
          data={options(formats)}
          onChange={(value) => set({ invoiceFormat: value as CustomerDraft['invoiceFormat'] })}
        />
        <Select
          className="w6"
          label={fields.creditDocument}
          value={draft.creditDocument}
          allowDeselect={false}
          data={options(w.customers.creditDocuments)}
          onChange={(value) => set({ creditDocument: value as CustomerDraft['creditDocument'] })}
        />
        <TextInput
          className="w6"
          label={fields.buyerReference}
          value={draft.buyerReference}
          maxLength={100}
          onChange={(e) => set({ buyerReference: e.currentTarget.value })}
        />
        <Select
          className="w6"
          label={fields.vatTreatment}
          value={draft.vatTreatment}
          allowDeselect={false}
          data={options(vatTreatments)}
          onChange={(value) => set({ vatTreatment: value as CustomerDraft['vatTreatment'] })}
        />
      </div>
      <Switch
        label={fields.collectiveCredit}
        description={fields.collectiveCreditHint}
        checked={draft.collectiveCredit}
        onChange={(e) => set({ collectiveCredit: e.currentTarget.checked })}
      />
      <AccountFields legend={fields.account} draft={draft.account} onChange={(account) => set({ account })} />
      <EInvoiceFields draft={draft} set={set} />
      <SkontoRows skonto={draft.skonto} onChange={(skonto) => set({ skonto })} />
      <Switch
        label={fields.blocked}
        checked={draft.blocked}
        onChange={(e) => set({ blocked: e.currentTarget.checked })}
      />
    </div>
  )
}

type Skonto = CustomerDraft['skonto']

function SkontoRows({ skonto, onChange }: { skonto: Skonto; onChange: (skonto: Skonto) => void }) {
  const { w } = useWords()
  const { fields } = w.customers
  const set = (at: number, changes: Partial<Skonto[number]>) =>
    onChange(skonto.map((step, i) => (i === at ? { ...step, ...changes } : step)))
  return (
    <fieldset className="group">
      <legend>{fields.skonto}</legend>
      <div className="stack">
        {skonto.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are written
          <div key={i} className="row">
            <CountField
              aria-label={fields.skontoDays}
              value={step.days}
              minimum={1}
              maximum={365}
              suffix={fields.skontoDays}
              onChange={(days) => set(i, { days })}
            />
            <PercentField
              aria-label={fields.skontoPercent}
              value={step.percent}
              minimum={1}
              maximum={5000}
              onChange={(percent) => set(i, { percent })}
            />
            <CloseButton aria-label={w.actions.remove} onClick={() => onChange(skonto.filter((_, k) => k !== i))} />
          </div>
        ))}
        {skonto.length < 3 && (
          <span>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => onChange([...skonto, { days: 10, percent: 200 }])}
            >
              {fields.addSkonto}
            </Button>
          </span>
        )}
      </div>
    </fieldset>
  )
}
