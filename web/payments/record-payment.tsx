import { Button, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { getCustomer } from '../../common/customers/api.ts'
import { listOpenItems, recordPayment } from '../../common/payments/api.ts'
import { PickCustomer } from '../customers/pick-customer.tsx'
import { useAction, useLoad, useLoadAll } from '../load.ts'
import { DayField, MoneyField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { Page, Primary, Section } from '../ui/page.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { AllocationTable } from './allocation-table.tsx'
import { type Method, methods } from './methods.ts'
import { skontoOn } from './suggest-allocation.ts'
import { useAllocation } from './use-allocation.ts'

/** Received money of one customer, with the open items it settles. */
export function RecordPayment() {
  const { w, f } = useWords()
  const words = w.payments
  const navigate = useNavigate()
  const asked = useSearch({ from: '/shell/payments/new' })
  const [customerId, setCustomerId] = useState(asked.customerId)
  const [typedAmount, setAmount] = useState<number>()
  const [receivedOn, setReceivedOn] = useState<string | undefined>(today())
  const [method, setMethod] = useState<Method>('transfer')
  const [reference, setReference] = useState('')
  const customer = useLoad(getCustomer, { id: customerId ?? '' }, { enabled: customerId !== undefined })
  const load = useLoadAll(listOpenItems, { customerId }, Number.POSITIVE_INFINITY, customerId !== undefined)
  const items = customerId ? (load.data?.rows ?? []) : []
  const day = receivedOn ?? today()
  const wanted = items.find((item) => item.invoiceId === asked.invoiceId)
  // who comes from an invoice most likely got its amount, less Skonto while that is valid
  const [touched, setTouched] = useState(false)
  const amount = touched ? typedAmount : (typedAmount ?? (wanted && wanted.open - skontoOn(wanted, day)))
  const allocation = useAllocation(items, amount ?? 0, day, asked.invoiceId)
  const action = useAction(recordPayment, ({ id, number, left }) => {
    notifications.show({ message: left > 0 ? words.recordedLeft(number, f.euros(left)) : words.recorded(number) })
    void navigate({ to: '/payments/$id', params: { id }, replace: true })
  })
  const ready =
    customerId !== undefined &&
    amount !== undefined &&
    amount > 0 &&
    receivedOn !== undefined &&
    allocation.left >= 0 &&
    load.data !== undefined
  const submit = () => {
    if (!ready) return
    action.mutate({
      customerId,
      amount,
      receivedOn,
      method,
      reference: reference.trim() || undefined,
      allocations: allocation.allocations,
    })
  }
  return (
    <Page
      title={words.record}
      parent={{ to: '/payments', word: w.pages.payments }}
      primary={
        <Primary disabled={!ready} loading={action.isPending} onClick={submit}>
          {words.record}
        </Primary>
      }
    >
      <Section>
        <div className="fields form-width">
          <PickCustomer
            className="w8"
            label={words.customer}
            autoFocus={asked.customerId === undefined}
            chosen={customerId ? customer.data : undefined}
            onChoose={(row) => setCustomerId(row.id)}
            onClear={() => setCustomerId(undefined)}
          />
          <MoneyField
            className="w4"
            label={words.amount}
            value={amount}
            minimum={1}
            autoFocus={asked.customerId !== undefined}
            onChange={(value) => {
              setTouched(true)
              setAmount(value)
            }}
          />
          <DayField
            className="w4"
            label={words.receivedOn}
            value={receivedOn}
            onChange={setReceivedOn}
            maximum={today()}
          />
          <Select
            className="w4"
            label={words.method}
            value={method}
            allowDeselect={false}
            onChange={(value) => setMethod(value as Method)}
            data={methods.map((value) => ({ value, label: words.methods[value] }))}
          />
          <TextInput
            className="w4"
            label={words.reference}
            value={reference}
            maxLength={140}
            data-scan="own"
            onChange={(event) => setReference(event.currentTarget.value)}
          />
        </div>
      </Section>
      <Refused error={action.error} />
      <Section
        title={words.allocations}
        aside={
          allocation.byHand && (
            <Button size="xs" variant="default" onClick={allocation.suggest}>
              {words.suggest}
            </Button>
          )
        }
      >
        {!customerId && <p className="quiet">{words.customerFirst}</p>}
        {customerId && load.data && items.length === 0 && <p className="quiet">{words.noOpenItems}</p>}
        {items.length > 0 && <AllocationTable items={items} day={day} allocation={allocation} />}
      </Section>
    </Page>
  )
}
