import { Link, useNavigate } from '@tanstack/react-router'
import { listMessages } from '../../common/sending/api.ts'
import { CustomerChip } from '../customers/customer-chip.tsx'
import { Moment } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords, type Words } from '../words/words.ts'
import { type Message, MessageState, useProblem } from './message-state.tsx'
import { SendingNotice } from './sending-notice.tsx'
import './sending.css'

/** What nobody announces, a message that the listener put in, is looked for. */
const EVERY_MS = 10_000

/** The outbox: what went to customers by e-mail, what waits, what didn't arrive. */
export function ListMessages() {
  const { w } = useWords()
  const words = w.sending
  const navigate = useNavigate()
  const { search } = useListSearch()
  const show = (search.show ?? 'all') as keyof Words['sending']['filters']
  const filters = { q: search.q, customerId: search.customerId, show }
  const list = useList(listMessages, filters, { every: EVERY_MS })
  return (
    <Page title={w.pages.outbox}>
      <SendingNotice />
      <Toolbar placeholder={words.search} filters={words.filters} first="all">
        <CustomerChip />
      </Toolbar>
      <ListBody list={list}>
        <Table
          label={w.pages.outbox}
          columns={useColumns()}
          rows={list.rows}
          idOf={(row) => row.id}
          open={(row) => void navigate({ to: '/outbox/$id', params: { id: row.id } })}
          listKey={list.listKey}
          stale={list.stale}
          skeletonRows={14}
          empty={
            search.q || search.customerId || search.show ? (
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

function useColumns(): Column<Message>[] {
  const { w } = useWords()
  const { heads, kinds, forms } = w.sending
  const problemOf = useProblem()
  return [
    {
      name: 'number',
      head: heads.number,
      small: 'start',
      cell: (row) => (
        <Link to="/outbox/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
          {row.number}
        </Link>
      ),
    },
    { name: 'kind', head: heads.kind, small: 'below', cell: (row) => kinds[row.kind] },
    { name: 'customer', head: heads.customer, grow: true, small: 'below', cell: (row) => row.customerName },
    {
      name: 'recipients',
      head: heads.recipients,
      small: 'below',
      cell: (row) => <span className="quiet recipients">{row.recipients.join(', ')}</span>,
    },
    { name: 'form', head: heads.form, small: 'hide', cell: (row) => <span className="quiet">{forms[row.form]}</span> },
    {
      name: 'state',
      head: heads.state,
      small: 'below',
      cell: (row) => (
        <span title={problemOf(row) ?? undefined}>
          <MessageState message={row} />
        </span>
      ),
    },
    {
      name: 'at',
      head: heads.at,
      end: true,
      small: 'end',
      cell: (row) => <Moment moment={row.endedAt ?? row.createdAt} />,
    },
  ]
}
