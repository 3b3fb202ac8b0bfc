import { Link, useNavigate } from '@tanstack/react-router'
import { listOrders } from '../../common/orders/api.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { DayOfMoment, Money } from '../ui/cells.tsx'
import { Section } from '../ui/page.tsx'
import { DeliveryState, InvoicingState, OrderState, PaymentState } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import type { CustomerView } from './show-customer.tsx'

/** The last orders, and the way to everything else of this customer. */
export function CustomerDocuments({ customer }: { customer: CustomerView }) {
  const { w } = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const search = { customerId: customer.id }
  const orders = useLoad(listOrders, { ...search, limit: 8 }, { enabled: may('orders.read') })
  const links = (
    <span className="row links">
      {may('orders.read') && (
        <Link to="/orders" search={search}>
          {w.customers.allOrders}
        </Link>
      )}
      {may('delivery.read') && (
        <Link to="/delivery-notes" search={search}>
          {w.customers.notesOf}
        </Link>
      )}
      {may('invoicing.read') && (
        <>
          <Link to="/unbilled/$customerId" params={{ customerId: customer.id }}>
            {w.customers.bill}
          </Link>
          <Link to="/invoices" search={search}>
            {w.customers.invoicesOf}
          </Link>
        </>
      )}
      {may('payments.read') && (
        <>
          <Link to="/open-items" search={search}>
            {w.customers.openItemsOf}
          </Link>
          <Link to="/payments" search={search}>
            {w.customers.paymentsOf}
          </Link>
        </>
      )}
    </span>
  )
  if (!may('orders.read')) return <Section title={w.customers.documents}>{links}</Section>
  return (
    <Section title={w.customers.lastOrders} aside={links}>
      <Table
        label={w.customers.lastOrders}
        rows={orders.data?.rows}
        idOf={(row) => row.id}
        open={(row) => void navigate({ to: '/orders/$id', params: { id: row.id } })}
        listKey={customer.id}
        skeletonRows={4}
        empty={<p className="quiet">{w.customers.noOrders}</p>}
        columns={[
          {
            name: 'number',
            head: w.orders.heads.number,
            small: 'start',
            cell: (row) => (
              <Link to="/orders/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
                {row.number}
              </Link>
            ),
          },
          {
            name: 'date',
            head: w.orders.heads.date,
            small: 'below',
            cell: (row) => <DayOfMoment moment={row.orderedAt} />,
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
            small: 'hide',
            cell: (row) => <InvoicingState state={row.status.invoicing} />,
          },
          {
            name: 'payment',
            head: w.status.heads.payment,
            small: 'hide',
            cell: (row) => <PaymentState state={row.status.payment} />,
          },
          {
            name: 'gross',
            head: w.orders.heads.gross,
            end: true,
            small: 'end',
            cell: (row) => <Money cents={row.gross} />,
          },
        ]}
      />
    </Section>
  )
}
