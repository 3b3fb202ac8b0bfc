import { Button, Select } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { listToBill, type toBillRow } from '../../common/billing/api.ts'
import { billingRule } from '../../common/customers/api.ts'
import { addDays } from '../../common/dates.ts'
import { useMay } from '../session/me.tsx'
import { Day, Money } from '../ui/cells.tsx'
import { today } from '../ui/format.ts'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page, Primary } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { PlanRunPanel } from './plan-run-panel.tsx'

type Row = z.output<typeof toBillRow>

/** Delivered and not billed, by customer, who waits longest first; by rule and age. */
export function ListToBill() {
  const { w } = useWords()
  const words = w.billing.toBill
  const may = useMay()
  const navigate = useNavigate()
  const { search, change } = useListSearch()
  const [planning, setPlanning] = useState(false)
  const rule = billingRule.safeParse(search.rule).data
  const age = Number(search.age ?? 0)
  const list = useList(listToBill, {
    q: search.q,
    rule,
    show: search.show === 'due' ? 'due' : 'all',
    deliveredUntil: age > 0 ? addDays(today(), -age) : undefined,
  })
  const filtered = search.q || search.show || rule || age > 0
  return (
    <Page
      title={w.pages.unbilled}
      actions={
        <Button variant="default" onClick={() => void navigate({ to: '/unbilled-by-month' })}>
          {words.byMonth}
        </Button>
      }
      primary={may('invoicing.write') && <Primary onClick={() => setPlanning(true)}>{words.plan}</Primary>}
    >
      <Toolbar placeholder={words.search} filters={words.show} first="all">
        <Select
          aria-label={words.rule}
          value={rule ?? ''}
          allowDeselect={false}
          data={[
            { value: '', label: words.anyRule },
            ...Object.entries(w.customers.rules).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(value) => change({ rule: value || undefined })}
        />
        <Select
          aria-label={words.age}
          value={search.age ?? ''}
          allowDeselect={false}
          data={Object.entries(words.ages).map(([value, label]) => ({ value, label }))}
          onChange={(value) => change({ age: value || undefined })}
        />
      </Toolbar>
      <ListBody list={list}>
        <Table
          label={w.pages.unbilled}
          columns={useColumns()}
          rows={list.rows}
          idOf={(row) => row.customerId}
          open={(row) => void navigate({ to: '/unbilled/$customerId', params: { customerId: row.customerId } })}
          listKey={list.listKey}
          stale={list.stale}
          empty={
            filtered ? (
              <Empty title={w.states.nothingFound} hint={w.states.nothingFoundHint} />
            ) : (
              <Empty title={w.billing.unbilled.empty} hint={w.billing.unbilled.emptyHint} />
            )
          }
        />
      </ListBody>
      {planning && <PlanRunPanel rule={rule} onClose={() => setPlanning(false)} />}
    </Page>
  )
}

function useColumns(): Column<Row>[] {
  const { w, f } = useWords()
  const { heads, toBill } = w.billing
  return [
    {
      name: 'customer',
      head: heads.customer,
      grow: true,
      small: 'start',
      cell: (row) => (
        <>
          <span className="strong">{row.customerName}</span> <span className="quiet small">{row.customerNumber}</span>
        </>
      ),
    },
    {
      name: 'rule',
      head: toBill.heads.rule,
      small: 'below',
      cell: (row) => (
        <>
          {w.customers.rules[row.rule]}
          {row.grouping !== 'none' && <span className="quiet small"> · {w.customers.groupings[row.grouping]}</span>}
        </>
      ),
    },
    { name: 'since', head: heads.since, small: 'named', cell: (row) => <Day day={row.since} /> },
    { name: 'notes', head: heads.notes, end: true, small: 'hide', cell: (row) => f.count(row.notes) },
    { name: 'dueOn', head: toBill.heads.dueOn, small: 'named', cell: (row) => <Day day={row.dueOn} /> },
    {
      name: 'due',
      head: toBill.heads.due,
      end: true,
      small: 'hide',
      cell: (row) => <Money cents={row.dueGross} quietZero />,
    },
    { name: 'all', head: toBill.heads.all, end: true, small: 'end', cell: (row) => <Money cents={row.gross} /> },
  ]
}
