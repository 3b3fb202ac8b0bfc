import type { HoldReason, ParkReason } from './reasons.ts'

/** Why an order waits or can't be taken, in a few words within a sentence. */
export const reasonTexts: Record<HoldReason['code'] | ParkReason['code'], { de: string; en: string }> = {
  'buyer-not-linked': { de: 'der Kunde ist nicht zugeordnet', en: 'the customer is not linked' },
  'not-allowed-on-delivery-note': { de: 'er kauft nicht auf Lieferschein', en: 'no purchase on delivery note' },
  'credit-limit': { de: 'der Kreditrahmen reicht nicht', en: 'the credit limit is exceeded' },
  overdue: { de: 'Rechnungen sind überfällig', en: 'invoices are overdue' },
  'customer-blocked': { de: 'der Kunde ist gesperrt', en: 'the customer is blocked' },
  'unpaid-prepayment': { de: 'die Vorauszahlung fehlt', en: 'the prepayment is missing' },
  'unknown-article': { de: 'ein Artikel ist unbekannt', en: 'an article is unknown' },
  'article-inactive': { de: 'ein Artikel ist abgeschaltet', en: 'an article is switched off' },
  'unknown-customer': { de: 'der Kunde ist unbekannt', en: 'the customer is unknown' },
  'totals-differ': { de: 'die Summen weichen ab', en: 'the totals differ' },
  'foreign-currency': { de: 'die Währung ist nicht Euro', en: 'the currency is not euro' },
  'unreadable-order': { de: 'der Auftrag ist nicht lesbar', en: 'the order cannot be read' },
  'no-price': { de: 'ein Preis fehlt', en: 'a price is missing' },
  'no-vat-rate': { de: 'ein Steuersatz fehlt', en: 'a VAT rate is missing' },
  'cancelled-in-shop': { de: 'er ist im Shop storniert', en: 'it was cancelled in the shop' },
  'delivered-in-shop': { de: 'er ist im Shop geliefert', en: 'it was delivered in the shop' },
  'refunded-in-shop': { de: 'er ist im Shop erstattet', en: 'it was refunded in the shop' },
}
