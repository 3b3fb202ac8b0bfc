import { type Column, Table } from '../ui/table.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import type { Received } from './show-received.tsx'
import { useAmounts } from './use-amounts.ts'

type Line = Received['invoice']['lines'][number]

/** The lines with what the sender says about each. */
export function ReceivedLines({ lines }: { lines: readonly Line[] }) {
  const { w, f } = useWords()
  const { heads } = w.inbox
  const { plain, percent } = useAmounts()
  if (lines.length === 0) return <p className="quiet">{w.inbox.noLines}</p>
  const columns: Column<Line>[] = [
    { name: 'position', head: heads.position, small: 'hide', cell: (line) => <span className="quiet">{line.id}</span> },
    { name: 'name', head: heads.name, grow: true, small: 'start', cell: (line) => line.name },
    {
      name: 'quantity',
      head: heads.quantity,
      end: true,
      small: 'below',
      cell: (line) =>
        line.quantity === null ? '–' : `${f.quantity(line.quantity)} ${unitName(w, line.unit, line.quantity)}`,
    },
    { name: 'price', head: heads.price, end: true, small: 'below', cell: (line) => <Price line={line} /> },
    {
      name: 'vat',
      head: heads.vat,
      end: true,
      small: 'hide',
      cell: (line) => `${line.vatCategory} ${percent(line.vatRate)}`,
    },
    { name: 'net', head: heads.net, end: true, small: 'end', cell: (line) => plain(line.net) },
  ]
  return (
    <Table
      label={w.inbox.lines}
      columns={columns}
      rows={lines}
      idOf={(line) => `${line.id} ${lines.indexOf(line)}`}
      below={(line) => (saysMore(line) ? <Below line={line} /> : null)}
    />
  )
}

function Price({ line }: { line: Line }) {
  const { w, f } = useWords()
  const price = Number(line.netPrice)
  const word = line.netPrice === '' || Number.isNaN(price) ? line.netPrice || '–' : f.price(price * 10_000)
  const base =
    line.priceBase === null || line.priceBase === 1 ? '' : ` ${w.inbox.per(f.quantity(line.priceBase * 1000))}`
  return <span className="nowrap">{word + base}</span>
}

function saysMore(line: Line): boolean {
  const { articleNumber, gtin, description, note, deliveryNote, period, allowances, charges } = line
  return (
    Boolean(articleNumber || gtin || description || note || deliveryNote || period) ||
    allowances.length + charges.length > 0
  )
}

function Below({ line }: { line: Line }) {
  const { w, f } = useWords()
  const { plain } = useAmounts()
  const note = line.deliveryNote
  const words = [
    line.articleNumber,
    line.gtin,
    line.description,
    line.note,
    note && `${w.inbox.facts.deliveryNote} ${note.number}, ${f.day(note.issuedOn)}`,
    line.period && `${f.day(line.period.from)} – ${f.day(line.period.to)}`,
    ...line.allowances.map((a) => `${w.inbox.allowance} ${plain(a.amount)} ${a.reason}`),
    ...line.charges.map((c) => `${w.inbox.charge} ${plain(c.amount)} ${c.reason}`),
  ].filter((word) => word !== undefined && word !== '')
  return <span className="quiet small received-words">{words.join(' · ')}</span>
}
