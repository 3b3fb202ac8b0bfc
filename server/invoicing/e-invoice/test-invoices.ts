import type { Cents, UnitPrice } from '../../../common/money.ts'
import { amountOf, type Quantity } from '../../../common/quantity.ts'
import { documentAmounts, type PriceMode, type VatCategory } from '../../../common/tax/vat.ts'
import type { DocumentAllowance, En16931Invoice, En16931Line, VatBreakdown } from './en16931.ts'
import { netPriceFor } from './net-price.ts'

/** Invoices for tests. Only what a test is about is said there; parties, dates and payment stand here. */

export interface TestLine {
  quantity: Quantity
  /** in the price mode of the invoice */
  price: UnitPrice
  /** reduction in the price mode of the invoice; only for net prices */
  discount?: Cents
  category?: VatCategory
  rate?: number
  more?: Partial<En16931Line>
}

export interface TestContent {
  mode?: PriceMode
  lines: readonly TestLine[]
  allowances?: DocumentAllowance[]
  charges?: DocumentAllowance[]
  prepaid?: Cents
  exemption?: Pick<VatBreakdown, 'exemptionReason' | 'exemptionCode'>
}

export const PARTIES_AND_DATES = {
  number: 'RE-2026-000123',
  issuedOn: '2026-11-24',
  typeCode: '380',
  dueOn: '2026-12-24',
  buyerReference: 'B-4711',
  buyerOrderNumber: 'PO-88',
  orderNumber: 'AB-2026-000077',
  deliveryNoteNumber: 'LS-2026-000017',
  notes: ['Vielen Dank für Ihren Auftrag.'],
  precedingInvoices: [],
  seller: {
    name: 'Schrauben Müller GmbH & Co. KG',
    tradingName: 'Müller <Eisenwaren>',
    registrationId: 'HRB 4711',
    vatId: 'DE123456789',
    taxNumber: '21/815/08150',
    legalInformation: 'Geschäftsführer: Max Müller, Amtsgericht Ulm',
    electronicAddress: { scheme: 'EM', value: 'rechnung@mueller.example' },
    address: { street: 'Hauptstraße 1', additional: 'Hof 2', city: 'Ulm', postalCode: '89073', country: 'DE' },
    contact: { name: 'Erika Beispiel', phone: '+49 731 1234', email: 'buchhaltung@mueller.example' },
  },
  buyer: {
    name: 'Bau Maier AG',
    customerNumber: '10042',
    vatId: 'DE987654321',
    electronicAddress: { scheme: 'EM', value: 'eingang@maier.example' },
    address: { street: 'Am Bau 3', city: 'Neu-Ulm', postalCode: '89231', country: 'DE' },
    contact: { name: 'Einkauf', phone: '0731 99', email: 'einkauf@maier.example' },
  },
  deliverTo: {
    name: 'Baustelle Nord',
    address: { street: 'Nordring 9', city: 'Ulm', postalCode: '89077', country: 'DE' },
  },
  deliveredOn: '2026-11-20',
  payment: {
    meansCode: '58',
    meansText: 'SEPA-Überweisung',
    remittance: 'RE-2026-000123',
    account: { iban: 'DE89 3704 0044 0532 0130 00', holder: 'Schrauben Müller', bic: 'COBADEFFXXX' },
  },
  skonto: [],
} satisfies Partial<En16931Invoice>

/** An invoice whose sums are computed as the invoicing capability does it. */
export function testInvoice(content: TestContent, change: Partial<En16931Invoice> = {}): En16931Invoice {
  const mode = content.mode ?? 'net'
  const allowances = content.allowances ?? []
  const charges = content.charges ?? []
  const taxed = [
    ...content.lines.map((line) => ({
      amount: amountOf(line.quantity, line.price) - (line.discount ?? 0),
      category: line.category ?? ('S' as const),
      rate: line.rate ?? 1900,
    })),
    ...allowances.map((a) => ({ amount: -a.amount, category: a.vatCategory, rate: a.vatRate })),
    ...charges.map((c) => ({ amount: c.amount, category: c.vatCategory, rate: c.vatRate })),
  ]
  const amounts = documentAmounts(taxed, mode)
  const lines = content.lines.map((line, i) => lineOf(line, i, mode, amounts.nets[i]!))
  const sum = (list: readonly Cents[]): Cents => list.reduce((a, b) => a + b, 0)
  const prepaid = content.prepaid ?? 0
  return {
    ...PARTIES_AND_DATES,
    allowances,
    charges,
    lines,
    vatBreakdown: amounts.perRate.map((r) => ({ ...r, ...content.exemption })),
    totals: {
      linesNet: sum(lines.map((line) => line.net)),
      allowances: sum(allowances.map((a) => a.amount)),
      charges: sum(charges.map((c) => c.amount)),
      net: amounts.net,
      vat: amounts.vat,
      gross: amounts.gross,
      prepaid,
      rounding: amounts.rounding,
      amountDue: amounts.payable - prepaid,
    },
    ...change,
  }
}

function lineOf(line: TestLine, index: number, mode: PriceMode, net: Cents): En16931Line {
  const discount = line.discount ?? 0
  return {
    id: String(index + 1),
    quantity: line.quantity,
    unit: 'H87',
    net,
    allowances: discount === 0 ? [] : [{ amount: discount, reason: 'Mengenrabatt' }],
    netPrice: netPriceFor(net, discount, line.quantity, mode === 'net' ? line.price : undefined),
    vatCategory: line.category ?? 'S',
    vatRate: line.rate ?? 1900,
    name: `Artikel ${index + 1}`,
    articleNumber: `A-${index + 1}`,
    ...line.more,
  }
}

/** A line billed from a delivery note, as a collective invoice names it. */
export function fromNote(number: string, day: string, position: number): Partial<En16931Line> {
  return {
    note: `Lieferschein ${number} vom ${day.split('-').reverse().join('.')}, Pos. ${position}`,
    deliveryNote: { number, issuedOn: day, line: position },
    period: { from: day, to: day },
    buyerOrderLine: String(position * 10),
  }
}
