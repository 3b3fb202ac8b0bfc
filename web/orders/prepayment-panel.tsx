import { Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import type { Order } from '../../common/orders/api.ts'
import { recordPayment } from '../../common/payments/api.ts'
import { useAction } from '../load.ts'
import { type Method, methods } from '../payments/methods.ts'
import { DayField, MoneyField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'
import { prepaymentMissing } from './order-quantities.ts'

/** Money that came in ahead for this order; it waits for its invoice and may set the order free. */
export function PrepaymentPanel({ order, opened, onClose }: { order: Order; opened: boolean; onClose: () => void }) {
  const { w, f } = useWords()
  const missing = prepaymentMissing(order)
  const [amount, setAmount] = useState<number | undefined>(missing)
  const [receivedOn, setReceivedOn] = useState<string | undefined>(today())
  const [method, setMethod] = useState<Method>('transfer')
  const [reference, setReference] = useState('')
  useEffect(() => {
    if (opened) setAmount(missing)
  }, [opened, missing])
  const action = useAction(recordPayment, ({ number }) => {
    notifications.show({ message: w.payments.recorded(number) })
    onClose()
  })
  const submit = () =>
    amount !== undefined &&
    receivedOn !== undefined &&
    action.mutate({
      customerId: order.customerId,
      orderId: order.id,
      amount,
      receivedOn,
      method,
      reference: reference.trim() || undefined,
    })
  return (
    <Panel
      title={w.orders.recordPrepayment}
      opened={opened}
      onClose={onClose}
      submit={w.orders.recordPrepayment}
      onSubmit={submit}
      busy={action.isPending}
      disabled={amount === undefined || amount <= 0 || receivedOn === undefined}
      error={action.error}
      foot={w.orders.prepaymentHint}
    >
      <MoneyField
        label={w.payments.amount}
        description={w.orders.prepaymentOpen(f.euros(missing), f.euros(order.gross))}
        value={amount}
        minimum={1}
        onChange={setAmount}
      />
      <DayField label={w.payments.receivedOn} value={receivedOn} onChange={setReceivedOn} maximum={today()} />
      <Select
        label={w.payments.method}
        value={method}
        allowDeselect={false}
        onChange={(value) => setMethod(value as Method)}
        data={methods.map((value) => ({ value, label: w.payments.methods[value] }))}
      />
      <TextInput
        label={w.payments.reference}
        value={reference}
        maxLength={140}
        data-scan="own"
        onChange={(event) => setReference(event.currentTarget.value)}
      />
    </Panel>
  )
}
