import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import { newId, orNotFound, statement, type Work } from '../kernel/index.ts'

/** What a customer owes or will owe, by the stage his goods are in. */
export interface Account {
  customerId: string
  openOrders: Cents
  unbilled: Cents
  openItems: Cents
  credits: Cents
  /** billed as down payment and not deducted yet: it stands in the orders too, so it counts off */
  downPayments: Cents
}

const accountColumns =
  'customer_id as "customerId", open_orders as "openOrders", unbilled, open_items as "openItems", credits, down_payments as "downPayments"'
const lockAccountRow = statement<Account>(
  'receivables.lock-account',
  `select ${accountColumns} from receivables.account where customer_id = $1 for update`,
)

/**
 * Locks the account of a customer. Whoever adds to what he owes holds this lock until commit: that's why two orders at
 * the same moment can't both pass his credit limit. The account is there since the customer is;
 * refuses 'not-found' where there is no such customer.
 */
export async function lockAccount(work: Work, customerId: string): Promise<Account> {
  return orNotFound((await work.query(lockAccountRow, [customerId]))[0], 'customer')
}

const lockAccountAndDue = statement<Account & { oldestDue: Day | null }>(
  'receivables.lock-account-and-oldest-due',
  `select ${accountColumns}, (select min(due_on) from receivables.open_item o where o.customer_id = a.customer_id and o.open > 0) as "oldestDue"
     from receivables.account a where customer_id = $1 for update`,
)

/** The same, with the due day of his oldest open item: what a credit check needs to know. */
export async function lockAccountForCredit(
  work: Work,
  customerId: string,
): Promise<Account & { oldestDue: Day | null }> {
  return (await work.query(lockAccountAndDue, [customerId]))[0]!
}

const shiftAccountRow = statement(
  'receivables.shift-account',
  `update receivables.account set open_orders = open_orders + $2, unbilled = unbilled + $3, open_items = open_items + $4, credits = credits + $5, down_payments = down_payments + $6 where customer_id = $1`,
)

/** Moves amounts between the stages of a locked account. */
export function shiftAccount(work: Work, customerId: string, change: Partial<Omit<Account, 'customerId'>>): void {
  work.save(shiftAccountRow, [
    customerId,
    change.openOrders ?? 0,
    change.unbilled ?? 0,
    change.openItems ?? 0,
    change.credits ?? 0,
    change.downPayments ?? 0,
  ])
}

export interface SkontoStep {
  /** hundredths of a percent */
  percent: number
  until: Day
  discount: Cents
}

export interface OpenItem {
  invoiceId: string
  customerId: string
  number: string
  issuedOn: Day
  dueOn: Day | null
  amount: Cents
  open: Cents
  skonto: SkontoStep[]
}

const openItemColumns =
  'invoice_id as "invoiceId", customer_id as "customerId", number, issued_on as "issuedOn", due_on as "dueOn", amount, open, skonto'
const lockOpenItemRows = statement<OpenItem>(
  'receivables.lock-open-items',
  `select ${openItemColumns} from receivables.open_item where invoice_id = any($1) order by invoice_id for update`,
)
const lockOpenItemsOfCustomer = statement<OpenItem>(
  'receivables.lock-open-items-of',
  `select ${openItemColumns} from receivables.open_item where customer_id = $1 and open > 0 order by invoice_id for update`,
)
const insertOpenItemRow = statement(
  'receivables.insert-open-item',
  'insert into receivables.open_item (invoice_id, customer_id, number, issued_on, due_on, amount, open, skonto) values ($1, $2, $3, $4, $5, $6, $6, $7)',
)
const settleOpenItemRows = statement(
  'receivables.settle-open-items',
  'update receivables.open_item o set open = o.open - s.amount from jsonb_to_recordset($1) as s(id uuid, amount bigint) where o.invoice_id = any($2) and o.invoice_id = s.id',
)

export const lockOpenItems = (work: Work, invoiceIds: readonly string[]) => work.query(lockOpenItemRows, [invoiceIds])
export const lockAllOpenItems = (work: Work, customerId: string) => work.query(lockOpenItemsOfCustomer, [customerId])

const insertEntryRow = statement(
  'receivables.insert-entry',
  'insert into receivables.entry (id, at, day, customer_id, kind, amount, source_id, number) values ($1, $2, $3, $4, $5, $6, $7, $8)',
)

export interface Entry {
  day: Day
  customerId: string
  kind: 'invoice' | 'correction' | 'payment' | 'skonto' | 'refund'
  amount: Cents
  sourceId: string
  number: string
}

/** A line in the ledger of money owed: plus what is owed, minus what settles it. */
export function writeEntry(work: Work, entry: Entry): void {
  work.save(insertEntryRow, [
    newId(),
    work.now,
    entry.day,
    entry.customerId,
    entry.kind,
    entry.amount,
    entry.sourceId,
    entry.number,
  ])
}

