import { getOrder } from '../../common/orders/api.ts'
import { useLoad } from '../load.ts'
import { chainOfOrder } from '../orders/chain-of-order.ts'
import { useMay } from '../session/me.tsx'
import { ChainStrip, type Station } from '../ui/chain.tsx'
import { useWords } from '../words/words.ts'
import type { Note } from './note.ts'

/** The chain of the note's order; a note over several orders shows them all and stands for itself. */
export function NoteChain({ note }: { note: Note }) {
  const { w, f } = useWords()
  const may = useMay()
  const single = note.orders.length === 1 ? note.orders[0] : undefined
  const order = useLoad(getOrder, { id: single?.id ?? '' }, { enabled: single !== undefined && may('orders.read') })
  if (order.data) return <ChainStrip stations={chainOfOrder(order.data, note.id, w, f)} />
  const goods = note.noteLines.filter((line) => line.kind === 'goods')
  const stations: Station[] = [
    {
      name: w.chain.order,
      progress: 'done',
      links: note.orders.map((o) => ({ kind: 'order', id: o.id, word: o.number })),
      summary: w.chain.orderedLines(goods.length),
    },
    {
      name: w.chain.notes,
      progress: note.state === 'issued' ? 'done' : note.state === 'open' ? 'none' : 'off',
      links: [
        {
          kind: 'delivery-note',
          id: note.id,
          word: note.number ?? w.delivery.noteWithoutNumber,
          here: true,
          detail: note.deliveredOn ? f.day(note.deliveredOn) : undefined,
        },
      ],
      summary: w.status.note[note.state],
    },
    {
      name: w.chain.invoices,
      progress: note.invoicing === 'invoiced' ? 'done' : note.invoicing === 'partly-invoiced' ? 'half' : 'none',
      links: [],
      summary: w.status.invoicing[note.invoicing],
    },
    { name: w.chain.payments, progress: 'none', links: [], summary: '' },
  ]
  return <ChainStrip stations={stations} />
}
