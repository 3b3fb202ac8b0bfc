import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { getPayment, type payment } from '../../common/payments/api.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Moment, Money } from '../ui/cells.tsx'
import { ChainStrip, type Station } from '../ui/chain.tsx'
import { Columns, Facts, Page, Primary, Section } from '../ui/page.tsx'
import { Failed, PageSkeleton } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { AllocatePanel } from './allocate-panel.tsx'
import { AllocationState } from './list-payments.tsx'
import { PayOutPanel } from './pay-out-panel.tsx'

export type Payment = z.output<typeof payment>

/** One payment with the invoices it settles; what is left can be allocated later. */
export function ShowPayment() {
  const { id } = useParams({ from: '/shell/payments/$id' })
  const { w, f } = useWords()
  const words = w.payments
  const may = useMay()
  const load = useLoad(getPayment, { id })
  const [allocating, setAllocating] = useState(false)
  const [payingOut, setPayingOut] = useState(false)
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const payment = load.data
  return (
    <Page
      title={words.payment(payment.number)}
      parent={{ to: '/payments', word: w.pages.payments }}
      state={<AllocationState left={payment.left} allocated={payment.allocated} />}
      actions={
        payment.left > 0 &&
        may('payments.refund') && (
          <Button variant="default" onClick={() => setPayingOut(true)}>
            {words.refunds.payOut}
          </Button>
        )
      }
      primary={
        payment.left > 0 &&
        may('payments.write') && <Primary onClick={() => setAllocating(true)}>{words.allocate}</Primary>
      }
    >
      <PaymentChain payment={payment} />
      <Columns
        side={
          <Section title={words.details}>
            <Facts
              facts={[
                [
                  words.customer,
                  <Link key="customer" to="/customers/$id" params={{ id: payment.customerId }}>
                    {payment.customerName}
                  </Link>,
                ],
                [words.receivedOn, f.day(payment.receivedOn)],
                [words.method, words.methods[payment.method]],
                [words.reference, payment.reference],
                [words.amount, <strong key="amount">{f.euros(payment.amount)}</strong>],
                [words.allocated, f.euros(payment.allocated)],
                [words.left, f.euros(payment.left)],
              ]}
            />
          </Section>
        }
      >
        <Section title={words.allocations}>
          {payment.allocations.length > 0 ? (
            <Allocations payment={payment} />
          ) : (
            <p className="quiet">{words.notAllocated}</p>
          )}
        </Section>
      </Columns>
      {payment.left > 0 && <AllocatePanel payment={payment} opened={allocating} onClose={() => setAllocating(false)} />}
      {payingOut && <PayOutPanel credit={payment} onClose={() => setPayingOut(false)} />}
    </Page>
  )
}

function Allocations({ payment }: { payment: Payment }) {
  const { w } = useWords()
  const { heads } = w.payments
  const columns: Column<Payment['allocations'][number]>[] = [
    {
      name: 'invoice',
      head: heads.invoice,
      small: 'start',
      cell: (row) => (
        <Link to="/invoices/$id" params={{ id: row.invoiceId }} className="number">
          {row.invoiceNumber}
        </Link>
      ),
    },
    { name: 'at', head: heads.at, small: 'below', grow: true, cell: (row) => <Moment moment={row.at} /> },
    {
      name: 'skonto',
      head: heads.skonto,
      end: true,
      small: 'named',
      cell: (row) => <Money cents={row.skonto} quietZero />,
    },
    { name: 'amount', head: heads.amount, end: true, small: 'end', cell: (row) => <Money cents={row.amount} /> },
  ]
  return (
    <Table
      label={w.payments.allocations}
      columns={columns}
      rows={payment.allocations}
      idOf={(row) => row.invoiceId + row.at}
      listKey={payment.id}
    />
  )
}

function PaymentChain({ payment }: { payment: Payment }) {
  const { w, f } = useWords()
  const invoices = new Map(payment.allocations.map((a) => [a.invoiceId, a]))
  const stations: Station[] = [
    {
      name: w.chain.invoices,
      progress: payment.allocations.length > 0 ? 'done' : 'none',
      links: [...invoices.values()].map((a) => ({
        kind: 'invoice',
        id: a.invoiceId,
        word: a.invoiceNumber,
        detail: f.euros(a.amount),
      })),
      summary: payment.allocations.length > 0 ? '' : w.payments.notAllocated,
    },
    {
      name: w.chain.payments,
      progress: payment.left === 0 ? 'done' : payment.allocated > 0 ? 'half' : 'none',
      links: [{ kind: 'payment', id: payment.id, word: payment.number, detail: f.euros(payment.amount), here: true }],
      summary: payment.left > 0 ? w.payments.becomesCredit(f.euros(payment.left)) : w.payments.whole,
    },
  ]
  return <ChainStrip stations={stations} />
}
