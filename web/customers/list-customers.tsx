import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { listCustomers } from '../../common/customers/api.ts'
import { useMay } from '../session/me.tsx'
import { Money } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page, Primary } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import type { CustomerRow } from './pick-customer.tsx'

/** Customers with what they owe against what they may. */
export function ListCustomers() {
  const { w } = useWords()
  const { heads, state } = w.customers
  const may = useMay()
  const navigate = useNavigate()
  const { search } = useListSearch()
  const list = useList(listCustomers, { q: search.q })
  const columns: Column<CustomerRow>[] = [
    {
      name: 'name',
      head: heads.name,
      grow: true,
      small: 'start',
      cell: (row) => (
        <Link to="/customers/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
          {row.name}
        </Link>
      ),
    },
    { name: 'number', head: heads.number, small: 'below', cell: (row) => <span className="quiet">{row.number}</span> },
    { name: 'city', head: heads.city, small: 'below', cell: (row) => row.city },
    {
      name: 'group',
      head: heads.priceGroup,
      small: 'hide',
      cell: (row) => <span className="quiet">{row.priceGroup}</span>,
    },
    {
      name: 'note',
      head: w.customers.onNote,
      small: 'hide',
      cell: (row) => (row.mayBuyOnDeliveryNote ? w.yes : <span className="quiet">{w.no}</span>),
    },
    {
      name: 'state',
      head: heads.state,
      small: 'below',
      cell: (row) =>
        row.blocked ? (
          <Status tone="stop" word={state.blocked} />
        ) : row.mayBuyOnDeliveryNote && row.exposure > row.creditLimit ? (
          <Status tone="attention" word={state.over} />
        ) : null,
    },
    {
      name: 'limit',
      head: heads.limit,
      end: true,
      small: 'hide',
      cell: (row) => <Money cents={row.creditLimit} quietZero />,
    },
    {
      name: 'exposure',
      head: heads.exposure,
      end: true,
      small: 'end',
      cell: (row) => <Money cents={row.exposure} quietZero />,
    },
  ]
  return (
    <Page
      title={w.pages.customers}
      primary={
        may('customers.write') && (
          <Primary leftSection={<IconPlus size={16} />} onClick={() => void navigate({ to: '/customers/new' })}>
            {w.customers.newCustomer}
          </Primary>
        )
      }
    >
      <Toolbar placeholder={w.customers.search} />
      <ListBody list={list}>
        <Table
          label={w.pages.customers}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={(row) => void navigate({ to: '/customers/$id', params: { id: row.id } })}
          listKey={list.listKey}
          stale={list.stale}
          skeletonRows={14}
          empty={
            search.q ? (
              <Empty title={w.states.nothingFound} hint={w.states.nothingFoundHint} />
            ) : (
              <Empty title={w.customers.empty} hint={w.customers.emptyHint} />
            )
          }
        />
      </ListBody>
    </Page>
  )
}
