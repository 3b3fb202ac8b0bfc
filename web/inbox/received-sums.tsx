import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import type { Received } from './show-received.tsx'
import { useAmounts } from './use-amounts.ts'
import '../ui/totals.css'

type Breakdown = Received['invoice']['vatBreakdown'][number]

/** VAT by rate, allowances and charges, and what it adds up to. */
export function ReceivedSums({ received: { invoice, currency } }: { received: Received }) {
  const { w } = useWords()
  const { heads, facts } = w.inbox
  const { plain, percent, inCurrency } = useAmounts()
  const columns: Column<Breakdown>[] = [
    { name: 'rate', head: heads.rate, small: 'start', cell: (row) => `${row.category} ${percent(row.rate)}` },
    {
      name: 'reason',
      head: '',
      grow: true,
      small: 'below',
      cell: (row) => <span className="quiet">{row.exemptionReason ?? row.exemptionCode}</span>,
    },
    { name: 'base', head: heads.base, end: true, small: 'named', cell: (row) => plain(row.net) },
    { name: 'amount', head: heads.amount, end: true, small: 'end', cell: (row) => plain(row.vat) },
  ]
  const { totals } = invoice
  const parts = [
    ...invoice.allowances.map(
      (a) => [`${w.inbox.allowance} ${a.reason}`, a.amount === null ? null : -a.amount] as const,
    ),
    ...invoice.charges.map((c) => [`${w.inbox.charge} ${c.reason}`, c.amount] as const),
  ]
  const sums = [
    [facts.total, totals.linesNet],
    ...parts,
    [facts.net, totals.net],
    [facts.vat, totals.vat],
    [facts.gross, totals.gross],
    ...(totals.prepaid ? [[facts.prepaid, -totals.prepaid] as const] : []),
    ...(totals.rounding ? [[facts.rounding, totals.rounding] as const] : []),
  ] as const
  return (
    <>
      {invoice.vatBreakdown.length > 0 && (
        <Table
          label={w.inbox.vatTable}
          columns={columns}
          rows={invoice.vatBreakdown}
          idOf={(row) => `${row.category} ${row.rate} ${invoice.vatBreakdown.indexOf(row)}`}
        />
      )}
      <dl className="totals">
        {sums.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{plain(value)}</dd>
          </div>
        ))}
        <div className="totals-end">
          <dt>{facts.due}</dt>
          <dd>{inCurrency(totals.amountDue, currency)}</dd>
        </div>
      </dl>
    </>
  )
}
