import { type Address, address, type Customer, type NewCustomer, newCustomer } from '../../common/customers/api.ts'
import type { Cells } from './cells.ts'
import { type ColumnNames, plainTitle, type TableRow } from './read-table.ts'
import { plainAddress } from './rules/customer-changes.ts'
import type { Reading } from './rules/problems.ts'
import { billingWords, codeOf, groupingWords, kindWords, languageWords, vatTreatmentWords } from './rules/words.ts'

const addressAliases = {
  street: ['strasse', 'straße'],
  postalCode: ['plz', 'postleitzahl'],
  city: ['ort', 'stadt'],
  country: ['land'],
}
const examples = { country: 'DE', deliverToCountry: 'DE', vatId: 'DE123456789' }

export const customerColumns: ColumnNames = {
  aliases: {
    number: ['kundennummer', 'kundennr', 'nummer'],
    kind: ['art', 'kundenart'],
    name: ['firma', 'kunde'],
    contactName: ['ansprechpartner'],
    contactPhone: ['telefon'],
    contactEmail: ['e-mail ansprechpartner'],
    email: ['e-mail', 'mail'],
    vatId: ['ustid', 'ust-idnr', 'umsatzsteuer-id'],
    buyerReference: ['leitweg-id', 'käuferreferenz'],
    electronicScheme: ['eas'],
    electronicAddress: ['elektronische adresse'],
    invoiceFormat: ['rechnungsformat'],
    language: ['sprache'],
    priceGroup: ['preisgruppe'],
    netDays: ['zahlungsziel', 'tage netto'],
    skonto: [],
    mayBuyOnDeliveryNote: ['kauf auf lieferschein', 'lieferschein'],
    creditLimit: ['kreditlimit'],
    billingRule: ['abrechnung'],
    billingAmount: ['abrechnung ab betrag'],
    invoiceGrouping: ['rechnung je'],
    blocked: ['gesperrt'],
    vatTreatment: ['steuerfall'],
    additional: ['zusatz', 'adresszusatz'],
    ...addressAliases,
    deliverToName: ['lieferadresse name', 'lieferadresse'],
    deliverToAdditional: ['lieferadresse zusatz'],
    deliverToStreet: ['lieferadresse straße', 'lieferadresse strasse'],
    deliverToPostalCode: ['lieferadresse plz'],
    deliverToCity: ['lieferadresse ort'],
    deliverToCountry: ['lieferadresse land'],
    deliverToPhone: ['lieferadresse telefon'],
    deliverToEmail: ['lieferadresse e-mail'],
  },
  required: ['number'],
  examples,
}

/** A table of delivery addresses alone: `customer` says whose, the rest is the address. */
export const deliveryColumns: ColumnNames = {
  aliases: {
    number: ['customer'],
    deliverToName: ['name'],
    deliverToAdditional: ['additional', 'zusatz'],
    deliverToStreet: ['street', ...addressAliases.street],
    deliverToPostalCode: ['postalCode', ...addressAliases.postalCode],
    deliverToCity: ['city', ...addressAliases.city],
    deliverToCountry: ['country', ...addressAliases.country],
    deliverToPhone: ['phone', 'telefon'],
    deliverToEmail: ['email', 'e-mail'],
  },
  required: ['number', 'deliverToName', 'deliverToCity'],
  examples,
}

export function isDeliveryTable(header: TableRow | undefined): boolean {
  return header?.record.some((title) => plainTitle(title) === 'customer') ?? false
}

