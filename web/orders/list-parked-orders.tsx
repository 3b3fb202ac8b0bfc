import { IconX } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { z } from 'zod'
import { listParkedOrders, type parkedOrder } from '../../common/orders/api.ts'
import { Moment, Money } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page } from '../ui/page.tsx'
import { sayParked } from '../ui/say-facts.ts'
import { Empty } from '../ui/states.tsx'
import { Status, type Tone } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { ChannelName } from './channel-name.tsx'

type Row = z.output<typeof parkedOrder>
const tones: Record<Row['state'], Tone> = { parked: 'attention', completed: 'done', discarded: 'off' }

export function ParkedState({ state }: { state: Row['state'] }) {
  return <Status tone={tones[state]} word={useWords().w.status.parked[state]} />
}

/** Orders from a shop that could not be taken yet, each with its reason. */
export function ListParkedOrders() {
  const { w, f } = useWords()
  const words = w.orders.parked
  const navigate = useNavigate()
  const { channel, show } = useSearch({ from: '/shell/parked-orders' })
  const list = useList(listParkedOrders, { state: show === 'all' ? 'all' : 'parked', channel })
  const columns: Column<Row>[] = [
    {
      name: 'number',
      head: words.heads.number,
      small: 'start',
      cell: (row) => (
        <Link to="/parked-orders/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
          {row.externalNumber ?? words.unnumbered}
        </Link>
      ),
    },
    {
      name: 'channel',
      head: w.orders.heads.channel,
      small: 'below',
      cell: (row) => <ChannelName code={row.channel} />,
    },
    {
      name: 'customer',
      head: w.orders.heads.customer,
      small: 'below',
      cell: (row) => row.customerName ?? <span className="quiet">–</span>,
    },
    {
      name: 'reason',
      head: words.heads.reason,
      grow: true,
      small: 'below',
      cell: (row) => (
        <>
          {row.reasons[0] && sayParked(row.reasons[0], w, f)}
          {row.reasons.length > 1 && <span className="quiet"> +{row.reasons.length - 1}</span>}
        </>
      ),
    },
    { name: 'received', head: words.heads.received, small: 'hide', cell: (row) => <Moment moment={row.receivedAt} /> },
    { name: 'state', head: words.heads.state, small: 'below', cell: (row) => <ParkedState state={row.state} /> },
    {
      name: 'gross',
      head: words.heads.gross,
      end: true,
      small: 'end',
      cell: (row) => (row.gross === null ? <span className="quiet">–</span> : <Money cents={row.gross} />),
    },
  ]
  return (
    <Page title={words.list}>
      <Toolbar<'parked' | 'all'> filters={words.show} first="parked">
        {channel && <OneChannel code={channel} />}
      </Toolbar>
      <ListBody list={list}>
        <Table
          label={words.list}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={(row) => void navigate({ to: '/parked-orders/$id', params: { id: row.id } })}
          listKey={list.listKey}
          stale={list.stale}
          empty={<Empty title={words.empty} hint={words.emptyHint} />}
        />
      </ListBody>
    </Page>
  )
}

/** Only those of one channel are shown; a click shows all again. */
function OneChannel({ code }: { code: string }) {
  const { w } = useWords()
  const { change } = useListSearch()
  return (
    <button
      type="button"
      className="chip chip-on"
      title={w.actions.reset}
      onClick={() => change({ channel: undefined })}
    >
      {w.orders.heads.channel}: <ChannelName code={code} />
      <IconX size={13} aria-hidden="true" />
    </button>
  )
}
