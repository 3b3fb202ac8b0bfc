import type { LinkContent } from '../../../common/links/content.ts'
import { Files } from './files.tsx'
import { Pay } from './pay.tsx'
import { useSaid } from './words.ts'

type Invoice = LinkContent['invoices'][number]

const toneOf = { open: 'plain', overdue: 'bad', settled: 'good', corrected: 'plain', correction: 'plain' } as const

interface InvoiceCardProps {
  token: string
  invoice: Invoice
  bank: LinkContent['bank']
}

/** What an invoice comes to, what of it is open, and how it is paid; a correction says what it gives back. */
export function InvoiceCard({ token, invoice, bank }: InvoiceCardProps) {
  const { w, f } = useSaid()
  const isInvoice = invoice.kind === 'invoice'
  return (
    <article className="card" aria-labelledby={`invoice-${invoice.id}`}>
      <div className="card-head">
        <h2 id={`invoice-${invoice.id}`}>
          {isInvoice ? w.invoice : w.correction} <span className="number">{invoice.number}</span>
        </h2>
        <p className="quiet">
          {w.issuedOn(f.day(invoice.issuedOn))}
          {invoice.corrects && ` ${w.correctionOf(invoice.corrects)}`}
        </p>
        <span className={`mark mark-${toneOf[invoice.state]}`}>{w.states[invoice.state]}</span>
      </div>
      {invoice.reason && <p>{invoice.reason}</p>}
      <Amounts invoice={invoice} />
      {invoice.correctedBy.length > 0 && <p className="quiet">{w.correctedBy(invoice.correctedBy.join(', '))}</p>}
      {invoice.pay.length > 0 && <Pay invoice={invoice} bank={bank} />}
      <Files token={token} files={invoice.files} name={invoice.number} />
    </article>
  )
}

function Amounts({ invoice }: { invoice: Invoice }) {
  const { w, f } = useSaid()
  const { net, perRate, gross, prepaid, open, dueOn, state } = invoice
  return (
    <dl className="amounts">
      <div className="quiet">
        <dt>{w.net}</dt>
        <dd>{f.euros(net)}</dd>
      </div>
      {perRate.map((r) => (
        <div key={`${r.category} ${r.rate}`} className="quiet">
          <dt>{w.vat(f.percent(r.rate))}</dt>
          <dd>{f.euros(r.vat)}</dd>
        </div>
      ))}
      <div className="amounts-total">
        <dt>{w.total}</dt>
        <dd>{f.euros(gross)}</dd>
      </div>
      {prepaid > 0 && (
        <div className="quiet">
          <dt>{w.prepaid}</dt>
          <dd>{f.euros(prepaid)}</dd>
        </div>
      )}
      {open > 0 && (
        <div className={state === 'overdue' ? 'amounts-open warn' : 'amounts-open'}>
          <dt>
            {w.stillOpen}
            {dueOn && (
              <span className="amounts-due">{state === 'overdue' ? w.wasDue(f.day(dueOn)) : w.due(f.day(dueOn))}</span>
            )}
          </dt>
          <dd>{f.euros(open)}</dd>
        </div>
      )}
    </dl>
  )
}