/** A row over what is there; undefined if something is wrong with it. */
export function customerOf(cells: Cells, before: Customer | undefined): NewCustomer | undefined {
  const take = <T>(column: string, read: (column: string) => T, otherwise: T): T =>
    cells.has(column) ? read(column) : otherwise
  const coded = (column: string, words: Readonly<Record<string, string>>): string | undefined => {
    const text = cells.text(column)
    return text === undefined ? undefined : codeOf(text, words)
  }
  const deliverTo = deliverToOf(cells)
  const record = {
    number: cells.text('number'),
    kind: coded('kind', kindWords) ?? before?.kind,
    name: cells.text('name') ?? before?.name,
    contact: {
      name: take('contactName', cells.text, before?.contact.name),
      phone: take('contactPhone', cells.text, before?.contact.phone),
      email: take('contactEmail', cells.text, before?.contact.email),
    },
    furtherContacts: before?.furtherContacts ?? [],
    email: take('email', cells.text, before?.email),
    vatId: take('vatId', (c) => cells.text(c)?.replace(/\s/g, '').toUpperCase(), before?.vatId),
    buyerReference: take('buyerReference', cells.text, before?.buyerReference),
    electronicAddress: electronicAddressOf(cells, before),
    invoiceFormat: cells.text('invoiceFormat')?.toLowerCase() ?? before?.invoiceFormat,
    language: coded('language', languageWords)?.toLowerCase() ?? before?.language,
    priceGroup: cells.text('priceGroup') ?? before?.priceGroup,
    paymentTerms: {
      netDays: cells.figure('netDays', 0) ?? before?.paymentTerms.netDays ?? 14,
      skonto: take('skonto', (c) => cells.list(c, /[|;]/, readSkonto), before?.paymentTerms.skonto ?? []),
    },
    mayBuyOnDeliveryNote: cells.yesNo('mayBuyOnDeliveryNote') ?? before?.mayBuyOnDeliveryNote,
    creditLimit: cells.figure('creditLimit', 2) ?? before?.creditLimit,
    billingRule: coded('billingRule', billingWords) ?? before?.billingRule,
    billingAmount: cells.figure('billingAmount', 2) ?? before?.billingAmount,
    invoiceGrouping: coded('invoiceGrouping', groupingWords) ?? before?.invoiceGrouping,
    blocked: cells.yesNo('blocked') ?? before?.blocked,
    vatTreatment: coded('vatTreatment', vatTreatmentWords) ?? before?.vatTreatment,
    billTo: billToOf(cells, before),
    deliverTo: deliverTo === 'none' || deliverTo === undefined ? [] : [deliverTo],
  }
  return cells.check(newCustomer, record, columnOfPath)
}

function electronicAddressOf(cells: Cells, before: Customer | undefined): NewCustomer['electronicAddress'] {
  const old = before?.electronicAddress
  const value = cells.has('electronicAddress') ? cells.text('electronicAddress') : old?.value
  return value === undefined ? undefined : { scheme: cells.text('electronicScheme') ?? old?.scheme ?? 'EM', value }
}

/** The bill-to address bears the customer's name, unless it was given another one by hand. */
function billToOf(
  cells: Cells,
  before: Customer | undefined,
): { [field in keyof Address]?: Address[field] | undefined } {
  const old = before && plainAddress(before.billTo)
  const country = cells.text('country')?.toUpperCase() ?? old?.country ?? 'DE'
  return {
    ...old,
    name: old && old.name !== before.name ? old.name : (cells.text('name') ?? old?.name),
    additional: cells.has('additional') ? cells.text('additional') : old?.additional,
    street: cells.has('street') ? cells.text('street') : old?.street,
    postalCode: cells.text('postalCode') ?? old?.postalCode ?? postalCodeMissing(country),
    city: cells.text('city') ?? old?.city,
    country,
  }
}

/** Not every country has postal codes; in Germany one is missing. */
const postalCodeMissing = (country: string) => (country === 'DE' ? undefined : '')

/** Where a problem of the record stands in the table. */
function columnOfPath(path: PropertyKey[]): string {
  const [head, tail] = path.map(String)
  if (head === 'contact') return deepName('contact', tail)
  if (head === 'electronicAddress') return tail === 'scheme' ? 'electronicScheme' : 'electronicAddress'
  return head === 'billTo' || head === 'paymentTerms' ? (tail ?? head) : (head ?? '')
}

function deepName(prefix: string, field: string | undefined): string {
  return field === undefined ? prefix : `${prefix}${field[0]!.toUpperCase()}${field.slice(1)}`
}

const addressFields = ['name', 'additional', 'street', 'postalCode', 'city', 'country', 'phone', 'email'] as const

/** The delivery address of a row: 'none' if it has none, undefined if something is wrong with it. */
export function deliverToOf(cells: Cells): Address | 'none' | undefined {
  const record = Object.fromEntries(addressFields.map((f) => [f, cells.text(deepName('deliverTo', f))]))
  if (Object.values(record).every((v) => v === undefined)) return 'none'
  const country = record.country?.toUpperCase() ?? 'DE'
  const postalCode = record.postalCode ?? postalCodeMissing(country)
  return cells.check(address, { ...record, country, postalCode }, ([field]) =>
    deepName('deliverTo', field === undefined ? undefined : String(field)),
  )
}

/** `8:2` or `8:2.50`: within so many days so many percent. */
function readSkonto(entry: string): Reading<NewCustomer['paymentTerms']['skonto'][number]> {
  const match = /^(\d{1,3})\s*:\s*(\d{1,2})(?:[.,](\d{1,2}))?\s*%?$/.exec(entry)
  if (!match) return { wrong: 'entry-form', facts: { text: entry, form: '8:2,00 | 14:1,00' } }
  const [, days, whole, hundredths = ''] = match
  return { value: { days: Number(days), percent: Number(whole) * 100 + Number(hundredths.padEnd(2, '0')) } }
}
