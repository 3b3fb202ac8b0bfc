import { Link } from '@tanstack/react-router'
import { Facts, Section } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'
import type { Invoice } from './show-invoice.tsx'

/** By down-payment invoice, whatever its rates. */
export function sumByInvoice(deductions: readonly { number: string; payable: number }[]): [string, number][] {
  return [...Map.groupBy(deductions, (d) => d.number)].map(([number, of]) => [
    number,
    of.reduce((sum, d) => sum + d.payable, 0),
  ])
}

/** Of a final invoice: what it deducts. Of a down-payment invoice: which money came when, and who deducted it. */
export function DownPaymentFacts({ invoice }: { invoice: Invoice }) {
  const { w, f } = useWords()
  const words = w.billing.down
  const { downPayment, deductions } = invoice
  const sums = new Map(sumByInvoice(deductions))
  return (
    <>
      {deductions.length > 0 && (
        <Section title={words.deducted}>
          <Facts
            facts={[...Map.groupBy(deductions, (d) => d.number)].map(([number, of]) => [
              number,
              <Taxed key={number} amount={sums.get(number)!} perRate={of} to={of[0]!.id} />,
            ])}
          />
        </Section>
      )}
      {downPayment && (
        <Section title={words.receipts}>
          {downPayment.receipts.length === 0 && <p className="quiet">{words.noReceipts}</p>}
          <Facts
            facts={downPayment.receipts.map((r) => [
              `${f.day(r.receivedOn)}, ${r.number}`,
              <Taxed key={r.number} amount={r.amount} perRate={r.perRate} />,
            ])}
          />
          <Facts
            facts={[
              ...downPayment.usedBy.map(
                (use) => [use.number, <InvoiceLink key={use.id} id={use.id} word={f.euros(-use.payable)} />] as const,
              ),
              [words.left, <strong key="left">{f.euros(downPayment.left)}</strong>],
            ]}
          />
        </Section>
      )}
    </>
  )
}

interface TaxedProps {
  amount: number
  perRate: readonly { rate: number; net: number; vat: number }[]
  /** the invoice it came from */
  to?: string
}

function Taxed({ amount, perRate, to }: TaxedProps) {
  const { w, f } = useWords()
  return (
    <>
      {to ? <InvoiceLink id={to} word={f.euros(amount)} /> : f.euros(amount)}
      {perRate.map((r) => (
        <div key={r.rate} className="quiet small">
          {w.billing.net} {f.euros(r.net)}, {r.rate > 0 ? w.billing.vatOf(f.percent(r.rate)) : w.billing.down.without}{' '}
          {f.euros(r.vat)}
        </div>
      ))}
    </>
  )
}

function InvoiceLink({ id, word }: { id: string; word: string }) {
  return (
    <Link to="/invoices/$id" params={{ id }}>
      {word}
    </Link>
  )
}
