import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { listPayments, type paymentRow } from '../../common/payments/api.ts'
import { CustomerChip } from '../customers/customer-chip.tsx'
import { useMay } from '../session/me.tsx'
import { Day, Money } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page, Primary } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

type Row = z.output<typeof paymentRow>

/** Received money, newest first. */
export function ListPayments() {
  const { w } = useWords()
  const { heads } = w.payments
  const may = useMay()
  const navigate = useNavigate()
  const { search } = useListSearch()
  const list = useList(listPayments, { q: search.q, customerId: search.customerId })
  const columns: Column<Row>[] = [
    {
      name: 'number',
      head: heads.number,
      small: 'start',
      cell: (row) => (
        <Link to="/payments/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
          {row.number}
        </Link>
      ),
    },
    { name: 'receivedOn', head: heads.receivedOn, small: 'below', cell: (row) => <Day day={row.receivedOn} /> },
    { name: 'customer', head: heads.customer, grow: true, small: 'below', cell: (row) => row.customerName },
    { name: 'method', head: heads.method, small: 'below', cell: (row) => w.payments.methods[row.method] },
    {
      name: 'reference',
      head: heads.reference,
      small: 'hide',
      cell: (row) => <span className="quiet cut">{row.reference}</span>,
    },
    {
      name: 'state',
      head: heads.state,
      small: 'below',
      cell: (row) => <AllocationState left={row.left} allocated={row.allocated} />,
    },
    { name: 'left', head: heads.left, end: true, small: 'hide', cell: (row) => <Money cents={row.left} quietZero /> },
    { name: 'amount', head: heads.amount, end: true, small: 'end', cell: (row) => <Money cents={row.amount} /> },
  ]
  const filtered = search.q || search.customerId
  return (
    <Page
      title={w.pages.payments}
      primary={
        may('payments.write') && (
          <Primary
            leftSection={<IconPlus size={16} />}
            onClick={() => void navigate({ to: '/payments/new', search: {} })}
          >
            {w.payments.record}
          </Primary>
        )
      }
    >
      <Toolbar placeholder={w.payments.search}>
        <CustomerChip />
      </Toolbar>
      <ListBody list={list}>
        <Table
          label={w.pages.payments}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={(row) => void navigate({ to: '/payments/$id', params: { id: row.id } })}
          listKey={list.listKey}
          stale={list.stale}
          skeletonRows={14}
          empty={
            filtered ? (
              <Empty title={w.states.nothingFound} hint={w.states.nothingFoundHint} />
            ) : (
              <Empty title={w.payments.empty} hint={w.payments.emptyHint} />
            )
          }
        />
      </ListBody>
    </Page>
  )
}

export function AllocationState({ left, allocated }: { left: number; allocated: number }) {
  const { w } = useWords()
  if (left === 0) return <Status tone="done" word={w.payments.whole} />
  return allocated > 0 ? (
    <Status tone="half" word={w.payments.partly} />
  ) : (
    <Status tone="attention" word={w.payments.notAllocated} />
  )
}
