import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { CustomerLinks } from '../links/customer-links.tsx'
import { DocumentSending } from '../sending/document-sending.tsx'
import { useMay } from '../session/me.tsx'
import { Files } from '../ui/files.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'
import { DownPaymentFacts } from './down-payment-facts.tsx'
import type { Invoice } from './show-invoice.tsx'

export function InvoiceFacts({ invoice }: { invoice: Invoice }) {
  const { w, f } = useWords()
  const may = useMay()
  const words = w.billing
  return (
    <>
      <Section title={words.details}>
        <Facts
          facts={[
            [
              words.customer,
              may('customers.read') ? (
                <Link key="customer" to="/customers/$id" params={{ id: invoice.customerId }}>
                  {invoice.customerName}
                </Link>
              ) : (
                invoice.customerName
              ),
            ],
            [words.issuedOn, f.day(invoice.issuedOn)],
            [words.dueOn, invoice.dueOn && f.day(invoice.dueOn)],
            [words.period, invoice.period && words.range(f.day(invoice.period.from), f.day(invoice.period.to))],
            [words.corrects, invoice.corrects && <InvoiceLink key="corrects" to={invoice.corrects} />],
            [
              words.corrects,
              invoice.correctsSeveral.length > 0 &&
                invoice.correctsSeveral.map((one) => (
                  <div key={one.id}>
                    <InvoiceLink to={one} /> <span className="quiet nowrap">{f.euros(one.amount)}</span>
                  </div>
                )),
            ],
            [
              words.correctedBy,
              invoice.correctedBy.length > 0 &&
                invoice.correctedBy.map((by, i) => (
                  <Fragment key={by.id}>
                    {i > 0 && ', '}
                    <InvoiceLink to={by} />
                  </Fragment>
                )),
            ],
            [words.reason, invoice.reason],
            [
              w.returns.short,
              invoice.returnId && (
                <Link key="return" to="/returns/$id" params={{ id: invoice.returnId }}>
                  {w.actions.open}
                </Link>
              ),
            ],
          ]}
        />
        <Facts
          facts={[
            [words.net, f.euros(invoice.net)],
            ...invoice.perRate.map((rate) => [words.vatOf(f.percent(rate.rate)), f.euros(rate.vat)] as const),
            [words.gross, f.euros(invoice.gross)],
            [words.rounding, invoice.rounding !== 0 && f.euros(invoice.rounding)],
            [words.prepaid, invoice.prepaid !== 0 && f.euros(-invoice.prepaid)],
            [words.amountDue, <strong key="due">{f.euros(invoice.amountDue)}</strong>],
            [words.open, f.euros(invoice.open)],
          ]}
        />
      </Section>
      <DownPaymentFacts invoice={invoice} />
      {invoice.skonto.length > 0 && invoice.open > 0 && (
        <Section title={words.skonto}>
          {invoice.skonto.map((step) => (
            <p key={step.until}>
              {words.skontoLine(
                f.percent(step.percent),
                f.euros(step.discount),
                f.day(step.until),
                f.euros(step.payable),
              )}
            </p>
          ))}
        </Section>
      )}
      {invoice.payments.length > 0 && (
        <Section title={w.chain.payments}>
          <Facts
            facts={invoice.payments.map((payment) => [
              payment.number,
              <span key={payment.id}>
                {may('payments.read') ? (
                  <Link to="/payments/$id" params={{ id: payment.id }}>
                    {f.euros(payment.amount)}
                  </Link>
                ) : (
                  f.euros(payment.amount)
                )}{' '}
                <span className="quiet">
                  {words.paidOn(f.day(payment.receivedOn))}{' '}
                  {payment.skonto > 0 && words.withSkonto(f.euros(payment.skonto))}
                </span>
              </span>,
            ])}
          />
        </Section>
      )}
      <DocumentSending
        documentId={invoice.documentId}
        title={invoice.kind === 'invoice' ? words.invoice(invoice.number) : words.correction(invoice.number)}
      />
      <CustomerLinks customerId={invoice.customerId} documentId={invoice.documentId} />
      <Section title={w.files.title}>
        <Files documentId={invoice.documentId} files={invoice.files} />
      </Section>
    </>
  )
}

function InvoiceLink({ to }: { to: { id: string; number: string } }) {
  return (
    <Link to="/invoices/$id" params={{ id: to.id }}>
      {to.number}
    </Link>
  )
}
