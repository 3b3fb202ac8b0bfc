import { type NewCustomer, newCustomer } from '../../common/customers/api.ts'
import { entries, figure, orNothing, readCsv } from './read-csv.ts'

type Column =
  | 'number'
  | 'kind'
  | 'name'
  | 'contactName'
  | 'contactPhone'
  | 'contactEmail'
  | 'email'
  | 'vatId'
  | 'buyerReference'
  | 'electronicScheme'
  | 'electronicAddress'
  | 'invoiceFormat'
  | 'language'
  | 'priceGroup'
  | 'netDays'
  | 'skonto'
  | 'mayBuyOnDeliveryNote'
  | 'creditLimit'
  | 'billingRule'
  | 'blocked'
  | 'vatTreatment'
  | 'street'
  | 'postalCode'
  | 'city'
  | 'country'
type Row = Record<Column, string>
type DeliveryRow = Record<'customer' | 'name' | 'additional' | 'street' | 'postalCode' | 'city' | 'phone', string>

/** Tradesmen, consumers, an authority, buyers abroad, and those a clerk has trouble with; all invented. */
export function demoCustomers(): NewCustomer[] {
  const deliveryRows = readCsv<keyof DeliveryRow>('delivery-addresses.csv')
  return readCsv<Column>('customers.csv').map((row) =>
    newCustomer.parse({
      number: row.number,
      kind: row.kind,
      name: row.name,
      contact: contactOf(row),
      email: orNothing(row.email),
      vatId: orNothing(row.vatId),
      buyerReference: orNothing(row.buyerReference),
      electronicAddress: electronicAddressOf(row),
      invoiceFormat: row.invoiceFormat,
      language: row.language,
      priceGroup: row.priceGroup,
      paymentTerms: termsOf(row),
      mayBuyOnDeliveryNote: row.mayBuyOnDeliveryNote === 'yes',
      creditLimit: figure(row.creditLimit, 2),
      billingRule: row.billingRule,
      blocked: row.blocked === 'yes',
      vatTreatment: row.vatTreatment,
      billTo: { name: row.name, street: row.street, postalCode: row.postalCode, city: row.city, country: row.country },
      deliverTo: deliveryRows.filter((d) => d.customer === row.number).map(deliveryAddressOf),
    }),
  )
}

function contactOf(row: Row) {
  return { name: orNothing(row.contactName), phone: orNothing(row.contactPhone), email: orNothing(row.contactEmail) }
}

function electronicAddressOf(row: Row) {
  return row.electronicAddress === '' ? undefined : { scheme: row.electronicScheme, value: row.electronicAddress }
}

/** `8:3.00 | 14:2.00`: 3 % within 8 days, 2 % within 14. */
function termsOf(row: Row) {
  const skonto = entries(row.skonto).map((step) => {
    const [days, percent] = step.split(':')
    return { days: figure(days!, 0), percent: figure(percent!, 2) }
  })
  return { netDays: figure(row.netDays, 0), skonto }
}

function deliveryAddressOf({ customer: _, additional, phone, ...address }: DeliveryRow) {
  return { ...address, additional: orNothing(additional), phone: orNothing(phone) }
}
