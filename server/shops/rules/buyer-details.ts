import { isRecord } from '../shop-order.ts'
import { line } from './plain-text.ts'

/** Shops keep what they have no field for as free keys and values (meta data, custom fields, payment metadata). */
export type Detail = readonly [key: string, value: string]

/** All keys with a text or number, also nested ones ("public.po" is found as "po"). */
export function detailsOf(value: unknown, depth = 4): Detail[] {
  if (!isRecord(value) || depth === 0) return []
  return Object.entries(value).flatMap(([key, inner]): Detail[] => {
    if (typeof inner === 'string' || typeof inner === 'number') return [[key, String(inner)]]
    return detailsOf(inner, depth - 1)
  })
}

const VAT_KEY = /(^|[^a-z])(vat|ust|ustid|ustidnr|uid|mwst|umsatzsteuer|tax)([^a-z]|id|nr|number|nummer|$)/
const VAT_ID =
  /^(AT|BE|BG|CHE|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)(?=.*\d{2})[A-Z0-9+*]{2,12}$/

/** The buyer's VAT id: every plugin has its own key; what looks like no VAT id is none ("no", "valid", an e-mail). */
export function findVatId(details: readonly Detail[]): string | undefined {
  for (const [key, value] of details) {
    if (!VAT_KEY.test(simpleKey(key))) continue
    const id = value
      .toUpperCase()
      .replace(/[\s.\-/]/g, '')
      .replace(/(MWST|TVA|IVA)$/, '')
    if (VAT_ID.test(id)) return id
  }
  return undefined
}

const BUYER_NUMBER_KEY = new RegExp(
  `(^|[^a-z])(${[
    'bestell_?(nr|no|nummer|referenz|zeichen)',
    'kunden_?(referenz|bestell_?(nr|nummer))',
    'auftrags_?(nr|nummer)',
    'ihr_?zeichen',
    'kommission',
    'po',
    'po_?(number|nr|no|ref)',
    'purchase_?order(_?(number|nr|no|ref|reference))?',
    '(billing|buyer|customer|order|your)_?(ref|reference)',
    '(buyer|customer)_?order_?(number|nr|no)',
  ].join('|')})([^a-z]|$)`,
)
/** keys that carry a number of the payment, not of the buyer */
const PAYMENT_KEY = /payment|transaction|paypal|stripe|klarna|mollie|refund/

/** The number the buyer gave the order in his own house. */
export function findBuyerOrderNumber(details: readonly Detail[]): string | undefined {
  for (const [key, value] of details) {
    const name = simpleKey(key)
    if (PAYMENT_KEY.test(name) || !BUYER_NUMBER_KEY.test(name)) continue
    const number = line(value, 80)
    if (number !== '') return number
  }
  return undefined
}

const NOTE_KEY = /(notiz|note|comment|kommentar|bemerkung|hinweis|nachricht|message)$/

/** What the customer wrote to the shop. */
export function findNote(details: readonly Detail[]): string | undefined {
  return details.find(([key, value]) => NOTE_KEY.test(simpleKey(key)) && value.trim() !== '')?.[1]
}

/** "ustIdNr" and "_billing_vat-id" alike: words in small letters between underscores. */
function simpleKey(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/-/g, '_')
    .toLowerCase()
}
