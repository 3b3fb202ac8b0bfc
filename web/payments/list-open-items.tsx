import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { listOpenItems, type openItem } from '../../common/payments/api.ts'
import { CustomerChip } from '../customers/customer-chip.tsx'
import { useMay } from '../session/me.tsx'
import { Day, Money } from '../ui/cells.tsx'
import { today } from '../ui/format.ts'
import { ListBody, useList, useListSearch } from '../ui/list.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { skontoOn } from './suggest-allocation.ts'

type Row = z.output<typeof openItem>

/** What customers owe, the oldest due first. */
export function ListOpenItems() {
  const { w, f } = useWords()
  const { heads } = w.payments
  const may = useMay()
  const navigate = useNavigate()
  const { search } = useListSearch()
  const list = useList(listOpenItems, { customerId: search.customerId })
  const columns: Column<Row>[] = [
    {
      name: 'invoice',
      head: heads.invoice,
      small: 'start',
      cell: (row) => (
        <Link to="/invoices/$id" params={{ id: row.invoiceId }} className="number" tabIndex={-1}>
          {row.invoiceNumber}
        </Link>
      ),
    },
    {
      name: 'customer',
      head: heads.customer,
      grow: true,
      small: 'below',
      cell: (row) => (
        <Link to="/customers/$id" params={{ id: row.customerId }} className="ink" tabIndex={-1}>
          {row.customerName}
        </Link>
      ),
    },
    { name: 'issuedOn', head: heads.issuedOn, small: 'hide', cell: (row) => <Day day={row.issuedOn} /> },
    { name: 'dueOn', head: heads.dueOn, small: 'named', cell: (row) => <Day day={row.dueOn} /> },
    {
      name: 'state',
      head: heads.state,
      small: 'below',
      cell: (row) => (
        <Status
          tone={row.overdueDays > 0 ? 'attention' : 'none'}
          word={row.overdueDays > 0 ? w.status.overdue(row.overdueDays) : w.payments.openItems.due}
        />
      ),
    },
    {
      name: 'skonto',
      head: heads.skonto,
      end: true,
      small: 'hide',
      cell: (row) => <Money cents={skontoOn(row, today())} quietZero />,
    },
    { name: 'amount', head: heads.amount, end: true, small: 'hide', cell: (row) => <Money cents={row.amount} /> },
    {
      name: 'open',
      head: heads.open,
      end: true,
      small: 'end',
      cell: (row) => <span className="strong">{f.money(row.open)}</span>,
    },
    {
      name: 'pay',
      head: '',
      end: true,
      small: 'hide',
      cell: (row) =>
        may('payments.write') && (
          <Button
            size="compact-sm"
            variant="light"
            tabIndex={-1}
            onClick={() =>
              void navigate({ to: '/payments/new', search: { customerId: row.customerId, invoiceId: row.invoiceId } })
            }
          >
            {w.payments.record}
          </Button>
        ),
    },
  ]
  return (
    <Page title={w.pages.openItems}>
      <div className="toolbar">
        <CustomerChip />
      </div>
      <ListBody list={list}>
        <Table
          label={w.pages.openItems}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.invoiceId}
          open={(row) => void navigate({ to: '/invoices/$id', params: { id: row.invoiceId } })}
          listKey={list.listKey}
          stale={list.stale}
          skeletonRows={14}
          empty={<Empty title={w.payments.openItems.empty} hint={w.payments.openItems.emptyHint} />}
        />
      </ListBody>
    </Page>
  )
}
