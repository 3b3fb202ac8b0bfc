import { type Address, address, type Customer, type NewCustomer, newCustomer } from '../../common/customers/api.ts'
import { addCustomer, changeCustomer, customersByNumbers, findAddressesOf } from '../customers/index.ts'
import { canonicalJson, type Work } from '../kernel/index.ts'
import { Cells } from './cells.ts'
import type { Planned } from './import-table.ts'
import { type ColumnNames, type RowProblem, readTable, type TableRow } from './read-table.ts'
import { type DecimalStyle, decimalStyleOf } from './rules/figures.ts'

const addressColumns = {
  name: [],
  additional: [],
  street: ['strasse', 'straße'],
  postalCode: ['plz', 'postleitzahl'],
  city: ['ort', 'stadt'],
  country: ['land'],
  phone: [],
  email: [],
}
type AddressField = keyof typeof addressColumns

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
    buyerReference: ['leitweg-id', 'leitwegid', 'käuferreferenz'],
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
    blocked: ['gesperrt'],
    vatTreatment: ['steuerfall'],
    additional: ['zusatz', 'adresszusatz'],
    street: addressColumns.street,
    postalCode: addressColumns.postalCode,
    city: addressColumns.city,
    country: addressColumns.country,
    deliverToName: ['lieferadresse name'],
    deliverToAdditional: ['lieferadresse zusatz'],
    deliverToStreet: ['lieferadresse straße', 'lieferadresse strasse'],
    deliverToPostalCode: ['lieferadresse plz'],
    deliverToCity: ['lieferadresse ort'],
    deliverToCountry: ['lieferadresse land'],
  },
  required: ['number'],
}

const kinds: Record<string, string> = {
  firma: 'company',
  unternehmen: 'company',
  geschäftskunde: 'company',
  privat: 'consumer',
  verbraucher: 'consumer',
  privatkunde: 'consumer',
}

interface Wanted {
  row: number
  before: Customer | undefined
  record: NewCustomer & { number: string }
}

/** Reads a table of customers. Further rows with the number of an earlier one add delivery addresses to it. */
export async function planCustomers(work: Work, text: string): Promise<Planned> {
  const table = readTable(text, customerColumns)
  const problems = [...table.problems]
  const existing = await customersByNumbers(
    work,
    table.rows.map((r) => r.cells.get('number') ?? ''),
  )
  const style = decimalStyleOf(table.rows.map((r) => r.cells.get('creditLimit') ?? '').filter(Boolean))
  const wanted = new Map<string, Wanted>()
  for (const row of table.rows) {
    const number = row.cells.get('number') ?? ''
    const first = wanted.get(number)
    if (first) {
      const further = deliverToOf(new Cells(row, style, problems))
      if (further) first.record.deliverTo.push(further)
      else
        problems.push({
          row: row.row,
          column: 'number',
          problem: `Kunde ${number} steht schon in Zeile ${first.row}, und diese Zeile hat keine Lieferadresse`,
        })
      continue
    }
    const before = existing.get(number)
    const record = customerOf(row, style, before, problems)
    if (record) wanted.set(number, { row: row.row, before, record: { ...record, number } })
  }
  const changes = [...wanted.values()].filter(({ before, record }) => !before || differs(before, record))
  return {
    rows: table.rows.length,
    created: changes.filter((c) => !c.before).length,
    changed: changes.filter((c) => c.before).length,
    unchanged: wanted.size - changes.length,
    problems,
    write: async (onWritten) => {
      for (const [i, change] of changes.entries()) {
        if (change.before) await update(work, change.before, change.record)
        else await addCustomer(work, change.record)
        if (i % 100 === 99 || i === changes.length - 1) onWritten(i + 1, changes.length)
      }
    },
  }
}

async function update(work: Work, before: Customer, record: NewCustomer): Promise<void> {
  const { number: _, billTo, deliverTo, shopIds: _ids, ...fields } = record
  const known = (await findAddressesOf(work, before.id))
    .filter((a) => a.role === 'deliver-to')
    .map((a) => canonicalJson(a.details))
  const fresh = deliverTo.filter((a) => !known.includes(canonicalJson(a)))
  const cleared = {
    vatId: record.vatId ?? null,
    buyerReference: record.buyerReference ?? null,
    electronicAddress: record.electronicAddress ?? null,
  }
  const movedTo = canonicalJson(billTo) === canonicalJson(plainAddress(before.billTo)) ? {} : { billTo }
  await changeCustomer(work, {
    id: before.id,
    ...fields,
    ...cleared,
    ...movedTo,
    ...(fresh[0] ? { addDeliverTo: fresh[0] } : {}),
  })
  for (const more of fresh.slice(1)) await changeCustomer(work, { id: before.id, addDeliverTo: more })
}

function plainAddress(a: Customer['billTo']): Address {
  const { id: _id, isDefault: _default, ...rest } = a as Customer['billTo'] & { role?: string }
  return address.parse(rest)
}

