import { termName } from '../../common/inbox/terms.ts'
import { Facts, Section } from '../ui/page.tsx'
import { PostalAddress } from '../ui/postal-address.tsx'
import { useWords } from '../words/words.ts'
import type { Received } from './show-received.tsx'

type Invoice = Received['invoice']

/** Who sends, who pays, where it went. */
export function ReceivedParties({ invoice }: { invoice: Invoice }) {
  const { w } = useWords()
  const { deliverTo } = invoice
  return (
    <div className="parties">
      <Party title={w.inbox.seller} party={invoice.seller} />
      <Party title={w.inbox.buyer} party={invoice.buyer} />
      {deliverTo && (
        <Section title={w.inbox.deliverTo}>
          <PostalAddress address={{ name: deliverTo.name ?? '', ...readable(deliverTo.address) }} />
        </Section>
      )}
    </div>
  )
}

function Party({ title, party }: { title: string; party: Invoice['seller'] }) {
  const { w } = useWords()
  const { facts } = w.inbox
  const { contact } = party
  return (
    <Section title={title}>
      <PostalAddress address={{ name: party.name, ...readable(party.address) }} />
      <Facts
        facts={[
          [facts.vatId, party.vatId],
          [facts.taxNumber, party.taxNumber],
          [facts.register, party.registrationId],
          [facts.identifier, party.identifier],
          [facts.endpoint, party.electronicAddress?.value],
          [facts.contact, contact && [contact.name, contact.phone, contact.email].filter(Boolean).join(', ')],
        ]}
      />
    </Section>
  )
}

/** A country that is no code can't be named; it stands behind the city as it was written. */
function readable(address: Invoice['seller']['address']) {
  const { country, city } = address
  return /^[A-Z]{2}$/.test(country) ? address : { ...address, country: 'DE', city: `${city} ${country}`.trim() }
}

/** Dates, numbers and payment. */
export function ReceivedFacts({ received }: { received: Received }) {
  const { w, f } = useWords()
  const { facts, skonto } = w.inbox
  const { invoice } = received
  const { account, card, directDebit, meansCode, meansText, remittance } = invoice.payment
  const { period } = invoice
  return (
    <>
      <Section title={w.inbox.references}>
        <Facts
          facts={[
            [facts.issuedOn, received.issuedOn && f.day(received.issuedOn)],
            [facts.typeCode, invoice.typeCode],
            [facts.deliveredOn, invoice.deliveredOn && f.day(invoice.deliveredOn)],
            [facts.period, period && `${f.day(period.from)} – ${f.day(period.to)}`],
            [facts.reference, invoice.buyerReference],
            [facts.order, invoice.buyerOrderNumber ?? invoice.orderNumber],
            [facts.deliveryNote, invoice.deliveryNoteNumber],
            [facts.preceding, invoice.precedingInvoices.map((p) => p.number).join(', ')],
          ]}
        />
      </Section>
      <Section title={w.inbox.payment}>
        <Facts
          facts={[
            [facts.dueOn, received.dueOn && f.day(received.dueOn)],
            [facts.means, meansText ?? meansCode],
            [facts.iban, account?.iban ?? directDebit?.debtorIban],
            [facts.holder, account?.holder],
            [facts.bic, account?.bic],
            [facts.card, card?.lastDigits],
            [facts.mandate, directDebit?.mandateReference],
            [facts.remittance, remittance],
            ...invoice.skonto.map(
              (s, i) =>
                [i === 0 ? facts.terms : `${facts.terms} ${i + 1}`, skonto(s.days, f.percent(s.percent))] as const,
            ),
            [invoice.skonto.length > 0 ? '' : facts.terms, invoice.paymentTermsText],
          ]}
        />
      </Section>
    </>
  )
}

/** What our own invoices have no place for, and what nobody knows: shown all the same. */
export function ReceivedRest({ received }: { received: Received }) {
  const { w, f, language } = useWords()
  const { attachments, further, unknown } = received
  return (
    <>
      {attachments.length > 0 && (
        <Section title={w.inbox.attachments}>
          {attachments.map((a) => (
            <p className="received-note" key={`${a.name} ${a.link}`}>
              {[a.name, a.description, a.link, a.bytes && w.inbox.bytes(f.count(a.bytes))].filter(Boolean).join(' · ')}
            </p>
          ))}
        </Section>
      )}
      {further.length > 0 && (
        <Section title={w.inbox.further}>
          {further.map((t, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list of a file that never changes
            <p className="received-note" key={i}>
              <span className="quiet">{termName(t.term, language)}</span>{' '}
              {t.line !== undefined && <span className="quiet">({w.inbox.line(t.line)})</span>} {t.value}
            </p>
          ))}
        </Section>
      )}
      {unknown.length > 0 && (
        <Section title={w.inbox.unknown}>
          <p className="quiet small">{w.inbox.unknownHint}</p>
          {unknown.map((u, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list of a file that never changes
            <p className="received-note small" key={i}>
              <span className="quiet">{u.path.split('/').slice(-3).join(' / ')}</span> {u.value}
            </p>
          ))}
        </Section>
      )}
    </>
  )
}
