import { Link } from '@tanstack/react-router'
import type { Order } from '../../common/orders/api.ts'
import { useMay } from '../session/me.tsx'
import { Money, Quantity } from '../ui/cells.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { openOf } from './order-quantities.ts'

type Line = Order['lines'][number]

/** The lines with the five quantities that say how far each is. */
export function OrderLines({ order }: { order: Order }) {
  const { w, f } = useWords()
  const { heads } = w.orders
  const may = useMay()
  const columns: Column<Line>[] = [
    {
      name: 'position',
      head: heads.position,
      small: 'hide',
      width: 44,
      cell: (line) => <span className="quiet">{line.position}</span>,
    },
    {
      name: 'article',
      head: heads.article,
      small: 'below',
      cell: (line) =>
        line.articleId && may('catalog.read') ? (
          <Link to="/articles/$id" params={{ id: line.articleId }}>
            {line.articleNumber}
          </Link>
        ) : (
          (line.articleNumber ?? w.orders.kinds[line.kind])
        ),
    },
    {
      name: 'name',
      head: heads.name,
      small: 'start',
      grow: true,
      cell: (line) => <span title={line.name}>{line.name}</span>,
    },
    {
      name: 'ordered',
      head: heads.ordered,
      end: true,
      small: 'named',
      cell: (line) => (
        <>
          <Quantity value={line.ordered} unit={line.unit} />
          {line.cancelled > 0 && (
            <span className="quiet small"> · {w.orders.cancelledQuantity(f.quantity(line.cancelled))}</span>
          )}
        </>
      ),
    },
    { name: 'reserved', head: heads.reserved, end: true, small: 'named', cell: (line) => <ReservedCell line={line} /> },
    {
      name: 'planned',
      head: heads.onNotes,
      end: true,
      small: 'hide',
      cell: (line) => <Quantity value={line.planned} quietZero />,
    },
    {
      name: 'delivered',
      head: heads.delivered,
      end: true,
      small: 'named',
      cell: (line) => <Quantity value={line.delivered} quietZero />,
    },
    {
      name: 'open',
      head: heads.open,
      end: true,
      small: 'named',
      cell: (line) => <Quantity value={openOf(line)} quietZero />,
    },
    {
      name: 'invoiced',
      head: heads.invoiced,
      end: true,
      small: 'named',
      cell: (line) => <Quantity value={line.invoiced} quietZero />,
    },
    { name: 'price', head: heads.price, end: true, small: 'hide', cell: (line) => f.price(line.unitPrice) },
    ...(order.lines.some((line) => line.discount > 0)
      ? [
          {
            name: 'discount',
            head: heads.discount,
            end: true,
            small: 'hide' as const,
            cell: (line: Line) => <Money cents={line.discount} quietZero />,
          },
        ]
      : []),
    {
      name: 'vat',
      head: heads.vat,
      end: true,
      small: 'hide',
      cell: (line) => <span className="quiet">{f.percent(line.vatRate)}</span>,
    },
    { name: 'amount', head: heads.amount, end: true, small: 'end', cell: (line) => <Money cents={line.amount} /> },
  ]
  const { totals } = order
  return (
    <>
      <Table label={w.orders.lines} columns={columns} rows={order.lines} idOf={(line) => line.id} listKey={order.id} />
      <dl className="totals">
        <div>
          <dt>{w.orders.net}</dt>
          <dd>{f.euros(totals.net)}</dd>
        </div>
        {totals.perRate.map((rate) => (
          <div key={`${rate.category}${rate.rate}`}>
            <dt>{w.orders.vatOf(f.percent(rate.rate))}</dt>
            <dd>{f.euros(rate.vat)}</dd>
          </div>
        ))}
        <div className="totals-end">
          <dt>{w.orders.gross}</dt>
          <dd>{f.euros(totals.gross)}</dd>
        </div>
      </dl>
    </>
  )
}

/** Where the goods stand on hover, so that the picker need not ask. */
function ReservedCell({ line }: { line: Line }) {
  const { f } = useWords()
  const places = line.reservations.map((r) => `${r.locationName}: ${f.quantity(r.quantity)}`).join(', ')
  return (
    <span title={places || undefined}>
      <Quantity value={line.reserved} quietZero />
    </span>
  )
}
