import type { Cents } from '../../common/money.ts'
import type { TakeBackInput } from '../../common/returns/api.ts'
import { findReturnPlaces, type Purpose } from '../branches/index.ts'
import { recordReturned } from '../delivery/index.ts'
import {
  groupCredits,
  type IssuedCorrection,
  issueCollective,
  issueCorrection,
  receiveDownPayments,
} from '../invoicing/index.ts'
import { newId, nextNumber, type Work } from '../kernel/index.ts'
import { recordProgress } from '../orders/index.ts'
import { prepareRefund, saveRefund } from '../payments/index.ts'
import { bindCredits, saveAllocations, shiftAccount } from '../receivables/index.ts'
import { moveReturned } from '../stock/index.ts'
import { archiveReturn } from './archive-return.ts'
import { billExchange, exchangeGoods } from './exchange.ts'
import { type LoadedReturn, loadReturn } from './load-return.ts'
import { reserveCredit } from './rules/reserve-credit.ts'
import { setOff } from './rules/set-off.ts'
import { type Goods, insertExchange, insertReturn, type NewReturnLine } from './store.ts'

/**
 * Goods come back (Rücknahme). What is not billed yet makes its note smaller and can no longer be billed; what is billed
 * is taken off its invoices, each by a correction of its own. The goods go where the desk says, the money where it says:
 * first to what is open of the corrected invoice, the rest to other open items, back to the customer, or it stays his
 * credit. One return over any number of notes and invoices, one slip.
 */
export async function takeBack(work: Work, input: TakeBackInput) {
  const found = await loadReturn(work, input, work)
  if (input.money === 'refund' && input.refund) await prepareRefund(work, found.customer.id, input.refund)
  const places = await findReturnPlaces(work, found.location, awayFromSale(input))
  const id = newId()
  const number = await nextNumber(work, 'return')
  const corrections = await correct(work, found, { id, number, collective: wantsCollective(input, found) })
  const parts = withPlaces(found, places)
  recordReturned(work, movedOf(found.parts, 1))
  recordProgress(work, found.orders, progressOf(found, 1))
  // before the goods are for sale again: an order that waits for them comes first
  const exchange = input.exchange && (await exchangeFor(work, found, input.exchange, corrections))
  await moveReturned(work, movesIn(parts), { id, number })
  const money = await settle(work, input, found, { corrections, free: exchange?.free })
  const documentId = archiveReturn(work, found, { id, number, input, corrections, exchange, ...money })
  const { returnedOn, customer } = found
  insertReturn(
    work,
    { id, number, customerId: customer.id, returnedOn, money: input.money, remark: input.remark ?? null, documentId },
    parts,
  )
  if (exchange) insertExchange(work, id, { ...exchange, invoiceId: exchange.invoice?.id ?? null })
  announceReturn(work, found, { id, number, documentId })
  work.record({
    subjectId: id,
    after: {
      number,
      lines: parts.length,
      corrections: corrections.map((c) => c.number),
      ...money,
      ...(exchange ? { exchange: exchange.orderNumber } : {}),
    },
  })
  return {
    id,
    number,
    documentId,
    corrections: corrections.map((c) => ({ id: c.id, number: c.number, gross: c.payable })),
    credit: money.credit,
    refunded: money.refunded,
    ...(exchange ? { exchange: answerOf(exchange) } : {}),
  }
}

export type SettledExchange = Awaited<ReturnType<typeof exchangeFor>>

/** Other goods, paid with what came back as far as that goes: the credit is the new order's, and its invoice takes it. */
async function exchangeFor(
  work: Work,
  found: LoadedReturn,
  wish: NonNullable<TakeBackInput['exchange']>,
  corrections: readonly IssuedCorrection[],
) {
  const exchange = await exchangeGoods(work, found, wish)
  const credits = corrections.filter((c) => c.left > 0).map(({ id, left }) => ({ id, left }))
  const { reserved, bound, free } = reserveCredit(credits, exchange.gross)
  if (bound.length > 0) bindCredits(work, bound, exchange.orderId)
  const invoice = await billExchange(work, exchange, wish)
  return { ...exchange, setOff: reserved, toPay: exchange.gross - reserved, free, invoice }
}

const answerOf = ({ lines: _lines, free: _free, invoice, ...exchange }: SettledExchange) => ({
  ...exchange,
  invoiceId: invoice?.id ?? null,
  invoiceNumber: invoice?.number ?? null,
})

const purposeOf: Partial<Record<Goods, Exclude<Purpose, 'sale'>>> = {
  quarantine: 'quarantine',
  scrap: 'scrap',
  supplier: 'supplier',
}

function awayFromSale(input: TakeBackInput): Exclude<Purpose, 'sale'>[] {
  return input.lines.flatMap((l) => purposeOf[l.goods] ?? [])
}

/** One correction for each document that billed what comes back, newest first, or one for all that go together. */
async function correct(
  work: Work,
  { credits, customer, merchant }: LoadedReturn,
  { id: sourceId, number: returned, collective }: { id: string; number: string; collective: boolean },
): Promise<IssuedCorrection[]> {
  const typeCode = customer.creditDocument === 'correction' ? '384' : '381'
  const reason = customer.language === 'en' ? `Return ${returned}` : `Rücknahme ${returned}`
  const issued: IssuedCorrection[] = []
  for (const group of groupCredits(credits, customer, collective)) {
    const number = await nextNumber(work, 'correction')
    const facts = { number, reason, typeCode, customer, merchant, sourceId } as const
    const [{ correctable, quantities }] = [group[0]!]
    issued.push(
      group.length > 1 ? issueCollective(work, group, facts) : issueCorrection(work, correctable, quantities, facts),
    )
  }
  return issued
}

