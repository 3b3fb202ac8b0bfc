import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import { lockOrdersOfDownPayments, receiveDownPayments } from '../invoicing/index.ts'
import { newId, nextNumber, orNotFound, orRefuse, statement, type Work } from '../kernel/index.ts'
import { recordPrepayment } from '../orders/index.ts'
import {
  customerOfCredit,
  insertCredit,
  lockAccount,
  lockAllOpenItems,
  lockCredit,
  lockOpenItems,
  type OpenItem,
  saveAllocations,
  shiftAccount,
  writeEntry,
} from '../receivables/index.ts'
import { checkAllocations, suggestAllocations, type WantedAllocation } from './rules/allocate-payment.ts'

const insertPayment = statement(
  'payments.insert-payment',
  'insert into payments.payment (id, number, customer_id, received_on, method, reference, amount, order_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
)

export interface PaymentInput {
  customerId: string
  amount: Cents
  receivedOn: Day
  method: string
  reference?: string | undefined
  /** an order that is paid ahead; the money waits for its invoice */
  orderId?: string | undefined
  allocations: WantedAllocation[]
}

/** Money came in. It settles the open items named, or those it fits; what is too much stays as the customer's credit. */
export async function recordPayment(
  work: Work,
  input: PaymentInput,
): Promise<{ id: string; number: string; left: Cents }> {
  const downPayments = await lockOrdersOfDownPayments(work, input.customerId, input.orderId)
  if (input.orderId)
    await recordPrepayment(work, {
      orderId: input.orderId,
      customerId: input.customerId,
      amount: input.amount,
      reference: input.reference ?? null,
      receivedOn: input.receivedOn,
    })
  // the account first: what another payment settled meanwhile is seen, and this one goes to what is still open
  const [, items, number] = await Promise.all([
    lockAccount(work, input.customerId),
    input.allocations.length > 0
      ? lockOpenItems(
          work,
          input.allocations.map((a) => a.invoiceId),
        )
      : lockAllOpenItems(work, input.customerId),
    nextNumber(work, 'payment'),
  ])
  const money = { customerId: input.customerId, left: input.amount, receivedOn: input.receivedOn }
  const ofOrder = new Set(downPayments.filter((d) => d.orderId === input.orderId).map((d) => d.invoiceId))
  const fitting = input.orderId ? items.filter((i) => ofOrder.has(i.invoiceId)) : items
  const wanted = input.allocations.length > 0 ? input.allocations : suggestAllocations(money, fitting)
  const allocations = orRefuse(checkAllocations(money, items, wanted))
  const left = input.amount - allocations.reduce((sum, a) => sum + a.amount, 0)
  const id = newId()
  work.save(insertPayment, [
    id,
    number,
    input.customerId,
    input.receivedOn,
    input.method,
    input.reference ?? null,
    input.amount,
    input.orderId ?? null,
    work.now,
  ])
  insertCredit(work, {
    id,
    customerId: input.customerId,
    kind: input.orderId ? 'prepayment' : 'payment',
    orderId: input.orderId ?? null,
    amount: input.amount,
    left,
    receivedOn: input.receivedOn,
  })
  writeEntry(work, {
    day: input.receivedOn,
    customerId: input.customerId,
    kind: 'payment',
    amount: -input.amount,
    sourceId: id,
    number,
  })
  settle(work, { id, number, customerId: input.customerId, receivedOn: input.receivedOn }, allocations, items, true)
  shiftAccount(work, input.customerId, { openItems: -settled(allocations), credits: left })
  await receiveDownPayments(
    work,
    allocations.map((a) => ({ ...a, creditId: id })),
  )
  work.announce('payment.recorded', {
    paymentId: id,
    number,
    customerId: input.customerId,
    invoiceIds: allocations.map((a) => a.invoiceId),
    orderId: input.orderId ?? null,
  })
  work.record({
    subjectId: id,
    after: { number, amount: input.amount, receivedOn: input.receivedOn, allocations, left },
  })
  return { id, number, left }
}

/** What is left of an earlier payment, or of a correction, settles other open items. */
export async function allocateCredit(
  work: Work,
  input: { id: string; allocations: WantedAllocation[] },
): Promise<{ left: Cents }> {
  const customerId = orNotFound(await customerOfCredit(work, input.id), 'payment')
  await lockOrdersOfDownPayments(work, customerId)
  const [, items, found] = await Promise.all([
    lockAccount(work, customerId),
    lockOpenItems(
      work,
      input.allocations.map((a) => a.invoiceId),
    ),
    lockCredit(work, input.id),
  ])
  const credit = orNotFound(found, 'payment')
  const allocations = orRefuse(checkAllocations(credit, items, input.allocations))
  const used = allocations.reduce((sum, a) => sum + a.amount, 0)
  settle(
    work,
    { id: credit.id, number: '', customerId: credit.customerId, receivedOn: credit.receivedOn },
    allocations,
    items,
    false,
  )
  shiftAccount(work, credit.customerId, { openItems: -settled(allocations), credits: -used })
  await receiveDownPayments(
    work,
    allocations.map((a) => ({ ...a, creditId: credit.id })),
  )
  work.announce('payment.recorded', {
    paymentId: credit.id,
    customerId: credit.customerId,
    invoiceIds: allocations.map((a) => a.invoiceId),
  })
  work.record({ subjectId: credit.id, before: { left: credit.left }, after: { allocations, left: credit.left - used } })
  return { left: credit.left - used }
}

function settle(
  work: Work,
  payment: { id: string; number: string; customerId: string; receivedOn: Day },
  allocations: readonly WantedAllocation[],
  items: readonly OpenItem[],
  freshCredit: boolean,
): void {
  saveAllocations(
    work,
    allocations.map((a) => ({ ...a, creditId: payment.id })),
    { freshCredit },
  )
  for (const a of allocations) {
    if (a.skonto === 0) continue
    const invoice = items.find((i) => i.invoiceId === a.invoiceId)!
    writeEntry(work, {
      day: payment.receivedOn,
      customerId: payment.customerId,
      kind: 'skonto',
      amount: -a.skonto,
      sourceId: a.invoiceId,
      number: invoice.number,
    })
  }
}

function settled(allocations: readonly WantedAllocation[]): Cents {
  return allocations.reduce((sum, a) => sum + a.amount + a.skonto, 0)
}
