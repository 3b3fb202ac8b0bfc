import { newOrder } from '../../common/orders/api.ts'
import { amountOf } from '../../common/quantity.ts'
import { PostalAddress } from '../ui/postal-address.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

/** What the shop sent: as an order where it can be read as one, else as it came. */
export function ParkedContent({ content }: { content: unknown }) {
  const { w, f } = useWords()
  const { heads } = w.orders
  const parsed = newOrder.safeParse(content)
  if (!parsed.success) return <pre className="raw">{JSON.stringify(content, null, 2)}</pre>
  const order = parsed.data
  const columns: Column<{ line: (typeof order.lines)[number]; at: number }>[] = [
    {
      name: 'position',
      head: heads.position,
      small: 'hide',
      width: 44,
      cell: ({ at }) => <span className="quiet">{at + 1}</span>,
    },
    {
      name: 'article',
      head: heads.article,
      small: 'below',
      cell: ({ line }) => line.article ?? w.orders.kinds[line.kind],
    },
    { name: 'name', head: heads.name, grow: true, small: 'start', cell: ({ line }) => line.name },
    { name: 'quantity', head: heads.ordered, end: true, small: 'named', cell: ({ line }) => f.quantity(line.quantity) },
    {
      name: 'price',
      head: heads.price,
      end: true,
      small: 'hide',
      cell: ({ line }) => (line.unitPrice === undefined ? '' : f.price(line.unitPrice)),
    },
    {
      name: 'amount',
      head: heads.amount,
      end: true,
      small: 'end',
      cell: ({ line }) => {
        const amount =
          line.amount ??
          (line.unitPrice === undefined ? undefined : amountOf(line.quantity, line.unitPrice) - line.discount)
        return amount === undefined ? '' : f.money(amount)
      },
    },
  ]
  return (
    <div className="stack-wide">
      <Table
        label={w.orders.lines}
        columns={columns}
        rows={order.lines.map((line, at) => ({ line, at }))}
        idOf={({ at }) => String(at)}
        listKey="parked"
      />
      <div className="fields">
        {order.billTo && (
          <div className="w6">
            <h3 className="quiet">{w.orders.billTo}</h3>
            <PostalAddress address={order.billTo} />
          </div>
        )}
        {order.deliverTo && (
          <div className="w6">
            <h3 className="quiet">{w.orders.deliverTo}</h3>
            <PostalAddress address={order.deliverTo} />
          </div>
        )}
      </div>
    </div>
  )
}
