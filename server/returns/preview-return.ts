import type { TakeBackInput } from '../../common/returns/api.ts'
import { groupCredits, planCorrection } from '../invoicing/index.ts'
import type { Database } from '../kernel/index.ts'
import { previewExchange } from './exchange.ts'
import { loadReturn } from './load-return.ts'
import { reserveCredit } from './rules/reserve-credit.ts'
import { setOff } from './rules/set-off.ts'
import { stillOpen, wantsCollective } from './take-back.ts'

/** What a return would do, exactly, without doing it. */
export async function previewReturn(database: Database, input: TakeBackInput) {
  const found = await loadReturn(database, input)
  const { parts, credits, customer, openItems } = found
  const goods = input.exchange && (await previewExchange(database, found, input.exchange))
  const kind = customer.creditDocument
  const documents = groupCredits(credits, customer, wantsCollective(input, { customer }))
  const corrections = credits.map((credit) => {
    const { correctable, quantities } = credit
    const { net, vat, gross, rounding, payable } = planCorrection(correctable, quantities).amounts
    const settles = Math.min(correctable.open, payable)
    const { id: invoiceId, number: invoiceNumber } = correctable.row
    return {
      invoiceId,
      invoiceNumber,
      kind,
      document: documents.findIndex((d) => d.includes(credit)),
      net,
      vat,
      gross: gross + rounding,
      settled: settles,
      payable,
      left: payable - settles,
    }
  })
  const credited = corrections.filter((c) => c.left > 0).map((c) => ({ id: c.invoiceId, left: c.left }))
  const { reserved, free } = reserveCredit(credited, goods?.gross ?? 0)
  const left = free.reduce((sum, c) => sum + c.left, 0)
  const numberOf = new Map(openItems.map((i) => [i.invoiceId, i.number]))
  const allocations = input.money === 'set-off' ? setOff(free, stillOpen(openItems, corrections)) : []
  const used = allocations.reduce((sum, a) => sum + a.amount, 0)
  const notes = Map.groupBy(parts, (p) => p.line.noteId)
  return {
    lines: parts.map(({ line, wish, quantity, credited }) => ({
      noteLineId: line.id,
      noteNumber: line.noteNumber,
      articleNumber: line.articleNumber,
      name: line.name,
      unit: line.unit,
      quantity,
      credited,
      goods: wish.goods,
    })),
    notes: [...notes].map(([id, of]) => ({
      id,
      number: of[0]!.line.noteNumber,
      unbilled: of.reduce((sum, p) => sum + p.quantity - p.credited, 0),
    })),
    corrections: corrections.map(({ payable: _payable, left: _left, settled: settles, ...c }) => ({ ...c, settles })),
    setOff: allocations.map((a) => ({
      invoiceId: a.invoiceId,
      invoiceNumber: numberOf.get(a.invoiceId)!,
      amount: a.amount,
    })),
    credit: input.money === 'refund' ? 0 : left - used,
    refund: input.money === 'refund' ? left : 0,
    ...(goods ? { exchange: { ...goods, setOff: reserved, toPay: goods.gross - reserved } } : {}),
  }
}
