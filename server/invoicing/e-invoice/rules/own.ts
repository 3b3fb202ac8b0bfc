import { isIban } from '../../../../common/iban.ts'
import { hasGs1CheckDigit, isLeitwegId, isVatIdForm, looksLikeLeitwegId } from '../identifiers.ts'
import { must, mustEach, present, type Rule } from './rule.ts'

/**
 * TRESEN-..: what no standard checks. Warnings where a receiver's program stumbles over an identifier, for those come
 * from the customer; fatal where § 4 no. 1 UStG asks that the goods leave the country. What was issued wrong before must
 * be correctable, so that holds for invoices only.
 */
export const own: readonly Rule[] = [
  {
    id: 'TRESEN-ABROAD',
    term: 'BT-80',
    de: 'Eine steuerfreie Lieferung ins Ausland (K, G) geht an eine Adresse im eigenen Land. Umsatzsteuer beim Kunden oder Lieferadresse prüfen.',
    en: 'A supply abroad without VAT (K, G) goes to an address in the own country. Check the VAT of the customer or the delivery address.',
    applies: ({ typeCode }) => typeCode === '380' || typeCode === '326',
    check: ({ vatBreakdown, seller, buyer, deliverTo }) => {
      const isAbroad = (deliverTo?.address ?? buyer.address).country !== seller.address.country
      return must(isAbroad || vatBreakdown.every((b) => b.category !== 'K' && b.category !== 'G'))
    },
  },
  {
    id: 'TRESEN-IBAN',
    term: 'BT-84',
    severity: 'warning',
    de: 'Die IBAN eines Kontos ist falsch (Prüfziffern).',
    en: 'The IBAN of an account is wrong (check digits).',
    check: ({ payment }) =>
      mustEach(
        [payment.account?.iban, payment.directDebit?.debtorIban].filter(present),
        (iban) => isIban(iban!),
        (iban) => ({
          iban: iban!,
        }),
      ),
  },
  {
    id: 'TRESEN-VAT-ID',
    term: 'BT-48',
    severity: 'warning',
    de: 'Eine USt-IdNr. hat nicht die Form ihres Landes.',
    en: 'A VAT id has not the form of its country.',
    check: ({ seller, buyer }) =>
      mustEach(
        [seller.vatId, buyer.vatId].filter(present),
        (vatId) => isVatIdForm(vatId!),
        (vatId) => ({ vatId: vatId! }),
      ),
  },
  {
    id: 'TRESEN-LEITWEG-ID',
    term: 'BT-10',
    severity: 'warning',
    de: 'Die Leitweg-ID ist falsch (Prüfziffern).',
    en: 'The Leitweg-ID is wrong (check digits).',
    check: ({ buyerReference = '', buyer: { electronicAddress } }) => {
      const isRight = !looksLikeLeitwegId(buyerReference) || isLeitwegId(buyerReference)
      const endpoint = electronicAddress?.scheme === '0204' ? electronicAddress.value : undefined
      return must(isRight && (endpoint === undefined || isLeitwegId(endpoint)), {
        leitwegId: endpoint ?? buyerReference,
      })
    },
  },
  {
    id: 'TRESEN-GTIN',
    term: 'BT-157',
    severity: 'warning',
    de: 'Eine GTIN hat eine falsche Prüfziffer.',
    en: 'A GTIN has a wrong check digit.',
    check: ({ lines }) =>
      mustEach(
        lines,
        (line) => !present(line.gtin) || hasGs1CheckDigit(line.gtin!),
        (line) => ({ line: line.id, gtin: line.gtin ?? '' }),
      ),
  },
]