/** As the desk says, else as the customer wants. */
export const wantsCollective = (input: TakeBackInput, { customer }: Pick<LoadedReturn, 'customer'>): boolean =>
  input.collective ?? customer.collectiveCredit

function withPlaces({ parts }: LoadedReturn, places: ReadonlyMap<Purpose, string>): NewReturnLine[] {
  return parts.map(({ wish, line, quantity, credited }) => {
    const stays = wish.goods === 'none' || line.articleId === null
    return { wish, line, quantity, credited, locationId: stays ? null : places.get(purposeOf[wish.goods] ?? 'sale')! }
  })
}

interface Moved {
  line: { id: string; noteId: string }
  quantity: number
  credited: number
}

/** By note line what comes back and what of it is no longer billed; `sign` -1 where a return is taken back. */
export function movedOf(parts: readonly Moved[], sign: 1 | -1) {
  const byLine = new Map<string, { id: string; noteId: string; returned: number; invoiced: number }>()
  for (const { line, quantity, credited } of parts) {
    const sum = byLine.get(line.id) ?? { id: line.id, noteId: line.noteId, returned: 0, invoiced: 0 }
    sum.returned += sign * quantity
    if (credited > 0) sum.invoiced -= sign * credited
    byLine.set(line.id, sum)
  }
  return [...byLine.values()]
}

function progressOf({ parts, orderLines }: LoadedReturn, sign: 1 | -1) {
  return parts.map(({ line, quantity, credited }) => ({
    line: orderLines.get(line.orderLineId)!,
    returned: sign * quantity,
    invoiced: -sign * credited,
  }))
}

function movesIn(parts: readonly NewReturnLine[]) {
  return parts.flatMap(({ line, quantity, locationId }) =>
    locationId === null || line.articleId === null
      ? []
      : [{ articleId: line.articleId, articleNumber: line.label, from: null, to: locationId, quantity }],
  )
}

export interface SettledMoney {
  setOff: { number: string; amount: Cents }[]
  credit: Cents
  refunded: Cents
}

/** What neither the corrected invoices nor an exchange needed goes where the desk said. */
async function settle(
  work: Work,
  input: TakeBackInput,
  { openItems, customer, returnedOn }: LoadedReturn,
  { corrections, free }: { corrections: readonly IssuedCorrection[]; free: { id: string; left: Cents }[] | undefined },
): Promise<SettledMoney> {
  const credits = free ?? corrections.filter((c) => c.left > 0)
  const left = credits.reduce((sum, c) => sum + c.left, 0)
  if (left === 0 || input.money === 'credit') return { setOff: [], credit: left, refunded: 0 }
  if (input.money === 'refund') {
    const how = input.refund ?? { method: 'transfer' as const }
    for (const { id, left: amount } of credits)
      await saveRefund(work, { ...how, creditId: id, customerId: customer.id, amount, paidOn: returnedOn })
    shiftAccount(work, customer.id, { credits: -left })
    return { setOff: [], credit: 0, refunded: left }
  }
  const settled = corrections.flatMap((c) => c.corrected)
  const allocations = setOff(credits, stillOpen(openItems, settled))
  const used = allocations.reduce((sum, a) => sum + a.amount, 0)
  saveAllocations(work, allocations)
  if (used > 0) shiftAccount(work, customer.id, { openItems: -used, credits: -used })
  await receiveDownPayments(work, allocations)
  const numberOf = new Map(openItems.map((i) => [i.invoiceId, i.number]))
  return {
    setOff: allocations.map((a) => ({ number: numberOf.get(a.invoiceId)!, amount: a.amount })),
    credit: left - used,
    refunded: 0,
  }
}

/** The open items less what the corrections settled of their own invoices. */
export function stillOpen<I extends { invoiceId: string; open: Cents }>(
  items: readonly I[],
  corrected: readonly { invoiceId: string; settled: Cents }[],
): I[] {
  const settled = new Map(corrected.map((c) => [c.invoiceId, c.settled]))
  return items.map((i) => ({ ...i, open: i.open - (settled.get(i.invoiceId) ?? 0) }))
}

function announceReturn(
  work: Work,
  { orders, parts }: LoadedReturn,
  { id, number, documentId }: { id: string; number: string; documentId: string },
): void {
  work.announce('return.taken-back', {
    returnId: id,
    number,
    documentId,
    deliveryNoteIds: [...new Set(parts.map((p) => p.line.noteId))],
    orderIds: orders.map((o) => o.id),
    orders: orders.map((o) => ({
      orderId: o.id,
      channel: o.channel,
      externalNumber: o.externalNumber,
      lines: parts
        .filter((p) => p.line.orderId === o.id)
        .map((p) => ({
          orderLineId: p.line.orderLineId,
          quantity: p.quantity,
          credited: p.credited,
          reason: p.wish.reason,
        })),
    })),
  })
}
