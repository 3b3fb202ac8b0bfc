import { Link } from '@tanstack/react-router'
import { useMay } from '../session/me.tsx'
import { Quantity } from '../ui/cells.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import type { Note, NoteLine } from './note.ts'

/** Before goods issue what is planned, afterwards what left and what of it is billed. */
export function NoteLines({ note }: { note: Note }) {
  const { w } = useWords()
  const { heads } = w.delivery
  const may = useMay()
  const issued = note.state === 'issued'
  const columns: Column<NoteLine>[] = [
    {
      name: 'position',
      head: w.orders.heads.position,
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
    { name: 'gtin', head: heads.gtin, small: 'hide', cell: (line) => <span className="quiet">{line.gtin}</span> },
    ...(note.orders.length > 1
      ? [{ name: 'order', head: heads.orders, small: 'below' as const, cell: (line: NoteLine) => line.orderNumber }]
      : []),
    {
      name: 'ordered',
      head: heads.ordered,
      end: true,
      small: 'named',
      cell: (line) => <Quantity value={line.ordered} />,
    },
    {
      name: 'planned',
      head: heads.planned,
      end: true,
      small: issued ? 'hide' : 'end',
      cell: (line) => <Quantity value={line.planned} unit={issued ? undefined : line.unit} />,
    },
    ...(issued
      ? [
          {
            name: 'delivered',
            head: heads.delivered,
            end: true,
            small: 'end' as const,
            cell: (line: NoteLine) => <Quantity value={line.delivered} unit={line.unit} />,
          },
          ...(note.noteLines.some((line) => line.returned > 0)
            ? [
                {
                  name: 'returned',
                  head: heads.returned,
                  end: true,
                  small: 'named' as const,
                  cell: (line: NoteLine) => <Quantity value={line.returned} quietZero />,
                },
              ]
            : []),
          {
            name: 'invoiced',
            head: heads.invoiced,
            end: true,
            small: 'named' as const,
            cell: (line: NoteLine) => <Quantity value={line.invoiced} quietZero />,
          },
        ]
      : []),
  ]
  return (
    <Table
      label={w.delivery.lines}
      columns={columns}
      rows={note.noteLines}
      idOf={(line) => line.id}
      listKey={note.id}
    />
  )
}
