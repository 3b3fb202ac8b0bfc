import { Button, Checkbox } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { spacedIban } from '../../common/iban.ts'
import { listRefunds, type refundRow } from '../../common/payments/api.ts'
import { CustomerChip } from '../customers/customer-chip.tsx'
import { useMay } from '../session/me.tsx'
import { Day, Money } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page, Primary } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { ListCredits } from './list-credits.tsx'
import { PaymentFilePanel } from './payment-file-panel.tsx'
import { RefundPanel } from './refund-panel.tsx'
import './payments.css'

export type Refund = z.output<typeof refundRow>

/** Money that goes back to customers: what waits for a payment file, what was paid, what could still be asked for. */
export function ListRefunds() {
  const { w } = useWords()
  const words = w.payments.refunds
  const navigate = useNavigate()
  const { search } = useListSearch()
  return (
    <Page
      title={w.pages.refunds}
      actions={
        <Button variant="default" onClick={() => void navigate({ to: '/payment-files', search: {} })}>
          {w.pages.paymentFiles}
        </Button>
      }
    >
      <Toolbar placeholder={words.search} filters={words.show} first="to-pay">
        <CustomerChip />
      </Toolbar>
      {search.show === 'credits' ? <ListCredits /> : <Refunds waiting={search.show !== 'all'} />}
    </Page>
  )
}

function Refunds({ waiting }: { waiting: boolean }) {
  const { w, f } = useWords()
  const words = w.payments.refunds
  const may = useMay()('payments.refund')
  const { search } = useListSearch()
  const list = useList(listRefunds, {
    q: search.q,
    customerId: search.customerId,
    show: waiting ? 'to-pay' : 'all',
  })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [making, setMaking] = useState(false)
  const [opened, setOpened] = useState<Refund | null>(null)
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id])
  const payable = (list.rows ?? []).filter((r) => r.account !== null)
  const ready = payable.filter((r) => chosen.includes(r.id))
  const columns = useColumns(may && waiting ? { chosen, toggle } : undefined)
  return (
    <>
      {may && waiting && payable.length > 0 && (
        <div className="row refund-choice">
          <Checkbox
            label={words.chooseAll}
            checked={ready.length === payable.length}
            indeterminate={ready.length > 0 && ready.length < payable.length}
            onChange={() => setChosen(ready.length === payable.length ? [] : payable.map((r) => r.id))}
          />
          <span className="quiet">
            {ready.length > 0 && words.sum(f.count(ready.length), f.euros(ready.reduce((sum, r) => sum + r.amount, 0)))}
          </span>
          <Primary disabled={ready.length === 0} onClick={() => setMaking(true)}>
            {words.makeFile}
          </Primary>
        </div>
      )}
      <ListBody list={list}>
        <Table
          label={w.pages.refunds}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={may && waiting ? setOpened : undefined}
          listKey={list.listKey}
          stale={list.stale}
          empty={<Empty title={waiting ? words.noneWaiting : words.empty} hint={words.emptyHint} />}
        />
      </ListBody>
      {making && (
        <PaymentFilePanel
          refundIds={ready.map((r) => r.id)}
          onClose={() => {
            setMaking(false)
            setChosen([])
          }}
        />
      )}
      {opened && <RefundPanel refund={opened} onClose={() => setOpened(null)} />}
    </>
  )
}

function useColumns(choice: { chosen: readonly string[]; toggle: (id: string) => void } | undefined): Column<Refund>[] {
  const { w } = useWords()
  const { heads, refunds } = w.payments
  const all: (Column<Refund> | false)[] = [
    choice !== undefined && {
      name: 'choose',
      head: '',
      width: 36,
      small: 'mark',
      cell: (row) => (
        <Checkbox
          aria-label={refunds.choose(row.number)}
          checked={choice.chosen.includes(row.id)}
          disabled={row.account === null}
          onClick={(event) => event.stopPropagation()}
          onChange={() => choice.toggle(row.id)}
        />
      ),
    },
    {
      name: 'number',
      head: refunds.number,
      small: 'start',
      cell: (row) => <span className="number">{row.number}</span>,
    },
    { name: 'paidOn', head: refunds.paidOn, small: 'below', cell: (row) => <Day day={row.paidOn} /> },
    { name: 'customer', head: heads.customer, grow: true, small: 'below', cell: (row) => row.customerName },
    { name: 'from', head: refunds.from, small: 'hide', cell: (row) => <From refund={row} /> },
    choice === undefined
      ? { name: 'method', head: heads.method, small: 'below', cell: (row) => w.returns.methods[row.method] }
      : {
          name: 'account',
          head: refunds.account,
          small: 'below',
          cell: (row) =>
            row.account ? (
              <span className="nowrap">{spacedIban(row.account.iban)}</span>
            ) : (
              <Status tone="attention" word={refunds.noAccount} />
            ),
        },
    choice === undefined && {
      name: 'state',
      head: heads.state,
      small: 'below',
      cell: (row) => (
        <>
          <RefundState status={row.status} />{' '}
          {row.file && (
            <Link to="/payment-files/$id" params={{ id: row.file.id }} className="number">
              {row.file.number}
            </Link>
          )}
        </>
      ),
    },
    { name: 'amount', head: heads.amount, end: true, small: 'end', cell: (row) => <Money cents={row.amount} /> },
  ]
  return all.filter((c) => c !== false)
}

function From({ refund: { from } }: { refund: Refund }) {
  if (!from) return null
  return from.kind === 'correction' ? (
    <Link to="/invoices/$id" params={{ id: from.id }} className="number" tabIndex={-1}>
      {from.number}
    </Link>
  ) : (
    <Link to="/payments/$id" params={{ id: from.id }} className="number" tabIndex={-1}>
      {from.number}
    </Link>
  )
}

const tones = { 'to-pay': 'attention', 'in-file': 'half', paid: 'done', cancelled: 'off' } as const

export function RefundState({ status }: { status: Refund['status'] }) {
  const { w } = useWords()
  return <Status tone={tones[status]} word={w.payments.refunds.states[status]} />
}