function differs(before: Customer, record: NewCustomer): boolean {
  const { deliverTo, shopIds: _ids, number: _number, ...fields } = record
  const { id: _id, createdAt: _at, deliverTo: _deliver, number: _n, billTo, ...old } = before
  const comparable = newCustomer.omit({ deliverTo: true, shopIds: true, number: true })
  if (
    canonicalJson(comparable.parse({ ...old, billTo: plainAddress(billTo) })) !==
    canonicalJson(comparable.parse(fields))
  )
    return true
  const known = before.deliverTo.map((a) => canonicalJson(plainAddress(a)))
  return deliverTo.some((a) => !known.includes(canonicalJson(a)))
}

function customerOf(
  row: TableRow,
  style: DecimalStyle,
  before: Customer | undefined,
  problems: RowProblem[],
): NewCustomer | undefined {
  const cells = new Cells(row, style, problems)
  const had = problems.length
  const take = <T>(column: string, read: () => T, otherwise: T): T => (cells.has(column) ? read() : otherwise)
  const kind = cells.text('kind')
  const scheme = take('electronicScheme', () => cells.text('electronicScheme'), before?.electronicAddress?.scheme)
  const value = take('electronicAddress', () => cells.text('electronicAddress'), before?.electronicAddress?.value)
  const name = cells.text('name') ?? before?.name
  const old = before && plainAddress(before.billTo)
  const deliverTo = deliverToOf(cells)
  const record = {
    kind: kind === undefined ? before?.kind : (kinds[kind.toLowerCase()] ?? kind),
    name,
    contact: {
      name: take('contactName', () => cells.text('contactName'), before?.contact.name),
      phone: take('contactPhone', () => cells.text('contactPhone'), before?.contact.phone),
      email: take('contactEmail', () => cells.text('contactEmail'), before?.contact.email),
    },
    furtherContacts: before?.furtherContacts ?? [],
    email: take('email', () => cells.text('email'), before?.email),
    vatId: take('vatId', () => cells.text('vatId')?.replace(/\s/g, '').toUpperCase(), before?.vatId),
    buyerReference: take('buyerReference', () => cells.text('buyerReference'), before?.buyerReference),
    electronicAddress: value === undefined ? undefined : { scheme: scheme ?? 'EM', value },
    invoiceFormat: cells.text('invoiceFormat') ?? before?.invoiceFormat,
    language: cells.text('language')?.toLowerCase() ?? before?.language,
    priceGroup: cells.text('priceGroup') ?? before?.priceGroup,
    paymentTerms: {
      netDays: cells.figure('netDays', 0) ?? before?.paymentTerms.netDays ?? 14,
      skonto: take('skonto', () => cells.list('skonto', readSkonto, 'Tage:Prozent'), before?.paymentTerms.skonto ?? []),
    },
    mayBuyOnDeliveryNote: cells.yesNo('mayBuyOnDeliveryNote') ?? before?.mayBuyOnDeliveryNote,
    creditLimit: cells.figure('creditLimit', 2) ?? before?.creditLimit,
    billingRule: cells.text('billingRule') ?? before?.billingRule,
    blocked: cells.yesNo('blocked') ?? before?.blocked,
    vatTreatment: cells.text('vatTreatment') ?? before?.vatTreatment,
    billTo: {
      ...old,
      name: cells.has('name') ? name : old?.name,
      additional: take('additional', () => cells.text('additional'), old?.additional),
      street: take('street', () => cells.text('street'), old?.street),
      postalCode: take('postalCode', () => cells.text('postalCode'), old?.postalCode),
      city: cells.text('city') ?? old?.city,
      country: cells.text('country')?.toUpperCase() ?? old?.country,
    },
    deliverTo: deliverTo ? [deliverTo] : [],
  }
  const customer = cells.check(newCustomer, record, columnOfPath)
  return problems.length > had ? undefined : customer
}

/** Where a problem of the record stands in the table. */
function columnOfPath(path: PropertyKey[]): string {
  const [head, tail] = path.map(String)
  if (head === 'billTo' || head === 'electronicAddress') return tail ?? head
  if (head === 'contact') return `contact${(tail ?? '').replace(/^./, (c) => c.toUpperCase())}`
  return head === 'paymentTerms' ? (tail ?? head) : (head ?? '')
}

function deliverToOf(cells: Cells): Address | undefined {
  const column = (field: AddressField) => `deliverTo${field[0]!.toUpperCase()}${field.slice(1)}`
  if (cells.text(column('name')) === undefined && cells.text(column('city')) === undefined) return undefined
  const record = Object.fromEntries(
    (['name', 'additional', 'street', 'postalCode', 'city', 'country'] as const).map((f) => [f, cells.text(column(f))]),
  )
  return cells.check(address, record, (path) => column(String(path[0]) as AddressField))
}

function readSkonto(entry: string): { days: number; percent: number } | undefined {
  const match = /^(\d{1,3}):(\d{1,2})(?:[.,](\d{1,2}))?$/.exec(entry)
  return match
    ? { days: Number(match[1]), percent: Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0')) }
    : undefined
}
