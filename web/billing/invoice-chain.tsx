import { getOrder } from '../../common/orders/api.ts'
import { useLoad } from '../load.ts'
import { chainOfOrder } from '../orders/chain-of-order.ts'
import { useMay } from '../session/me.tsx'
import { type ChainLink, ChainStrip, type Station } from '../ui/chain.tsx'
import { useWords } from '../words/words.ts'
import type { Invoice } from './show-invoice.tsx'

/** The chain of the one order, or of all orders and notes of a collective invoice. */
export function InvoiceChain({ invoice }: { invoice: Invoice }) {
  const { w, f } = useWords()
  const may = useMay()
  const single = invoice.orders.length === 1 ? invoice.orders[0] : undefined
  const order = useLoad(getOrder, { id: single?.id ?? '' }, { enabled: single !== undefined && may('orders.read') })
  if (order.data) return <ChainStrip stations={chainOfOrder(order.data, invoice.id, w, f)} />
  const paid = invoice.amountDue - invoice.open
  const self: ChainLink = {
    kind: 'invoice',
    id: invoice.id,
    word: invoice.number,
    detail: f.euros(invoice.gross),
    here: true,
  }
  const others = [...(invoice.corrects ? [invoice.corrects] : invoice.correctsSeveral), ...invoice.correctedBy]
  const stations: Station[] = [
    {
      name: w.chain.order,
      progress: 'done',
      links: invoice.orders.map((o) => ({ kind: 'order', id: o.id, word: o.number })),
      summary: w.chain.orders(invoice.orders.length),
    },
    {
      name: w.chain.notes,
      progress: 'done',
      links: invoice.notes.map((note) => ({
        kind: 'delivery-note',
        id: note.id,
        word: note.number,
        detail: f.day(note.deliveredOn),
      })),
      summary: w.billing.unbilled.noteCount(invoice.notes.length),
    },
    {
      name: w.chain.invoices,
      progress: 'done',
      links: [self, ...others.map(({ id, number }) => ({ kind: 'invoice' as const, id, word: number }))],
      summary: invoice.kind === 'correction' ? w.chain.correction : w.status.invoicing.invoiced,
    },
    {
      name: w.chain.payments,
      progress: invoice.payment === 'paid' ? 'done' : invoice.payment === 'partly-paid' ? 'half' : 'none',
      links: invoice.payments.map((payment) => ({
        kind: 'payment',
        id: payment.id,
        word: payment.number,
        detail: f.euros(payment.amount),
      })),
      summary: paid > 0 ? w.chain.paid(f.euros(paid), f.euros(invoice.amountDue)) : w.status.invoice[invoice.payment],
    },
  ]
  return <ChainStrip stations={stations} />
}
