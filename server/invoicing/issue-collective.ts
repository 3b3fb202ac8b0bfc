import type { Quantity } from '../../common/quantity.ts'
import { newId, type Work } from '../kernel/index.ts'
import {
  type Correctable,
  type CorrectionFacts,
  correctionOf,
  creditOf,
  type IssuedCorrection,
  planCorrection,
  saveCorrection,
  settledOf,
} from './issue-correction.ts'
import { collectiveKey, composeCollective } from './rules/compose-collective.ts'
import { composeCorrection } from './rules/compose-correction.ts'
import { insertParts, recordCredited } from './store.ts'

/** A document of which something is taken back. */
export interface Credited {
  correctable: Correctable
  quantities: ReadonlyMap<string, Quantity>
}

/**
 * What can be taken back by one credit note: documents that agree in what a document says once. 384 corrects one
 * invoice, and CII as XRechnung can name one only (its schema, D16B): there each gets its own.
 */
export function groupCredits(
  credits: readonly Credited[],
  customer: CorrectionFacts['customer'],
  collective: boolean,
): Credited[][] {
  if (!collective || customer.creditDocument !== 'credit-note' || customer.invoiceFormat === 'xrechnung-cii')
    return credits.map((c) => [c])
  return [
    ...Map.groupBy(credits, ({ correctable: { row, said } }) =>
      // what a correction took back by mistake and is owed again is no invoice to be named beside others
      row.kind === 'invoice' ? collectiveKey(said, row) : row.id,
    ).values(),
  ]
}

/**
 * One credit note (381) over several invoices of a customer, each named and credited with its own amount to the cent. It is
 * one credit, which first closes what is open of each of them. Locks are the caller's, as in `issueCorrection`.
 */
export function issueCollective(work: Work, credits: readonly Credited[], facts: CorrectionFacts): IssuedCorrection {
  const { number, reason, typeCode, customer } = facts
  const head = { number, issuedOn: work.today, reason, language: customer.language, typeCode }
  const parts = credits.map(({ correctable, quantities }) => {
    const plan = planCorrection(correctable, quantities)
    const correction = composeCorrection(correctable.said, correctable.lines, plan, head)
    return { ...correctable, plan, correction, payable: plan.amounts.payable }
  })
  const id = newId()
  const said = composeCollective(parts, head)
  const { row } = parts[0]!
  const payable = parts.reduce((sum, p) => sum + p.payable, 0)
  const { net, vat, gross, rounding } = said.totals
  const days = parts.flatMap((p) => [p.row.periodFrom, p.row.periodTo]).sort()
  const documentId = saveCorrection(work, said, facts, {
    ...row,
    ...correctionOf(work, row, facts, id),
    corrects: null,
    periodFrom: days[0]!,
    periodTo: days.at(-1)!,
    net: -net,
    vat: -vat,
    gross: -gross,
    rounding: rounding === 0 ? 0 : -rounding,
    lines: parts
      .flatMap((p) => p.plan.lines)
      .map(({ line, ...l }) => ({
        ...line,
        correctsLine: line.id,
        quantity: -l.quantity,
        amount: -l.amount,
        net: -l.net,
        gross: -l.gross,
      })),
  })
  insertParts(
    work,
    id,
    parts.map((p) => ({ invoiceId: p.row.id, payable: -p.payable, whole: p.plan.all })),
  )
  const lines = parts.flatMap((p) => p.plan.lines)
  recordCredited(work, lines)
  const left = creditOf(work, { id, number, customerId: customer.id, lines }, parts)
  for (const part of parts)
    work.announce('invoice.corrected', {
      invoiceId: part.row.id,
      correctionId: id,
      number,
      orderIds: [...new Set(part.plan.lines.map((l) => l.line.orderId))],
      whole: part.plan.all,
    })
  return { id, number, documentId, payable, left, lines, corrected: parts.map(settledOf) }
}
