import type { Cents } from '../../common/money.ts'
import type { Quantity } from '../../common/quantity.ts'
import type { StoredMerchant } from '../branches/index.ts'
import type { CustomerRow } from '../customers/index.ts'
import { issueDocument } from '../documents/index.ts'
import { newId, orRefuse, type Work } from '../kernel/index.ts'
import type { OrderLineRow } from '../orders/index.ts'
import { insertCredit, saveAllocations, shiftAccount, writeEntry } from '../receivables/index.ts'
import type { En16931Invoice } from './e-invoice/en16931.ts'
import { fileFormats } from './file-formats.ts'
import { snapshotOf } from './issue-invoice.ts'
import { composeCorrection } from './rules/compose-correction.ts'
import { type CreditPlan, creditParts, type StandingLine } from './rules/credit-parts.ts'
import { type CorrectionType, signOf } from './rules/reverse-invoice.ts'
import {
  type BilledLineRow,
  type CorrectableRow,
  type InvoiceLineRow,
  insertInvoice,
  type NewInvoice,
  recordCredited,
} from './store.ts'

/** A document that is corrected, as it was found under the locks of its orders and notes. */
export interface Correctable {
  row: CorrectableRow
  lines: (BilledLineRow & { orderLine: OrderLineRow })[]
  said: En16931Invoice
  /** what of it is open */
  open: Cents
}

export interface CorrectionFacts {
  number: string
  reason: string
  typeCode: CorrectionType
  customer: CustomerRow
  merchant: StoredMerchant
  /** the return it is made for */
  sourceId?: string
}

export interface IssuedCorrection {
  id: string
  number: string
  documentId: string
  /** the document it corrects */
  invoiceId: string
  /** what the customer gets by it, and what is left of that after it settled what was open of its own invoice */
  payable: Cents
  left: Cents
  lines: { line: BilledLineRow; quantity: Quantity }[]
}

/**
 * A correction over parts of an invoice, or all of it, by a document of its own that names it (§ 31 (5) UStDV). It is a
 * credit of the customer that first closes what is open of its own invoice. What happens to notes and orders is up to
 * the caller, who holds the locks of orders, notes, account and open items.
 */
export function issueCorrection(
  work: Work,
  { row, lines, said, open }: Correctable,
  quantities: ReadonlyMap<string, Quantity>,
  facts: CorrectionFacts,
): IssuedCorrection {
  const { number, typeCode, customer } = facts
  const plan = planCorrection({ row, lines }, quantities)
  const head = { number, issuedOn: work.today, reason: facts.reason, language: customer.language, typeCode }
  const correction = composeCorrection(said, lines, plan, head)
  const id = newId()
  const { net, vat, gross, rounding, payable } = plan.amounts
  const documentId = saveCorrection(work, correction, facts, {
    ...row,
    ...correctionOf(work, row, facts, id),
    correctsAll: plan.all,
    net: -net,
    vat: -vat,
    gross: -gross,
    rounding: rounding === 0 ? 0 : -rounding,
    lines: plan.lines.map((l) => ({
      ...l.line,
      correctsLine: l.line.id,
      quantity: -l.quantity,
      amount: -l.amount,
      net: -l.net,
      gross: -l.gross,
    })),
  })
  recordCredited(work, plan.lines)
  writeEntry(work, {
    day: work.today,
    customerId: customer.id,
    kind: 'correction',
    amount: -payable,
    sourceId: id,
    number,
  })
  const left = giveBack(work, { id, row, payable, open, orderId: onlyOrder(plan.lines) })
  const orderIds = [...new Set(plan.lines.map((l) => l.line.orderId))]
  work.announce('invoice.corrected', { invoiceId: row.id, correctionId: id, number, orderIds, whole: plan.all })
  return { id, number, documentId, invoiceId: row.id, payable, left, lines: plan.lines }
}

/** What a correction over these quantities would say. Refuses more than stands of the document. */
export function planCorrection<L extends StandingLine>(
  { row, lines }: { row: CorrectableRow; lines: readonly L[] },
  quantities: ReadonlyMap<string, Quantity>,
): CreditPlan<L> {
  const { number, priceMode: mode, creditedPayable } = row
  return orRefuse(creditParts({ number, mode, payable: row.gross + row.rounding, creditedPayable, lines }, quantities))
}

/** What any correction has of its own, whatever it corrects. */
export function correctionOf(work: Work, row: CorrectableRow, facts: CorrectionFacts, id: string) {
  return {
    id,
    number: facts.number,
    kind: 'correction' as const,
    corrects: row.id,
    sourceId: facts.sourceId ?? null,
    reason: facts.reason,
    issuedOn: work.today,
    dueOn: null,
    prepaid: 0,
    skonto: [],
  }
}

type NewCorrection = Omit<NewInvoice, 'documentId' | 'perRate'> & { lines: InvoiceLineRow[] }

/** The document, its row and its lines; the ledger has the figures as owed, whatever sign the document shows. */
export function saveCorrection(
  work: Work,
  said: En16931Invoice,
  { customer, merchant, reason }: CorrectionFacts,
  { lines, ...row }: NewCorrection,
): string {
  const [corrected] = said.precedingInvoices
  const corrects = { number: corrected!.number, issuedOn: corrected!.issuedOn!, reason }
  const documentId = issueDocument(work, {
    kind: 'correction',
    number: said.number,
    subjectId: row.id,
    snapshot: snapshotOf(said, [], { customer, merchant }, corrects),
    formats: fileFormats(said, customer.invoiceFormat),
  })
  const sign = signOf(said)
  const perRate = said.vatBreakdown.map(({ category, rate, net, vat }) => ({
    category,
    rate,
    net: sign * net,
    vat: sign * vat,
  }))
  insertInvoice(work, { ...row, perRate, documentId }, lines)
  return documentId
}

/** A credit belongs to an order where the correction is about one only. */
function onlyOrder(lines: readonly { line: { orderId: string } }[]): string | null {
  const [first] = lines
  return lines.every((l) => l.line.orderId === first!.line.orderId) ? first!.line.orderId : null
}

/** The correction is a credit: it closes what is open of its invoice, the rest stays with the customer. */
function giveBack(
  work: Work,
  {
    id,
    row,
    payable,
    open,
    orderId,
  }: { id: string; row: CorrectableRow; payable: Cents; open: Cents; orderId: string | null },
): Cents {
  if (payable <= 0) return 0
  const settled = Math.min(open, payable)
  insertCredit(work, {
    id,
    customerId: row.customerId,
    kind: 'correction',
    orderId,
    amount: payable,
    left: payable - settled,
    receivedOn: work.today,
  })
  if (settled > 0)
    saveAllocations(work, [{ creditId: id, invoiceId: row.id, amount: settled, skonto: 0 }], { freshCredit: true })
  shiftAccount(work, row.customerId, { openItems: -settled, credits: payable - settled })
  return payable - settled
}
