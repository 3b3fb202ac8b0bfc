import { Link } from '@tanstack/react-router'
import { type Column, Table } from '../ui/table.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import type { GoodsReturn } from './show-return.tsx'

type Line = GoodsReturn['returnLines'][number]

/** What came back, why, in which state, and where it lies. */
export function ReturnLines({ goods }: { goods: GoodsReturn }) {
  const { w, f } = useWords()
  const words = w.returns
  const { heads } = words
  const columns: Column<Line>[] = [
    {
      name: 'note',
      head: heads.note,
      small: 'below',
      cell: (l) => (
        <Link to="/delivery-notes/$id" params={{ id: l.noteId }}>
          {l.noteNumber}
        </Link>
      ),
    },
    { name: 'article', head: heads.article, small: 'hide', cell: (l) => l.articleNumber },
    { name: 'name', head: heads.name, grow: true, small: 'start', cell: (l) => l.name },
    {
      name: 'quantity',
      head: heads.quantity,
      end: true,
      small: 'end',
      cell: (l) => `${f.quantity(l.quantity)} ${unitName(w, l.unit, l.quantity)}`,
    },
    {
      name: 'billed',
      head: heads.billed,
      end: true,
      small: 'hide',
      cell: (l) => (l.credited > 0 ? f.quantity(l.credited) : <span className="quiet">–</span>),
    },
    { name: 'reason', head: heads.reasons, small: 'below', cell: (l) => words.reasons[l.reason] },
    { name: 'condition', head: heads.condition, small: 'below', cell: (l) => words.conditions[l.condition] },
    {
      name: 'goods',
      head: heads.goods,
      small: 'below',
      cell: (l) =>
        l.waiting > 0 ? <span className="amber">{words.waiting(f.quantity(l.waiting))}</span> : words.goods[l.goods],
    },
  ]
  return <Table label={words.lines} columns={columns} rows={goods.returnLines} idOf={(l) => l.id} />
}
