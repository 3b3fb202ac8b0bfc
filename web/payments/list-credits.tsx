import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { type creditRow, listCredits } from '../../common/payments/api.ts'
import { useMay } from '../session/me.tsx'
import { Day, Money } from '../ui/cells.tsx'
import { ListBody, useList, useListSearch } from '../ui/list.tsx'
import { Empty } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { PayOutPanel } from './pay-out-panel.tsx'

type Credit = z.output<typeof creditRow>

/** Money of customers that nobody used yet; it can be paid out. */
export function ListCredits() {
  const { w } = useWords()
  const { heads, refunds } = w.payments
  const may = useMay()('payments.refund')
  const { search } = useListSearch()
  const list = useList(listCredits, { q: search.q, customerId: search.customerId })
  const [opened, setOpened] = useState<Credit | null>(null)
  const columns: Column<Credit>[] = [
    {
      name: 'number',
      head: refunds.from,
      small: 'start',
      cell: (row) => (
        <Link
          to={row.kind === 'correction' ? '/invoices/$id' : '/payments/$id'}
          params={{ id: row.id }}
          className="number"
          tabIndex={-1}
        >
          {row.number}
        </Link>
      ),
    },
    { name: 'kind', head: heads.method, small: 'below', cell: (row) => refunds.kinds[row.kind] },
    { name: 'since', head: refunds.since, small: 'below', cell: (row) => <Day day={row.receivedOn} /> },
    { name: 'customer', head: heads.customer, grow: true, small: 'below', cell: (row) => row.customerName },
    { name: 'order', head: refunds.order, small: 'hide', cell: (row) => row.orderNumber },
    { name: 'amount', head: heads.amount, end: true, small: 'hide', cell: (row) => <Money cents={row.amount} /> },
    { name: 'left', head: heads.left, end: true, small: 'end', cell: (row) => <Money cents={row.left} /> },
    {
      name: 'pay',
      head: '',
      end: true,
      small: 'below',
      cell: (row) =>
        may && (
          <Button size="compact-sm" variant="light" onClick={() => setOpened(row)}>
            {refunds.payOut}
          </Button>
        ),
    },
  ]
  return (
    <>
      <ListBody list={list}>
        <Table
          label={refunds.show.credits}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          listKey={list.listKey}
          stale={list.stale}
          empty={<Empty title={refunds.noCredits} hint={refunds.noCreditsHint} />}
        />
      </ListBody>
      {opened && <PayOutPanel credit={opened} onClose={() => setOpened(null)} />}
    </>
  )
}
