import type { Cents } from '../../common/money.ts'
import type { Quantity } from '../../common/quantity.ts'
import type { StoredMerchant } from '../branches/index.ts'
import type { CustomerRow } from '../customers/index.ts'
import { issueDocument } from '../documents/index.ts'
import { newId, orRefuse, type Work } from '../kernel/index.ts'
import type { OrderLineRow } from '../orders/index.ts'
import { insertCredit, saveAllocations, shiftAccount, writeEntry } from '../receivables/index.ts'
import { saveUses, type UseRow } from './down-payment-store.ts'
import type { En16931Invoice } from './e-invoice/en16931.ts'
import { fileFormats } from './file-formats.ts'
import { composeCorrection } from './rules/compose-correction.ts'
import { type CreditPlan, creditParts, type StandingLine } from './rules/credit-parts.ts'
import { type CorrectionType, signOf } from './rules/reverse-invoice.ts'
import { snapshotOf } from './snapshot-of.ts'
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
  /** what it used of down payments; only where that is to be given back */
  uses?: readonly UseRow[]
}

export interface CorrectionFacts {
  number: string
  reason: string
  typeCode: CorrectionType
  customer: CustomerRow
  merchant: StoredMerchant
  /** the return it is made for */
  sourceId?: string
  /** a whole invoice is taken back as it is, its deductions of down payments too */
  mirrored?: boolean
}

export interface IssuedCorrection {
  id: string
  number: string
  documentId: string
  /** the documents it corrects: what of it concerns which, and what of that closed what was open there */
  corrected: { invoiceId: string; number: string; payable: Cents; settled: Cents }[]
  /** what the customer gets by it, and what is left of that after it settled what was open of its own invoices */
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
  { row, lines, said, open, uses = [] }: Correctable,
  quantities: ReadonlyMap<string, Quantity>,
  facts: CorrectionFacts,
): IssuedCorrection {
  const { number, typeCode, customer } = facts
  const plan = planCorrection({ row, lines }, quantities, facts.mirrored)
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
  if (plan.whole) reverseUses(work, row.customerId, id, uses)
  const parts = [{ row, open, payable }]
  const left = creditOf(work, { id, number, customerId: customer.id, lines: plan.lines }, parts)
  const orderIds = [...new Set(plan.lines.map((l) => l.line.orderId))]
  work.announce('invoice.corrected', { invoiceId: row.id, correctionId: id, number, orderIds, whole: plan.all })
  return { id, number, documentId, payable, left, lines: plan.lines, corrected: parts.map(settledOf) }
}

/**
 * What a correction over these quantities would say. Refuses more than stands of the document. Goods that come back are
 * credited at what they were billed at, whatever part of that had been paid down; only the mirror image of a whole
 * invoice gives back its deductions, so that the next invoice of the order can make them.
 */
export function planCorrection<L extends StandingLine>(
  { row, lines }: { row: CorrectableRow; lines: readonly L[] },
  quantities: ReadonlyMap<string, Quantity>,
  mirrored = false,
): CreditPlan<L> {
  const { number, priceMode: mode, creditedPayable } = row
  const payable = row.gross + row.rounding + row.deducted
  const plan = orRefuse(creditParts({ number, mode, payable, creditedPayable, lines }, quantities))
  if (row.deducted === 0 || !plan.whole) return plan
  if (!mirrored) return { ...plan, whole: false }
  const { net, vat, gross, rounding } = row
  return { ...plan, amounts: { ...plan.amounts, net, vat, gross, rounding, payable: gross + rounding } }
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
  const [corrected, ...others] = said.precedingInvoices.map(({ number, issuedOn }) => ({ number, issuedOn: issuedOn! }))
  const corrects = { ...corrected!, reason, ...(others.length > 0 ? { others } : {}) }
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

/** The mirror image of a document gives back what that deducted of down payments, or deducts it again. */
export function reverseUses(work: Work, customerId: string, id: string, uses: readonly UseRow[]): void {
  if (uses.length === 0) return
  saveUses(
    work,
    id,
    uses.map((u) => ({ ...u, payable: -u.payable, net: -u.net, vat: -u.vat })),
  )
  shiftAccount(work, customerId, { downPayments: uses.reduce((sum, u) => sum + u.payable, 0) })
}

/** A credit belongs to an order where the correction is about one only. */
function onlyOrder(lines: readonly { line: { orderId: string } }[]): string | null {
  const [first] = lines
  return lines.every((l) => l.line.orderId === first!.line.orderId) ? first!.line.orderId : null
}

interface CreditedPart {
  row: CorrectableRow
  open: Cents
  payable: Cents
}

/** What of a part closes what is open of its invoice. */
export const settledOf = ({ row, open, payable }: CreditedPart) => ({
  invoiceId: row.id,
  number: row.number,
  payable,
  settled: Math.min(open, Math.max(payable, 0)),
})

/** The correction is a credit: it closes what is open of its invoices, the rest stays with the customer. */
export function creditOf(
  work: Work,
  correction: {
    id: string
    number: string
    customerId: string
    lines: readonly { line: { orderId: string } }[]
    /** where no lines say it */
    orderId?: string
  },
  parts: readonly CreditedPart[],
): Cents {
  const { id, number, customerId } = correction
  const amount = parts.reduce((sum, p) => sum + p.payable, 0)
  writeEntry(work, { day: work.today, customerId, kind: 'correction', amount: -amount, sourceId: id, number })
  if (amount <= 0) return 0
  const closing = parts.map(settledOf).filter((p) => p.settled > 0)
  const settled = closing.reduce((sum, p) => sum + p.settled, 0)
  const left = amount - settled
  const orderId = correction.orderId ?? onlyOrder(correction.lines)
  insertCredit(work, { id, customerId, kind: 'correction', orderId, amount, left, receivedOn: work.today })
  const allocations = closing.map((p) => ({ creditId: id, invoiceId: p.invoiceId, amount: p.settled, skonto: 0 }))
  saveAllocations(work, allocations, { freshCredit: true })
  shiftAccount(work, customerId, { openItems: -settled, credits: left })
  return left
}
