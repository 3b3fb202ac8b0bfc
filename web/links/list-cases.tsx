import { Link, useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { type caseRow, listCases } from '../../common/links/api.ts'
import { CustomerChip } from '../customers/customer-chip.tsx'
import { Moment } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

type Row = z.output<typeof caseRow>

const tones = { open: 'attention', answered: 'half', done: 'done' } as const

export function CaseState({ state }: { state: Row['state'] }) {
  const { w } = useWords()
  return <Status tone={tones[state]} word={w.links.caseStates[state]} />
}

/** What customers reported over their links; first what waits for somebody. */
export function ListCases() {
  const { w } = useWords()
  const { heads, show } = w.links
  const navigate = useNavigate()
  const { search } = useListSearch()
  const list = useList(listCases, {
    q: search.q,
    customerId: search.customerId,
    show: search.show === 'all' ? 'all' : 'waiting',
  })
  const columns: Column<Row>[] = [
    {
      name: 'number',
      head: heads.number,
      small: 'start',
      cell: (row) => (
        <Link to="/cases/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
          {row.number}
        </Link>
      ),
    },
    { name: 'customer', head: heads.customer, small: 'below', cell: (row) => row.customerName },
    { name: 'notes', head: heads.notes, small: 'below', cell: (row) => row.notes.map((n) => n.number).join(', ') },
    {
      name: 'words',
      head: heads.words,
      grow: true,
      small: 'hide',
      cell: (row) => <span title={row.excerpt}>{row.excerpt}</span>,
    },
    { name: 'reportedAt', head: heads.reportedAt, small: 'end', cell: (row) => <Moment moment={row.reportedAt} /> },
    { name: 'state', head: heads.state, small: 'below', cell: (row) => <CaseState state={row.state} /> },
  ]
  return (
    <Page title={w.pages.cases}>
      <Toolbar<'waiting' | 'all'> placeholder={w.links.search} filters={show} first="waiting">
        <CustomerChip />
      </Toolbar>
      <ListBody list={list}>
        <Table
          label={w.pages.cases}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={(row) => void navigate({ to: '/cases/$id', params: { id: row.id } })}
          listKey={list.listKey}
          stale={list.stale}
          empty={
            search.q ? (
              <Empty title={w.states.nothingFound} hint={w.states.nothingFoundHint} />
            ) : (
              <Empty title={w.links.empty} hint={w.links.emptyHint} />
            )
          }
        />
      </ListBody>
    </Page>
  )
}
