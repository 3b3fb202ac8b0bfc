import { Link, useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { listReceived, type receivedRow } from '../../common/inbox/api.ts'
import { useMay } from '../session/me.tsx'
import { Day, DayOfMoment } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { DropInvoice } from './drop-invoice.tsx'
import { useAmounts } from './use-amounts.ts'

type Row = z.output<typeof receivedRow>

/** E-invoices that others sent, newest first; a file is dropped here. */
export function ListReceived() {
  const { w } = useWords()
  const words = w.inbox
  const { heads } = words
  const may = useMay()
  const navigate = useNavigate()
  const { inCurrency } = useAmounts()
  const { search } = useListSearch()
  const list = useList(listReceived, { q: search.q })
  const columns: Column<Row>[] = [
    {
      name: 'number',
      head: heads.number,
      small: 'start',
      cell: (row) => (
        <Link to="/inbox/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
          {row.number || '–'}
        </Link>
      ),
    },
    { name: 'seller', head: heads.seller, grow: true, small: 'below', cell: (row) => row.sellerName },
    { name: 'issuedOn', head: heads.issuedOn, small: 'below', cell: (row) => <Day day={row.issuedOn} /> },
    { name: 'dueOn', head: heads.dueOn, small: 'hide', cell: (row) => <Day day={row.dueOn} /> },
    {
      name: 'profile',
      head: heads.profile,
      small: 'hide',
      cell: (row) => <span className="quiet nowrap">{words.profiles[row.profile]}</span>,
    },
    {
      name: 'findings',
      head: heads.findings,
      small: 'below',
      cell: (row) => <FindingState fatal={row.fatal} warnings={row.warnings} />,
    },
    {
      name: 'receivedAt',
      head: heads.receivedAt,
      small: 'hide',
      cell: (row) => <DayOfMoment moment={row.receivedAt} />,
    },
    { name: 'gross', head: heads.gross, end: true, small: 'end', cell: (row) => inCurrency(row.gross, row.currency) },
  ]
  return (
    <Page title={w.pages.inbox}>
      {may('inbox.write') && <DropInvoice />}
      <Toolbar placeholder={words.search} />
      <ListBody list={list}>
        <Table
          label={w.pages.inbox}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={(row) => void navigate({ to: '/inbox/$id', params: { id: row.id } })}
          listKey={list.listKey}
          stale={list.stale}
          empty={
            search.q ? (
              <Empty title={w.states.nothingFound} hint={w.states.nothingFoundHint} />
            ) : (
              <Empty title={words.empty} hint={words.emptyHint} />
            )
          }
        />
      </ListBody>
    </Page>
  )
}

export function FindingState({ fatal, warnings }: { fatal: number; warnings: number }) {
  const { w } = useWords()
  if (fatal > 0) return <Status tone="stop" word={w.inbox.broken(fatal)} />
  return warnings > 0 ? (
    <Status tone="attention" word={w.inbox.remarked(warnings)} />
  ) : (
    <Status tone="done" word={w.inbox.fine} />
  )
}
