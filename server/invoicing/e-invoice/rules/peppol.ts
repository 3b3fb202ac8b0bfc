import type { En16931Invoice } from '../en16931.ts'
import { hasGs1CheckDigit } from '../identifiers.ts'
import type { InvoiceProfile } from '../profiles.ts'
import { bothGerman, must, mustEach, present, type Rule } from './rule.ts'

const inPeppol = (_: En16931Invoice, profile: InvoiceProfile) => profile === 'peppol'
const inPeppolAndXrechnung = (_: En16931Invoice, profile: InvoiceProfile) =>
  profile === 'peppol' || profile === 'xrechnung'

/** P0104 to P0107: a VATEX code goes with its category only. */
function exemptionCodeFor(id: string, code: string, category: string): Rule {
  return {
    id,
    term: 'BT-121',
    applies: inPeppol,
    de: `Der Befreiungscode ${code} gehört zur Steuerkategorie ${category}.`,
    en: `The exemption code ${code} belongs to the VAT category ${category}.`,
    check: ({ vatBreakdown }) =>
      mustEach(
        vatBreakdown.filter((b) => b.exemptionCode?.toUpperCase() === code),
        (b) => b.category === category,
        (b) => ({ category: b.category }),
      ),
  }
}

/** PEPPOL-..: what BIS Billing 3 asks for; XRechnung has taken over some. R120 stands with the totals. */
export const peppol: readonly Rule[] = [
  {
    id: 'PEPPOL-EN16931-R003',
    term: 'BT-10',
    applies: inPeppol,
    de: 'Käuferreferenz oder Bestellnummer fehlt.',
    en: 'Buyer reference or purchase order number is missing.',
    check: ({ buyerReference, buyerOrderNumber }) => must(present(buyerReference) || present(buyerOrderNumber)),
  },
  {
    id: 'PEPPOL-EN16931-R010',
    term: 'BT-49',
    applies: inPeppolAndXrechnung,
    de: 'Die elektronische Adresse des Käufers fehlt.',
    en: 'The electronic address of the buyer is missing.',
    check: ({ buyer }) => must(present(buyer.electronicAddress?.value)),
  },
  {
    id: 'PEPPOL-EN16931-R020',
    term: 'BT-34',
    applies: inPeppolAndXrechnung,
    de: 'Die elektronische Adresse des Verkäufers fehlt.',
    en: 'The electronic address of the seller is missing.',
    check: ({ seller }) => must(present(seller.electronicAddress?.value)),
  },
  {
    id: 'PEPPOL-EN16931-R061',
    term: 'BT-89',
    applies: inPeppolAndXrechnung,
    de: 'Zur Lastschrift fehlt die Mandatsreferenz.',
    en: 'The mandate reference of the direct debit is missing.',
    check: ({ payment }) => must(payment.meansCode !== '59' || present(payment.directDebit?.mandateReference)),
  },
  {
    id: 'PEPPOL-EN16931-R110',
    term: 'BT-134',
    applies: inPeppolAndXrechnung,
    de: 'Der Zeitraum einer Position beginnt vor dem der Rechnung.',
    en: 'The period of a line begins before that of the invoice.',
    check: ({ lines, period }) =>
      mustEach(
        period ? lines : [],
        (line) => !line.period || line.period.from >= period!.from,
        (line) => ({ line: line.id, from: line.period!.from }),
      ),
  },
  {
    id: 'PEPPOL-EN16931-R111',
    term: 'BT-135',
    applies: inPeppolAndXrechnung,
    de: 'Der Zeitraum einer Position endet nach dem der Rechnung.',
    en: 'The period of a line ends after that of the invoice.',
    check: ({ lines, period }) =>
      mustEach(
        period ? lines : [],
        (line) => !line.period || line.period.to <= period!.to,
        (line) => ({ line: line.id, to: line.period!.to }),
      ),
  },
  {
    id: 'PEPPOL-EN16931-P0100',
    term: 'BT-3',
    applies: inPeppol,
    de: 'Diese Rechnungsart geht nicht über Peppol; für Gutschriften des Empfängers (389) hat es ein eigenes Format.',
    en: 'Peppol Billing does not take this invoice type; self-billing (389) has a format of its own.',
    check: ({ typeCode }) => must(typeCode !== '389', { typeCode }),
  },
  {
    id: 'PEPPOL-EN16931-P0112',
    term: 'BT-3',
    applies: inPeppol,
    de: 'Die Rechnungsarten 326 und 384 gehen über Peppol nur zwischen deutschen Unternehmen.',
    en: 'The invoice types 326 and 384 go through Peppol between German organisations only.',
    check: (invoice) => must(!['326', '384'].includes(invoice.typeCode) || bothGerman(invoice)),
  },
  {
    id: 'PEPPOL-COMMON-R040',
    term: 'BT-49',
    applies: inPeppol,
    de: 'Eine GLN (Schema 0088) hat eine falsche Prüfziffer.',
    en: 'A GLN (scheme 0088) has a wrong check digit.',
    check: ({ seller, buyer }) =>
      mustEach(
        [seller.electronicAddress, buyer.electronicAddress].filter((address) => address?.scheme === '0088'),
        (address) => address!.value.length === 13 && hasGs1CheckDigit(address!.value),
        (address) => ({ gln: address!.value }),
      ),
  },
  exemptionCodeFor('PEPPOL-EN16931-P0104', 'VATEX-EU-G', 'G'),
  exemptionCodeFor('PEPPOL-EN16931-P0105', 'VATEX-EU-O', 'O'),
  exemptionCodeFor('PEPPOL-EN16931-P0106', 'VATEX-EU-IC', 'K'),
  exemptionCodeFor('PEPPOL-EN16931-P0107', 'VATEX-EU-AE', 'AE'),
]
