import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import type { LinkContent } from '../../../common/links/content.ts'
import { useSaid } from './words.ts'

interface PayProps {
  invoice: LinkContent['invoices'][number]
  bank: LinkContent['bank']
}

/** A transfer to copy from or to scan; with the early payment discount as long as there is one. */
export function Pay({ invoice, bank }: PayProps) {
  const { w, f } = useSaid()
  const [chosen, choose] = useState(0)
  const way = invoice.pay[chosen] ?? invoice.pay[0]!
  const amount = f.euros(way.amount)
  return (
    <div className="pay">
      <h3>{w.pay}</h3>
      {invoice.pay.length > 1 && (
        <fieldset className="ways" aria-label={w.pay}>
          {invoice.pay.map((p, i) => (
            <button key={`${p.until} ${p.amount}`} type="button" aria-pressed={p === way} onClick={() => choose(i)}>
              <span>{p.until ? w.withSkonto(f.percent(p.percent)) : w.withoutSkonto}</span>
              <strong>{f.euros(p.amount)}</strong>
              <span className="small quiet">
                {p.until ? w.until(f.day(p.until)) : invoice.dueOn && w.until(f.day(invoice.dueOn))}
              </span>
            </button>
          ))}
        </fieldset>
      )}
      <div className="transfer">
        <figure className="code">
          <img src={`data:image/svg+xml;utf8,${encodeURIComponent(way.code)}`} alt={w.codeOf(amount)} />
          <figcaption className="small quiet">{w.scan}</figcaption>
        </figure>
        <dl className="bank">
          <Copied name={w.amount} value={amount} text={f.money(way.amount)} />
          <Copied name={w.iban} value={bank.iban.replace(/(.{4})(?=.)/g, '$1\u00a0')} text={bank.iban} />
          {bank.bic && <Copied name={w.bic} value={bank.bic} text={bank.bic} />}
          <Copied name={w.holder} value={bank.holder} text={bank.holder} />
          <Copied name={w.reference} value={invoice.number} text={invoice.number} />
        </dl>
      </div>
    </div>
  )
}

const SHOWN_MS = 1_600

/** A field of the transfer, with a button that copies it as a banking app wants it. */
function Copied({ name, value, text }: { name: string; value: string; text: string }) {
  const { w } = useSaid()
  const [done, setDone] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setDone(true)
    setTimeout(() => setDone(false), SHOWN_MS)
  }
  return (
    <div>
      <dt className="quiet small">{name}</dt>
      <dd>{value}</dd>
      <button
        type="button"
        className="icon-button no-print"
        aria-label={`${w.copy}: ${name}`}
        onClick={() => void copy()}
      >
        {done ? <IconCheck size={18} aria-hidden="true" /> : <IconCopy size={18} stroke={1.6} aria-hidden="true" />}
      </button>
      <span className="hidden-visually" role="status">
        {done && w.copied}
      </span>
    </div>
  )
}
