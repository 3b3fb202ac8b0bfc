import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { type bill, billState, excludeBills, listBills } from '../../common/billing/api.ts'
import { type Language, type RefusalCode, refusalText } from '../../common/refusal.ts'
import { useAction } from '../load.ts'
import { Money } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { Empty } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { BillState, type Run } from './run-state.tsx'

type Bill = z.output<typeof bill>

/** The invoices of a run, each with its exact amount before and the link to it afterwards. */
export function RunBills({ run, mayExclude }: { run: Run; mayExclude: boolean }) {
  const { w, language } = useWords()
  const words = w.billing.runs
  const { search } = useListSearch()
  const state = billState.safeParse(search.show).data
  const list = useList(listBills, { id: run.id, state })
  const [leaving, setLeaving] = useState<Bill>()
  const include = useAction(excludeBills)
  const columns = useColumns(
    mayExclude
      ? (row) =>
          row.state === 'excluded' ? include.mutate({ id: run.id, billIds: [row.id], reason: null }) : setLeaving(row)
      : undefined,
  )
  return (
    <>
      <Toolbar filters={words.show} first="all" />
      <ListBody list={list}>
        <Table
          label={words.heads.invoices}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          below={(row) => {
            const why = whyNot(row, language)
            return why && <p className="quiet">{why}</p>
          }}
          listKey={list.listKey}
          stale={list.stale}
          empty={
            <Empty
              title={state ? w.states.nothingFound : run.state === 'planning' ? words.state.planning : words.nothing}
              hint={state ? undefined : run.state === 'planning' ? words.planningHint : words.nothingHint}
            />
          }
        />
      </ListBody>
      {leaving && <ExcludePanel runId={run.id} bill={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  )
}

function useColumns(turn: ((row: Bill) => void) | undefined): Column<Bill>[] {
  const { w, f } = useWords()
  const { heads, exclude, include } = w.billing.runs
  const columns: Column<Bill>[] = [
    {
      name: 'customer',
      head: heads.customer,
      grow: true,
      small: 'start',
      cell: (row) => (
        <Link to="/unbilled/$customerId" params={{ customerId: row.customerId }} className="ink" tabIndex={-1}>
          {row.customerName}
        </Link>
      ),
    },
    {
      name: 'delivered',
      head: heads.delivered,
      small: 'below',
      cell: (row) => (
        <span className="nowrap">{w.billing.range(f.day(row.deliveredFrom), f.day(row.deliveredTo))}</span>
      ),
    },
    { name: 'notes', head: heads.notes, end: true, small: 'hide', cell: (row) => f.count(row.notes) },
    { name: 'result', head: heads.result, small: 'below', cell: (row) => <Result row={row} /> },
    {
      name: 'net',
      head: heads.net,
      end: true,
      small: 'hide',
      cell: (row) => (row.net === null ? <span className="quiet">–</span> : <Money cents={row.net} />),
    },
    {
      name: 'gross',
      head: heads.gross,
      end: true,
      small: 'end',
      cell: (row) => <Money cents={row.invoice?.gross ?? row.gross} />,
    },
  ]
  if (turn)
    columns.push({
      name: 'turn',
      head: '',
      end: true,
      small: 'below',
      cell: (row) =>
        (row.state === 'waiting' || row.state === 'excluded') && (
          <Button size="compact-sm" variant="light" onClick={() => turn(row)}>
            {row.state === 'excluded' ? include : exclude}
          </Button>
        ),
    })
  return columns
}

/** Why there is no invoice: the refusal in words, or what somebody wrote. */
function whyNot(row: Bill, language: Language): string | null {
  return row.refusal ? refusalText(row.refusal.code as RefusalCode, row.refusal.facts, language) : row.reason
}

/** The link to the invoice, or the state of the one that isn't there. */
function Result({ row }: { row: Bill }) {
  if (row.invoice)
    return (
      <Link to="/invoices/$id" params={{ id: row.invoice.id }} className="number">
        {row.invoice.number}
      </Link>
    )
  return <BillState state={row.state} />
}

function ExcludePanel({ runId, bill, onClose }: { runId: string; bill: Bill; onClose: () => void }) {
  const { w } = useWords()
  const words = w.billing.runs
  const [reason, setReason] = useState('')
  const action = useAction(excludeBills, onClose)
  return (
    <Panel
      title={words.excludeTitle(bill.customerName)}
      opened
      onClose={onClose}
      submit={words.exclude}
      onSubmit={() => action.mutate({ id: runId, billIds: [bill.id], reason: reason.trim() })}
      busy={action.isPending}
      disabled={reason.trim() === ''}
      error={action.error}
      foot={words.excludeHint}
    >
      <ReasonField label={w.reason} value={reason} onChange={setReason} usual={words.excludeReasons} />
    </Panel>
  )
}
