import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { listOrders, type orderRow } from '../../common/orders/api.ts'
import { CustomerChip } from '../customers/customer-chip.tsx'
import { useMay } from '../session/me.tsx'
import { DayOfMoment, Money } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page, Primary } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { DeliveryState, InvoicingState, OrderState, PaymentState } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { ChannelName } from './channel-name.tsx'

type Row = z.output<typeof orderRow>
type Show = 'all' | 'on-hold' | 'to-deliver' | 'to-invoice' | 'backordered'

/** All orders with their four statuses; new ones and changes appear by themselves. */
export function ListOrders() {
  const { w } = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const { search } = useListSearch()
  const show = search.show && search.show in w.orders.show ? (search.show as Show) : 'all'
  const list = useList(listOrders, { q: search.q, show, customerId: search.customerId })
  const columns = useOrderColumns()
  const filtered = search.q || search.show || search.customerId
  return (
    <Page
      title={w.pages.orders}
      primary={
        may('orders.write') && (
          <Primary leftSection={<IconPlus size={16} />} onClick={() => void navigate({ to: '/orders/new' })}>
            {w.orders.newOrder}
          </Primary>
        )
      }
    >
      <Toolbar<Show> placeholder={w.orders.search} filters={w.orders.show} first="all">
        <CustomerChip />
      </Toolbar>
      <ListBody list={list}>
        <Table
          label={w.pages.orders}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={(row) => void navigate({ to: '/orders/$id', params: { id: row.id } })}
          listKey={list.listKey}
          stale={list.stale}
          skeletonRows={14}
          empty={
            filtered ? (
              <Empty title={w.states.nothingFound} hint={w.states.nothingFoundHint} />
            ) : (
              <Empty title={w.orders.empty} hint={w.orders.emptyHint} />
            )
          }
        />
      </ListBody>
    </Page>
  )
}

function useOrderColumns(): Column<Row>[] {
  const { w } = useWords()
  const { heads } = w.orders
  return [
    {
      name: 'number',
      head: heads.number,
      small: 'start',
      cell: (row) => (
        <Link to="/orders/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
          {row.number}
        </Link>
      ),
    },
    { name: 'date', head: heads.date, small: 'below', cell: (row) => <DayOfMoment moment={row.orderedAt} /> },
    { name: 'customer', head: heads.customer, small: 'below', grow: true, cell: (row) => row.customerName },
    {
      name: 'external',
      head: heads.external,
      small: 'hide',
      cell: (row) => (
        <span className="quiet" title={row.externalNumber ?? undefined}>
          <ChannelName code={row.channel} />
          {row.externalNumber && ` ${row.externalNumber}`}
        </span>
      ),
    },
    {
      name: 'order',
      head: w.status.heads.order,
      small: 'below',
      cell: (row) => <OrderState state={row.status.order} />,
    },
    {
      name: 'delivery',
      head: w.status.heads.delivery,
      small: 'below',
      cell: (row) => <DeliveryState state={row.status.delivery} />,
    },
    {
      name: 'invoicing',
      head: w.status.heads.invoicing,
      small: 'below',
      cell: (row) => <InvoicingState state={row.status.invoicing} />,
    },
    {
      name: 'payment',
      head: w.status.heads.payment,
      small: 'below',
      cell: (row) => <PaymentState state={row.status.payment} />,
    },
    { name: 'gross', head: heads.gross, end: true, small: 'end', cell: (row) => <Money cents={row.gross} /> },
  ]
}