export function insertOpenItem(work: Work, item: Omit<OpenItem, 'open'>): void {
  work.save(insertOpenItemRow, [
    item.invoiceId,
    item.customerId,
    item.number,
    item.issuedOn,
    item.dueOn,
    item.amount,
    JSON.stringify(item.skonto),
  ])
}

export interface Credit {
  id: string
  customerId: string
  kind: 'payment' | 'prepayment' | 'correction'
  orderId: string | null
  amount: Cents
  left: Cents
  receivedOn: Day
}
const creditColumns =
  'id, customer_id as "customerId", kind, order_id as "orderId", amount, "left", received_on as "receivedOn"'
const insertCreditRow = statement(
  'receivables.insert-credit',
  'insert into receivables.credit (id, customer_id, kind, order_id, amount, "left", received_on) values ($1, $2, $3, $4, $5, $6, $7)',
)
const lockCreditRow = statement<Credit>(
  'receivables.lock-credit',
  `select ${creditColumns} from receivables.credit where id = $1 for update`,
)
const lockCreditsForOrders = statement<Credit>(
  'receivables.lock-credits-for-orders',
  `select ${creditColumns} from receivables.credit where customer_id = $1 and "left" > 0 and order_id = any($2) order by id for update`,
)
const useCreditRows = statement(
  'receivables.use-credits',
  'update receivables.credit c set "left" = c."left" - u.amount from jsonb_to_recordset($1) as u(id uuid, amount bigint) where c.id = any($2) and c.id = u.id',
)
const insertAllocationRows = statement(
  'receivables.insert-allocations',
  `insert into receivables.allocation (id, at, credit_id, invoice_id, amount, skonto)
   select id, $2, credit_id, invoice_id, amount, skonto from jsonb_to_recordset($1) as a(id uuid, credit_id uuid, invoice_id uuid, amount bigint, skonto bigint)`,
)

export function insertCredit(work: Work, credit: Credit): void {
  work.save(insertCreditRow, [
    credit.id,
    credit.customerId,
    credit.kind,
    credit.orderId,
    credit.amount,
    credit.left,
    credit.receivedOn,
  ])
}
const creditOwner = statement<{ customerId: string }>(
  'receivables.credit-owner',
  'select customer_id as "customerId" from receivables.credit where id = $1',
)

const lockCreditRows = statement<Credit>(
  'receivables.lock-credits',
  `select ${creditColumns} from receivables.credit where id = any($1) order by id for update`,
)
export const lockCredits = (work: Work, ids: readonly string[]) => work.query(lockCreditRows, [ids])
export async function lockCredit(work: Work, id: string): Promise<Credit | undefined> {
  return (await work.query(lockCreditRow, [id]))[0]
}
/** Whose credit it is; that never changes, so nothing need be locked to know it. */
export async function customerOfCredit(work: Work, id: string): Promise<string | undefined> {
  return (await work.query(creditOwner, [id]))[0]?.customerId
}
/** Money that was paid ahead for these orders and is still there. */
export const lockPrepayments = (work: Work, customerId: string, orderIds: readonly string[]) =>
  work.query(lockCreditsForOrders, [customerId, orderIds])

export interface Allocation {
  creditId: string
  invoiceId: string
  amount: Cents
  skonto: Cents
}

/** Settles open items with credits. `fresh` credits are inserted with their rest already, so they aren't lowered again. */
export function saveAllocations(
  work: Work,
  allocations: readonly Allocation[],
  options: { freshCredit?: boolean } = {},
): void {
  if (allocations.length === 0) return
  // an update takes one row of its source only: several allocations to an invoice (two prepayments) are added up first
  const settled = new Map<string, number>()
  for (const a of allocations) settled.set(a.invoiceId, (settled.get(a.invoiceId) ?? 0) + a.amount + a.skonto)
  work.save(settleOpenItemRows, [
    JSON.stringify([...settled].map(([id, amount]) => ({ id, amount }))),
    [...settled.keys()],
  ])
  if (!options.freshCredit) {
    const used = new Map<string, number>()
    for (const a of allocations) used.set(a.creditId, (used.get(a.creditId) ?? 0) + a.amount)
    work.save(useCreditRows, [JSON.stringify([...used].map(([id, amount]) => ({ id, amount }))), [...used.keys()]])
  }
  work.save(insertAllocationRows, [
    JSON.stringify(
      allocations.map((a) => ({
        id: newId(),
        credit_id: a.creditId,
        invoice_id: a.invoiceId,
        amount: a.amount,
        skonto: a.skonto,
      })),
    ),
    work.now,
  ])
}

const bindCreditRows = statement(
  'receivables.bind-credits',
  'update receivables.credit set order_id = $2 where id = any($1)',
)
/** These credits pay for an order: its invoices are settled with them first. */
export function bindCredits(work: Work, ids: readonly string[], orderId: string): void {
  work.save(bindCreditRows, [ids, orderId])
}

/** Takes an amount off a locked credit, because it's paid out; below zero: it comes back. */
export function drawCredit(work: Work, id: string, amount: Cents): void {
  work.save(useCreditRows, [JSON.stringify([{ id, amount }]), [id]])
}
