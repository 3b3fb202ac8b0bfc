import { Link } from '@tanstack/react-router'
import { useMay } from '../session/me.tsx'
import { Quantity } from '../ui/cells.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import type { Case } from './show-case.tsx'

type Line = Case['caseLines'][number]

/** What is missing or damaged, beside what was delivered and is still with the customer. */
export function CaseLines({ report }: { report: Case }) {
  const { w } = useWords()
  const { heads, problems } = w.links
  const may = useMay()
  const columns: Column<Line>[] = [
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
          line.articleNumber
        ),
    },
    {
      name: 'name',
      head: heads.name,
      small: 'start',
      grow: true,
      cell: (line) => <span title={line.name}>{line.name}</span>,
    },
    { name: 'note', head: heads.note, small: 'below', cell: (line) => line.noteNumber },
    { name: 'problem', head: heads.problem, small: 'below', cell: (line) => problems[line.problem] },
    {
      name: 'quantity',
      head: heads.quantity,
      end: true,
      small: 'end',
      cell: (line) => <Quantity value={line.quantity} unit={line.unit} />,
    },
    {
      name: 'delivered',
      head: heads.delivered,
      end: true,
      small: 'named',
      cell: (line) => <Quantity value={line.delivered} />,
    },
    {
      name: 'returnable',
      head: heads.returnable,
      end: true,
      small: 'named',
      cell: (line) => <Quantity value={line.returnable} quietZero />,
    },
  ]
  return (
    <Table
      label={w.links.about}
      columns={columns}
      rows={report.caseLines}
      idOf={(line) => String(line.position)}
      listKey={report.id}
    />
  )
}
