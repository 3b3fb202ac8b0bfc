import type { Order } from '../../common/orders/api.ts'
import type { ChainLink, Station } from '../ui/chain.tsx'
import type { Format } from '../ui/format.ts'
import { unitName } from '../ui/unit.ts'
import type { Words } from '../words/words.ts'
import { linesToBill, openOf } from './order-quantities.ts'

/** The chain of an order: what was ordered, what of it left, what of that is billed and paid. */
export function chainOfOrder(order: Order, here: string, w: Words, f: Format): Station[] {
  const goods = order.lines.filter((line) => line.kind === 'goods')
  const units = new Set(goods.map((line) => line.unit))
  const wanted = sum(goods, (l) => l.ordered - l.cancelled)
  const unit = units.size === 1 ? [...units][0]! : undefined
  const link = (entry: Order['chain'][number], detail: string | undefined): ChainLink => ({
    kind: entry.kind,
    id: entry.id,
    word: entry.number ?? w.delivery.noteWithoutNumber,
    detail,
    here: entry.id === here,
    off: entry.state === 'cancelled' || entry.state === 'corrected',
  })
  const notes = order.chain.filter((entry) => entry.kind === 'delivery-note' || entry.kind === 'return')
  const invoices = order.chain.filter((entry) => ['down-payment', 'invoice', 'correction'].includes(entry.kind))
  const payments = order.chain.filter((entry) => entry.kind === 'payment')
  return [
    {
      name: w.chain.order,
      progress: order.status.order === 'cancelled' ? 'off' : 'done',
      links: [
        { kind: 'order', id: order.id, word: order.number, detail: f.euros(order.gross), here: order.id === here },
      ],
      summary: unit
        ? w.chain.ordered(`${f.quantity(wanted)} ${unitName(w, unit, wanted)}`)
        : w.chain.orderedLines(goods.length),
    },
    {
      name: w.chain.notes,
      progress: progressOf(order.status.delivery, 'delivered', 'partly-delivered'),
      links: notes.map((note) =>
        link(note, note.state === 'open' ? w.chain.packing : note.day ? f.day(note.day) : undefined),
      ),
      summary: deliveredWords(goods, unit !== undefined, w, f),
    },
    {
      name: w.chain.invoices,
      progress: progressOf(order.status.invoicing, 'invoiced', 'partly-invoiced'),
      links: invoices.map((invoice) => link(invoice, invoice.amount === null ? undefined : f.euros(invoice.amount))),
      summary: invoicedWords(order, unit !== undefined, w, f),
    },
    {
      name: w.chain.payments,
      progress: order.status.payment === 'prepaid' ? 'done' : progressOf(order.status.payment, 'paid', 'partly-paid'),
      links: payments.map((payment) => link(payment, payment.amount === null ? undefined : f.euros(payment.amount))),
      summary:
        order.prepaid > 0 && payments.length === 0
          ? w.chain.prepaid(f.euros(order.prepaid))
          : w.status.payment[order.status.payment],
    },
  ]
}

function deliveredWords(goods: Order['lines'], oneUnit: boolean, w: Words, f: Format): string {
  const delivered = sum(goods, (l) => l.delivered)
  if (delivered === 0) return w.chain.nothingDelivered
  if (!oneUnit) return w.chain.deliveredLines(goods.filter((l) => openOf(l) === 0).length, goods.length)
  return w.chain.delivered(
    f.quantity(delivered),
    f.quantity(sum(goods, (l) => l.ordered - l.cancelled)),
    f.quantity(sum(goods, openOf)),
  )
}

function invoicedWords(order: Order, oneUnit: boolean, w: Words, f: Format): string {
  const goods = order.lines.filter((line) => line.kind === 'goods')
  const invoiced = sum(goods, (l) => l.invoiced)
  if (invoiced === 0) return w.chain.nothingInvoiced
  const due = linesToBill(order)
  if (!oneUnit)
    return w.chain.invoicedLines(
      due.filter((l) => l.invoiced >= l.ordered - l.cancelled - l.returned).length,
      due.length,
    )
  return w.chain.invoiced(f.quantity(invoiced), f.quantity(sum(goods, (l) => l.delivered - l.returned - l.invoiced)))
}

function progressOf(state: string, done: string, half: string): Station['progress'] {
  return state === done ? 'done' : state === half ? 'half' : state.startsWith('nothing') ? 'off' : 'none'
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0)
}
