import { Link, useNavigate } from '@tanstack/react-router'
import { listRuns } from '../../common/billing/api.ts'
import { Money } from '../ui/cells.tsx'
import { ListBody, useList } from '../ui/list.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { type Run, RunState, scopeOf } from './run-state.tsx'

/** Billing runs, newest first. */
export function ListRuns() {
  const { w, f } = useWords()
  const words = w.billing.runs
  const navigate = useNavigate()
  const list = useList(listRuns, {})
  const columns: Column<Run>[] = [
    {
      name: 'started',
      head: words.heads.started,
      small: 'start',
      cell: (run) => (
        <Link to="/billing-runs/$id" params={{ id: run.id }} className="number" tabIndex={-1}>
          {f.moment(run.createdAt)}
        </Link>
      ),
    },
    { name: 'what', head: words.heads.what, grow: true, small: 'below', cell: (run) => scopeOf(run, w, f) },
    { name: 'state', head: words.heads.state, small: 'below', cell: (run) => <RunState state={run.state} /> },
    {
      name: 'refused',
      head: words.heads.refused,
      end: true,
      small: 'hide',
      cell: ({ bills }) => (
        <span className={bills.refused.count > 0 ? 'amber' : 'quiet'}>{f.count(bills.refused.count)}</span>
      ),
    },
    {
      name: 'invoices',
      head: words.heads.invoices,
      end: true,
      small: 'hide',
      cell: ({ bills }) => f.count(bills.billed.count),
    },
    {
      name: 'gross',
      head: words.heads.gross,
      end: true,
      small: 'end',
      cell: ({ bills }) => <Money cents={bills.billed.gross} quietZero />,
    },
  ]
  return (
    <Page title={w.pages.runs}>
      <ListBody list={list}>
        <Table
          label={w.pages.runs}
          columns={columns}
          rows={list.rows}
          idOf={(run) => run.id}
          open={(run) => void navigate({ to: '/billing-runs/$id', params: { id: run.id } })}
          listKey={list.listKey}
          stale={list.stale}
          empty={<Empty title={words.empty} hint={words.emptyHint} />}
        />
      </ListBody>
    </Page>
  )
}
