import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { daysBetween } from '../../common/dates.ts'
import { type invoiceRow, listInvoices } from '../../common/invoicing/api.ts'
import { CustomerChip } from '../customers/customer-chip.tsx'
import { Day, Money } from '../ui/cells.tsx'
import { today } from '../ui/format.ts'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { InvoiceState } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

type Row = z.output<typeof invoiceRow>
type Show = 'all' | 'open' | 'overdue'

export const overdueDaysOf = (row: { dueOn: string | null; open: number }): number =>
  row.dueOn && row.open > 0 ? Math.max(0, daysBetween(row.dueOn, today())) : 0

/** Invoices and corrections, newest first. */
export function ListInvoices() {
  const { w } = useWords()
  const { heads } = w.billing
  const navigate = useNavigate()
  const { search } = useListSearch()
  const show = search.show && search.show in w.billing.show ? (search.show as Show) : 'all'
  const list = useList(listInvoices, { q: search.q, show, customerId: search.customerId })
  const columns: Column<Row>[] = [
    {
      name: 'number',
      head: heads.number,
      small: 'start',
      cell: (row) => (
        <>
          <Link to="/invoices/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
            {row.number}
          </Link>
          {row.collective && <span className="quiet small"> · {w.billing.collective}</span>}
          {row.kind === 'down-payment' && <span className="quiet small"> · {w.billing.down.title}</span>}
          {row.kind === 'correction' && <span className="quiet small"> · {w.chain.correction}</span>}
        </>
      ),
    },
    { name: 'issuedOn', head: heads.issuedOn, small: 'below', cell: (row) => <Day day={row.issuedOn} /> },
    { name: 'customer', head: heads.customer, grow: true, small: 'below', cell: (row) => row.customerName },
    {
      name: 'state',
      head: heads.state,
      small: 'below',
      cell: (row) => <InvoiceState state={row.payment} overdueDays={overdueDaysOf(row)} />,
    },
    { name: 'dueOn', head: heads.dueOn, small: 'hide', cell: (row) => <Day day={row.dueOn} /> },
    { name: 'open', head: heads.open, end: true, small: 'hide', cell: (row) => <Money cents={row.open} quietZero /> },
    { name: 'gross', head: heads.gross, end: true, small: 'end', cell: (row) => <Money cents={row.gross} /> },
  ]
  const filtered = search.q || search.show || search.customerId
  return (
    <Page title={w.pages.invoices}>
      <Toolbar<Show> placeholder={w.billing.search} filters={w.billing.show} first="all">
        <CustomerChip />
      </Toolbar>
      <ListBody list={list}>
        <Table
          label={w.pages.invoices}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={(row) => void navigate({ to: '/invoices/$id', params: { id: row.id } })}
          listKey={list.listKey}
          stale={list.stale}
          skeletonRows={14}
          empty={
            filtered ? (
              <Empty title={w.states.nothingFound} hint={w.states.nothingFoundHint} />
            ) : (
              <Empty
                title={w.billing.empty}
                hint={w.billing.emptyHint}
                action={
                  <Button variant="default" onClick={() => void navigate({ to: '/unbilled' })}>
                    {w.billing.goToUnbilled}
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
