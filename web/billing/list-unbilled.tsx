import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { listUnbilledLines } from '../../common/delivery/api.ts'
import { useLoadAll } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Day, Money } from '../ui/cells.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { type BillGroup, groupUnbilled } from './group-unbilled.ts'

const FIRST = 1_000

/** Delivered and not yet billed, a row for each invoice that could be written. */
export function ListUnbilled() {
  const { w, f } = useWords()
  const { heads, unbilled } = w.billing
  const may = useMay()
  const navigate = useNavigate()
  const [most, setMost] = useState(FIRST)
  const load = useLoadAll(listUnbilledLines, {}, most)
  const groups = load.data && groupUnbilled(load.data.rows).sort((a, b) => a.since.localeCompare(b.since))
  const open = (group: BillGroup) =>
    void navigate({ to: '/unbilled/$customerId', params: { customerId: group.customerId } })
  const columns: Column<BillGroup>[] = [
    {
      name: 'customer',
      head: heads.customer,
      grow: true,
      small: 'start',
      cell: (group) => <span className="strong">{group.customerName}</span>,
    },
    { name: 'since', head: heads.since, small: 'named', cell: (group) => <Day day={group.since} /> },
    { name: 'notes', head: heads.notes, end: true, small: 'named', cell: (group) => f.count(group.notes.size) },
    { name: 'lines', head: heads.lines, end: true, small: 'named', cell: (group) => f.count(group.lines.length) },
    {
      name: 'mode',
      head: '',
      small: 'hide',
      cell: (group) => (
        <span className="quiet">{group.priceMode === 'net' ? unbilled.netMode : unbilled.grossMode}</span>
      ),
    },
    { name: 'amount', head: heads.amount, end: true, small: 'end', cell: (group) => <Money cents={group.amount} /> },
    {
      name: 'bill',
      head: '',
      end: true,
      small: 'hide',
      cell: (group) =>
        may('invoicing.write') && (
          <Button size="compact-sm" variant="light" tabIndex={-1} onClick={() => open(group)}>
            {unbilled.bill}
          </Button>
        ),
    },
  ]
  return (
    <Page title={w.pages.unbilled}>
      {load.error && !load.data ? (
        <Failed error={load.error} retry={() => void load.refetch()} />
      ) : (
        <>
          <Table
            label={w.pages.unbilled}
            columns={columns}
            rows={groups}
            idOf={(group) => group.key}
            open={open}
            empty={<Empty title={unbilled.empty} hint={unbilled.emptyHint} />}
          />
          {load.data && !load.data.complete && (
            <div className="pager small">
              <span>{unbilled.atLeast(f.count(load.data.rows.length))}</span>
              <Button
                variant="default"
                size="xs"
                loading={load.isFetching}
                onClick={() => setMost(Number.POSITIVE_INFINITY)}
              >
                {unbilled.more}
              </Button>
            </div>
          )}
        </>
      )}
    </Page>
  )
}
