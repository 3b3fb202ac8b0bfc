import { isIban } from '../../../../common/iban.ts'
import type { En16931Invoice } from '../en16931.ts'
import type { InvoiceProfile } from '../profiles.ts'
import { paymentTermsOf } from '../term-texts.ts'
import { bothGerman, must, present, type Rule } from './rule.ts'

/** XRechnung; Peppol asks for the same, as DE-R-.., when both parties are German organisations. */
function german(invoice: En16931Invoice, profile: InvoiceProfile): boolean {
  return profile === 'xrechnung' || (profile === 'peppol' && bothGerman(invoice))
}

const SKONTO = /^#SKONTO#TAGE=\d+#PROZENT=\d+\.\d{2}(#BASISBETRAG=-?\d+\.\d{2})?#$/
const WORD = '[\\w!#$%&"*+/=?^`{|}~-]+'
const LABEL = '[a-zA-Z\\d]([a-zA-Z\\d-]*[a-zA-Z\\d])?'
const EMAIL = new RegExp(`^${WORD}(\\.${WORD})*@(${LABEL}\\.)+${LABEL}$`)

/** Every line that begins with # is a Skonto line, and no # stands anywhere else once there is one. */
function skontoLinesAreRight(invoice: En16931Invoice): boolean {
  const text = paymentTermsOf(invoice) ?? ''
  const marked = text.split('\n').filter((line) => line.trim().startsWith('#'))
  if (marked.length === 0) return true
  return marked.every((line) => SKONTO.test(line)) && !(invoice.paymentTermsText ?? '').includes('#')
}

function isPaidBy(invoice: En16931Invoice, ...codes: readonly string[]): boolean {
  return codes.includes(invoice.payment.meansCode)
}

