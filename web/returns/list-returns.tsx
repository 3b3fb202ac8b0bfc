import { Link, useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { listReturns, type returnRow } from '../../common/returns/api.ts'
import { CustomerChip } from '../customers/customer-chip.tsx'
import { useMay } from '../session/me.tsx'
import { Day, Money } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page, Primary } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

type Row = z.output<typeof returnRow>

/** How a return stands; goods that wait for somebody to look at them want a hand. */
export function ReturnState({ row }: { row: Pick<Row, 'state' | 'waiting'> }) {
  const { states } = useWords().w.returns
  if (row.state === 'cancelled') return <Status tone="off" word={states.cancelled} />
  return row.waiting > 0 ? (
    <Status tone="attention" word={states.waiting} />
  ) : (
    <Status tone="done" word={states['taken-back']} />
  )
}

/** Goods that came back, newest first. */
export function ListReturns() {
  const { w } = useWords()
  const { heads, show, reasons } = w.returns
  const navigate = useNavigate()
  const may = useMay()
  const { search } = useListSearch()
  const list = useList(listReturns, {
    q: search.q,
    customerId: search.customerId,
    show: search.show === 'waiting' ? 'waiting' : 'all',
  })
  const columns: Column<Row>[] = [
    {
      name: 'number',
      head: heads.number,
      small: 'start',
      cell: (row) => (
        <Link to="/returns/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
          {row.number}
        </Link>
      ),
    },
    { name: 'day', head: heads.returnedOn, small: 'end', cell: (row) => <Day day={row.returnedOn} /> },
    { name: 'customer', head: heads.customer, grow: true, small: 'below', cell: (row) => row.customerName },
    { name: 'notes', head: heads.notes, small: 'below', cell: (row) => numbers(row.notes) },
    { name: 'corrections', head: heads.corrections, small: 'hide', cell: (row) => numbers(row.corrections) },
    {
      name: 'reasons',
      head: heads.reasons,
      small: 'hide',
      cell: (row) => row.reasons.map((reason) => reasons[reason]).join(', '),
    },
    { name: 'state', head: heads.state, small: 'below', cell: (row) => <ReturnState row={row} /> },
    { name: 'credited', head: heads.credited, end: true, small: 'end', cell: (row) => <Money cents={row.credited} /> },
  ]
  const filtered = search.q || search.show || search.customerId
  return (
    <Page
      title={w.pages.returns}
      primary={
        may('returns.write') && (
          <Primary onClick={() => void navigate({ to: '/returns/new' })}>{w.returns.takeBack}</Primary>
        )
      }
    >
      <Toolbar<'all' | 'waiting'> placeholder={w.returns.search} filters={show} first="all">
        <CustomerChip />
      </Toolbar>
      <ListBody list={list}>
        <Table
          label={w.pages.returns}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={(row) => void navigate({ to: '/returns/$id', params: { id: row.id } })}
          listKey={list.listKey}
          stale={list.stale}
          empty={
            filtered ? (
              <Empty title={w.states.nothingFound} hint={w.states.nothingFoundHint} />
            ) : (
              <Empty title={w.returns.empty} hint={w.returns.emptyHint} />
            )
          }
        />
      </ListBody>
    </Page>
  )
}

const SHOWN = 2

function numbers(documents: readonly { number: string }[]): string {
  const more = documents.length > SHOWN ? ` +${documents.length - SHOWN}` : ''
  return documents
    .slice(0, SHOWN)
    .map((d) => d.number)
    .join(', ')
    .concat(more)
}
