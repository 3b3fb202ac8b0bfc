import type { z } from 'zod'
import type { noteState } from '../../common/delivery/api.ts'
import type { OrderStatus } from '../../common/orders/api.ts'
import { useWords, type Words } from '../words/words.ts'
import './status.css'

/** none, half and done are the progress of something; attention wants a hand, stop blocks, off is over. */
export type Tone = 'none' | 'half' | 'done' | 'attention' | 'stop' | 'off'

/** A word with a small mark before it; the mark repeats the word's meaning, so that colour never stands alone. */
export function Status({ tone, word }: { tone: Tone; word: string }) {
  return (
    <span className={`status status-${tone}`}>
      <Mark tone={tone} />
      {word}
    </span>
  )
}

function Mark({ tone }: { tone: Tone }) {
  return (
    <svg className="status-mark" viewBox="0 0 14 14" aria-hidden="true">
      {tone === 'none' && <circle cx="7" cy="7" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.5" />}
      {tone === 'half' && (
        <>
          <circle cx="7" cy="7" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M7 4a3 3 0 0 1 0 6z" fill="currentColor" />
        </>
      )}
      {tone === 'done' && (
        <>
          <circle cx="7" cy="7" r="6" fill="currentColor" />
          <path
            className="status-tick"
            d="M4.4 7.2 6.3 9l3.4-3.8"
            fill="none"
            strokeWidth="1.6"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      )}
      {tone === 'attention' && <circle cx="7" cy="7" r="4" fill="currentColor" />}
      {tone === 'stop' && (
        <>
          <rect x="3" y="2.5" width="3" height="9" rx="1" fill="currentColor" />
          <rect x="8" y="2.5" width="3" height="9" rx="1" fill="currentColor" />
        </>
      )}
      {tone === 'off' && <path d="M3 7h8" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />}
    </svg>
  )
}

const orderTones: Record<OrderStatus['order'], Tone> = {
  'on-hold': 'stop',
  active: 'half',
  completed: 'done',
  cancelled: 'off',
}
const deliveryTones: Record<OrderStatus['delivery'], Tone> = {
  'waiting-for-goods': 'attention',
  ready: 'none',
  'partly-delivered': 'half',
  delivered: 'done',
  'nothing-to-deliver': 'off',
}
const invoicingTones: Record<OrderStatus['invoicing'], Tone> = {
  'not-invoiced': 'none',
  'partly-invoiced': 'half',
  invoiced: 'done',
  'nothing-to-invoice': 'off',
}
const paymentTones: Record<OrderStatus['payment'], Tone> = {
  unpaid: 'none',
  'partly-paid': 'half',
  paid: 'done',
  prepaid: 'done',
  'nothing-to-pay': 'off',
}
const noteTones: Record<z.output<typeof noteState>, Tone> = { open: 'attention', issued: 'done', cancelled: 'off' }
const invoiceTones: Record<keyof Words['status']['invoice'], Tone> = {
  unpaid: 'none',
  'partly-paid': 'half',
  paid: 'done',
  corrected: 'off',
  'nothing-to-pay': 'off',
}

export function OrderState({ state }: { state: OrderStatus['order'] }) {
  return <Status tone={orderTones[state]} word={useWords().w.status.order[state]} />
}
export function DeliveryState({ state }: { state: OrderStatus['delivery'] }) {
  return <Status tone={deliveryTones[state]} word={useWords().w.status.delivery[state]} />
}
export function InvoicingState({ state }: { state: OrderStatus['invoicing'] }) {
  return <Status tone={invoicingTones[state]} word={useWords().w.status.invoicing[state]} />
}
export function PaymentState({ state }: { state: OrderStatus['payment'] }) {
  return <Status tone={paymentTones[state]} word={useWords().w.status.payment[state]} />
}
export function NoteState({ state }: { state: z.output<typeof noteState> }) {
  return <Status tone={noteTones[state]} word={useWords().w.status.note[state]} />
}

/** How an invoice stands; once its day has passed, unpaid says for how long. */
export function InvoiceState({
  state,
  overdueDays,
}: {
  state: keyof Words['status']['invoice']
  overdueDays?: number
}) {
  const { w } = useWords()
  const late = overdueDays !== undefined && overdueDays > 0 && (state === 'unpaid' || state === 'partly-paid')
  return (
    <Status
      tone={late ? 'attention' : invoiceTones[state]}
      word={late ? w.status.overdue(overdueDays) : w.status.invoice[state]}
    />
  )
}

/** The four statuses of an order in one line. */
export function OrderStatuses({ status }: { status: OrderStatus }) {
  return (
    <span className="statuses">
      <OrderState state={status.order} />
      <DeliveryState state={status.delivery} />
      <InvoicingState state={status.invoicing} />
      <PaymentState state={status.payment} />
    </span>
  )
}