const rules: readonly Rule[] = [
  {
    id: 'BR-DE-2',
    term: 'BG-6',
    de: 'Die Ansprechstelle des Verkäufers fehlt.',
    en: 'The contact of the seller is missing.',
    check: ({ seller: { contact } }) => must([contact?.name, contact?.phone, contact?.email].some(present)),
  },
  {
    id: 'BR-DE-3',
    term: 'BT-37',
    de: 'Der Ort des Verkäufers fehlt.',
    en: 'The city of the seller is missing.',
    check: ({ seller }) => must(present(seller.address.city)),
  },
  {
    id: 'BR-DE-4',
    term: 'BT-38',
    de: 'Die Postleitzahl des Verkäufers fehlt.',
    en: 'The post code of the seller is missing.',
    check: ({ seller }) => must(present(seller.address.postalCode)),
  },
  {
    id: 'BR-DE-5',
    term: 'BT-41',
    de: 'Der Name der Ansprechstelle des Verkäufers fehlt.',
    en: 'The name of the contact of the seller is missing.',
    check: ({ seller }) => must(present(seller.contact?.name)),
  },
  {
    id: 'BR-DE-6',
    term: 'BT-42',
    de: 'Die Telefonnummer der Ansprechstelle des Verkäufers fehlt.',
    en: 'The phone number of the contact of the seller is missing.',
    check: ({ seller }) => must(present(seller.contact?.phone)),
  },
  {
    id: 'BR-DE-7',
    term: 'BT-43',
    de: 'Die E-Mail-Adresse der Ansprechstelle des Verkäufers fehlt.',
    en: 'The e-mail address of the contact of the seller is missing.',
    check: ({ seller }) => must(present(seller.contact?.email)),
  },
  {
    id: 'BR-DE-8',
    term: 'BT-52',
    de: 'Der Ort des Käufers fehlt.',
    en: 'The city of the buyer is missing.',
    check: ({ buyer }) => must(present(buyer.address.city)),
  },
  {
    id: 'BR-DE-9',
    term: 'BT-53',
    de: 'Die Postleitzahl des Käufers fehlt.',
    en: 'The post code of the buyer is missing.',
    check: ({ buyer }) => must(present(buyer.address.postalCode)),
  },
  {
    id: 'BR-DE-10',
    term: 'BT-77',
    de: 'Der Ort der Lieferadresse fehlt.',
    en: 'The city of the delivery address is missing.',
    check: ({ deliverTo }) => must(!deliverTo || present(deliverTo.address.city)),
  },
  {
    id: 'BR-DE-11',
    term: 'BT-78',
    de: 'Die Postleitzahl der Lieferadresse fehlt.',
    en: 'The post code of the delivery address is missing.',
    check: ({ deliverTo }) => must(!deliverTo || present(deliverTo.address.postalCode)),
  },
  {
    id: 'BR-DE-15',
    term: 'BT-10',
    de: 'Die Käuferreferenz fehlt (bei Behörden die Leitweg-ID).',
    en: 'The buyer reference is missing (of an authority, the Leitweg-ID).',
    check: ({ buyerReference }) => must(present(buyerReference)),
  },
  {
    id: 'BR-DE-16',
    term: 'BT-31',
    de: 'USt-IdNr. oder Steuernummer des Verkäufers fehlt.',
    en: 'VAT id or tax number of the seller is missing.',
    check: ({ seller, lines, allowances, charges }) =>
      must(
        present(seller.vatId) ||
          present(seller.taxNumber) ||
          [...lines, ...allowances, ...charges].every((taxed) => taxed.vatCategory === 'O'),
      ),
  },
  {
    id: 'BR-DE-18',
    term: 'BT-20',
    de: 'Die Skontozeilen der Zahlungsbedingungen haben nicht die vorgeschriebene Form.',
    en: 'The Skonto lines of the payment terms have not the form that is prescribed.',
    check: (invoice) => must(skontoLinesAreRight(invoice), { paymentTerms: paymentTermsOf(invoice) ?? '' }),
  },
  {
    id: 'BR-DE-19',
    term: 'BT-84',
    severity: 'warning',
    de: 'Bei SEPA-Überweisung (58) soll das Konto eine richtige IBAN haben.',
    en: 'With a SEPA credit transfer (58) the account should have a correct IBAN.',
    check: (invoice) => must(!isPaidBy(invoice, '58') || isIban(invoice.payment.account?.iban ?? '')),
  },
  {
    id: 'BR-DE-20',
    term: 'BT-91',
    severity: 'warning',
    de: 'Bei SEPA-Lastschrift (59) soll das belastete Konto eine richtige IBAN haben.',
    en: 'With a SEPA direct debit (59) the debited account should have a correct IBAN.',
    check: (invoice) => must(!isPaidBy(invoice, '59') || isIban(invoice.payment.directDebit?.debtorIban ?? '')),
  },
  {
    id: 'BR-DE-23-a',
    term: 'BG-17',
    de: 'Bei Überweisung (30, 58) fehlt das Konto.',
    en: 'With a credit transfer (30, 58) the account is missing.',
    check: (invoice) => must(!isPaidBy(invoice, '30', '58') || invoice.payment.account !== undefined),
  },
  {
    id: 'BR-DE-23-b',
    term: 'BG-16',
    de: 'Bei Überweisung (30, 58) dürfen weder Karte noch Lastschrift genannt sein.',
    en: 'With a credit transfer (30, 58) neither card nor direct debit may be given.',
    check: (invoice) => must(!isPaidBy(invoice, '30', '58') || (!invoice.payment.card && !invoice.payment.directDebit)),
  },
  {
    id: 'BR-DE-24-a',
    term: 'BG-18',
    de: 'Bei Kartenzahlung (48) fehlen die letzten Ziffern der Karte.',
    en: 'With a card payment (48) the last digits of the card are missing.',
    check: (invoice) => must(!isPaidBy(invoice, '48') || invoice.payment.card !== undefined),
  },
  {
    id: 'BR-DE-24-b',
    term: 'BG-16',
    de: 'Bei Kartenzahlung (48) dürfen weder Konto noch Lastschrift genannt sein.',
    en: 'With a card payment (48) neither account nor direct debit may be given.',
    check: (invoice) => must(!isPaidBy(invoice, '48') || (!invoice.payment.account && !invoice.payment.directDebit)),
  },
  {
    id: 'BR-DE-25-a',
    term: 'BG-19',
    de: 'Bei Lastschrift (59) fehlen die Angaben zum Mandat.',
    en: 'With a direct debit (59) the mandate is missing.',
    check: (invoice) => must(!isPaidBy(invoice, '59') || invoice.payment.directDebit !== undefined),
  },
  {
    id: 'BR-DE-25-b',
    term: 'BG-16',
    de: 'Bei Lastschrift (59) dürfen weder Konto noch Karte genannt sein.',
    en: 'With a direct debit (59) neither account nor card may be given.',
    check: (invoice) => must(!isPaidBy(invoice, '59') || (!invoice.payment.account && !invoice.payment.card)),
  },
  {
    id: 'BR-DE-26',
    term: 'BG-3',
    severity: 'warning',
    de: 'Eine korrigierte Rechnung (384) soll die frühere Rechnung nennen.',
    en: 'A corrected invoice (384) should name the preceding invoice.',
    check: ({ typeCode, precedingInvoices }) => must(typeCode !== '384' || precedingInvoices.length > 0),
  },
  {
    id: 'BR-DE-27',
    term: 'BT-42',
    severity: 'warning',
    de: 'Die Telefonnummer der Ansprechstelle soll mindestens drei Ziffern haben.',
    en: 'The phone number of the contact should have at least three digits.',
    check: ({ seller }) => must(!present(seller.contact?.phone) || /(\d.*){3}/s.test(seller.contact?.phone ?? '')),
  },
  {
    id: 'BR-DE-28',
    term: 'BT-43',
    severity: 'warning',
    de: 'Die E-Mail-Adresse der Ansprechstelle hat keine gültige Form.',
    en: 'The e-mail address of the contact has no valid form.',
    check: ({ seller }) => must(!present(seller.contact?.email) || EMAIL.test(seller.contact?.email?.trim() ?? '')),
  },
  {
    id: 'BR-DE-30',
    term: 'BT-90',
    de: 'Zur Lastschrift fehlt die Gläubiger-Identifikationsnummer.',
    en: 'The creditor id of the direct debit is missing.',
    check: ({ payment }) => must(!payment.directDebit || present(payment.directDebit.creditorId)),
  },
  {
    id: 'BR-DE-31',
    term: 'BT-91',
    de: 'Zur Lastschrift fehlt das belastete Konto.',
    en: 'The debited account of the direct debit is missing.',
    check: ({ payment }) => must(!payment.directDebit || present(payment.directDebit.debtorIban)),
  },
  {
    // an information in XRechnung, but § 14 (4) no. 6 UStG wants the time of delivery
    id: 'BR-DE-TMP-32',
    term: 'BT-72',
    severity: 'warning',
    de: 'Der Zeitpunkt der Lieferung fehlt: Lieferdatum, Zeitraum oder Zeitraum in jeder Position.',
    en: 'The time of delivery is missing: delivery date, period, or a period in every line.',
    check: ({ deliveredOn, period, lines }) =>
      must(present(deliveredOn) || period !== undefined || lines.every((line) => line.period !== undefined)),
  },
]

/** BR-DE-..: what XRechnung asks for beyond EN 16931. */
export const xrechnung: readonly Rule[] = rules.map((rule) => ({ ...rule, applies: german }))
