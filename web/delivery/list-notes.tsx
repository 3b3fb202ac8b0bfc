import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { listDeliveryNotes, type noteRow, type noteState } from '../../common/delivery/api.ts'
import { CustomerChip } from '../customers/customer-chip.tsx'
import { Day, DayOfMoment } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { InvoicingState, NoteState } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

type Row = z.output<typeof noteRow>
type State = z.output<typeof noteState>

/** Delivery notes: what is being packed and what has left. */
export function ListNotes() {
  const { w, f } = useWords()
  const { heads, show } = w.delivery
  const navigate = useNavigate()
  const { search } = useListSearch()
  const state = search.show && search.show !== 'all' && search.show in show ? (search.show as State) : undefined
  const list = useList(listDeliveryNotes, { q: search.q, state, customerId: search.customerId })
  const columns: Column<Row>[] = [
    {
      name: 'number',
      head: heads.number,
      small: 'start',
      cell: (row) => (
        <Link to="/delivery-notes/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
          {row.number ?? w.delivery.noteWithoutNumber}
        </Link>
      ),
    },
    {
      name: 'day',
      head: heads.deliveredOn,
      small: 'end',
      cell: (row) => (row.deliveredOn ? <Day day={row.deliveredOn} /> : <span className="quiet">–</span>),
    },
    { name: 'customer', head: heads.customer, grow: true, small: 'below', cell: (row) => row.customerName },
    { name: 'orders', head: heads.orders, small: 'below', cell: (row) => <OrdersOf row={row} /> },
    { name: 'location', head: heads.location, small: 'hide', cell: (row) => row.locationName },
    { name: 'created', head: heads.created, small: 'hide', cell: (row) => <DayOfMoment moment={row.createdAt} /> },
    { name: 'lines', head: heads.lines, end: true, small: 'hide', cell: (row) => f.count(row.lines) },
    { name: 'state', head: heads.state, small: 'below', cell: (row) => <NoteState state={row.state} /> },
    {
      name: 'invoicing',
      head: w.status.heads.invoicing,
      small: 'below',
      cell: (row) => (row.state === 'issued' ? <InvoicingState state={row.invoicing} /> : null),
    },
  ]
  const filtered = search.q || search.show || search.customerId
  return (
    <Page title={w.pages.notes}>
      <Toolbar<'all' | State> placeholder={w.delivery.search} filters={show} first="all">
        <CustomerChip />
      </Toolbar>
      <ListBody list={list}>
        <Table
          label={w.pages.notes}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={(row) => void navigate({ to: '/delivery-notes/$id', params: { id: row.id } })}
          listKey={list.listKey}
          stale={list.stale}
          skeletonRows={14}
          empty={
            filtered ? (
              <Empty title={w.states.nothingFound} hint={w.states.nothingFoundHint} />
            ) : (
              <Empty
                title={w.delivery.empty}
                hint={w.delivery.emptyHint}
                action={
                  <Button variant="default" onClick={() => void navigate({ to: '/open-lines' })}>
                    {w.delivery.goToOpenLines}
                  </Button>
                }
              />
            )
          }
        />
      </ListBody>
    </Page>
  )
}

function OrdersOf({ row }: { row: Row }) {
  return (
    <>
      {row.orders.slice(0, 2).map((order, i) => (
        <span key={order.id}>
          {i > 0 && ', '}
          <Link to="/orders/$id" params={{ id: order.id }} tabIndex={-1}>
            {order.number}
          </Link>
        </span>
      ))}
      {row.orders.length > 2 && <span className="quiet"> +{row.orders.length - 2}</span>}
    </>
  )
}
