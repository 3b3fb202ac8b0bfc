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

const PARTIES_AND_DATES = {
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

const FREIGHT: DocumentAllowance = { amount: 590, vatCategory: 'S', vatRate: 1900, reason: 'Versand', reasonCode: 'FC' }
const COUPON: DocumentAllowance = {
  amount: 300,
  vatCategory: 'S',
  vatRate: 1900,
  reason: 'Gutschein',
  reasonCode: '95',
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

/** Every kind of document we write; all of them are right. */
export const SAMPLES: Readonly<Record<string, En16931Invoice>> = {
  'domestic net invoice with two rates': domestic(),
  'consumer invoice from gross prices with rounding': consumer(),
  'collective invoice of three delivery notes': collective(),
  'correction with negative quantities': correction(),
  'credit note': creditNote(),
  'authority with Leitweg-ID': authority(),
  'customer in the EU': intraCommunity(),
  'small business': smallBusiness(),
  'reverse charge': reverseCharge(),
  export: exported(),
  'voucher, not subject to VAT': voucher(),
  'direct debit': directDebit(),
  'zero rated solar module, paid by card': zeroRated(),
}

function domestic(): En16931Invoice {
  return testInvoice(
    {
      lines: [
        { quantity: 333_000, price: 425, more: { gtin: '4006381333931', description: 'M4 x 20, verzinkt & blau' } },
        { quantity: 2_500, price: 129_900, discount: 500, more: { unit: 'MTR' } },
        { quantity: 3_000, price: 199_900, rate: 700 },
      ],
      allowances: [COUPON],
      charges: [FREIGHT],
    },
    {
      skonto: [
        { days: 8, percent: 200 },
        { days: 14, percent: 100, base: 5000 },
      ],
      paymentTermsText: 'Zahlbar bis 24.12.2026 ohne Abzug.',
    },
  )
}

function consumer(): En16931Invoice {
  return testInvoice(
    {
      mode: 'gross',
      lines: [
        { quantity: 3_000, price: 33_400 },
        { quantity: 7_000, price: 14_900 },
        { quantity: 1_000, price: 29_900, rate: 700 },
      ],
    },
    { buyer: { ...PARTIES_AND_DATES.buyer, name: 'Eva Käuferin', vatId: undefined } },
  )
}

function collective(): En16931Invoice {
  const notes = [
    ['LS-2026-000017', '2026-11-03'],
    ['LS-2026-000021', '2026-11-10'],
    ['LS-2026-000030', '2026-11-20'],
  ] as const
  return testInvoice(
    {
      lines: notes.flatMap(([number, day]) => [
        { quantity: 6_000, price: 12_345, more: fromNote(number, day, 1) },
        { quantity: 4_000, price: 199_900, more: fromNote(number, day, 2) },
      ]),
    },
    {
      deliveryNoteNumber: undefined,
      deliveredOn: undefined,
      deliverTo: undefined,
      period: { from: '2026-11-03', to: '2026-11-20' },
      notes: [`Lieferscheine: ${notes.map(([number]) => number).join(', ')}`],
    },
  )
}

function correction(): En16931Invoice {
  return testInvoice(
    {
      lines: [
        { quantity: -2_000, price: 199_900 },
        { quantity: -2_500, price: 129_900, discount: -500 },
      ],
    },
    {
      typeCode: '384',
      number: 'RK-2026-000004',
      precedingInvoices: [{ number: 'RE-2026-000123', issuedOn: '2026-11-24' }],
    },
  )
}

function creditNote(): En16931Invoice {
  return testInvoice(
    { lines: [{ quantity: 2_000, price: 199_900 }] },
    { typeCode: '381', number: 'RK-2026-000005', precedingInvoices: [{ number: 'RE-2026-000123' }] },
  )
}

function authority(): En16931Invoice {
  return testInvoice(
    { lines: [{ quantity: 10_000, price: 899_900 }] },
    {
      buyerReference: '04011000-1234512345-06',
      buyer: {
        name: 'Stadt Ulm',
        electronicAddress: { scheme: '0204', value: '04011000-1234512345-06' },
        address: { city: 'Ulm', postalCode: '89070', country: 'DE' },
      },
    },
  )
}

function intraCommunity(): En16931Invoice {
  const address = { street: 'Ring 1', city: 'Wien', postalCode: '1010', country: 'AT' }
  return testInvoice(
    {
      lines: [{ quantity: 5_000, price: 450_000, category: 'K', rate: 0 }],
      exemption: { exemptionReason: 'Steuerfreie innergemeinschaftliche Lieferung', exemptionCode: 'VATEX-EU-IC' },
    },
    { buyer: { ...PARTIES_AND_DATES.buyer, vatId: 'ATU12345678', address }, deliverTo: { address } },
  )
}

function smallBusiness(): En16931Invoice {
  const { vatId: _, registrationId: __, ...seller } = PARTIES_AND_DATES.seller
  return testInvoice(
    {
      lines: [{ quantity: 1_000, price: 120_000, category: 'E', rate: 0 }],
      exemption: { exemptionReason: 'Kein Ausweis von Umsatzsteuer, da Kleinunternehmer nach § 19 UStG' },
    },
    { seller: { ...seller, identifier: seller.taxNumber } },
  )
}

function reverseCharge(): En16931Invoice {
  return testInvoice({
    lines: [{ quantity: 12_500, price: 33_333, category: 'AE', rate: 0, more: { unit: 'KGM' } }],
    exemption: { exemptionReason: 'Steuerschuldnerschaft des Leistungsempfängers', exemptionCode: 'VATEX-EU-AE' },
  })
}

function exported(): En16931Invoice {
  const address = { street: 'Bahnhofstrasse 1', city: 'Zürich', postalCode: '8001', country: 'CH' }
  return testInvoice(
    {
      lines: [{ quantity: 5_000, price: 450_000, category: 'G', rate: 0 }],
      exemption: { exemptionReason: 'Steuerfreie Ausfuhrlieferung', exemptionCode: 'VATEX-EU-G' },
    },
    { buyer: { ...PARTIES_AND_DATES.buyer, vatId: undefined, address }, deliverTo: { address } },
  )
}

function voucher(): En16931Invoice {
  const { vatId: _, ...seller } = PARTIES_AND_DATES.seller
  return testInvoice(
    {
      lines: [{ quantity: 1_000, price: 500_000, category: 'O', rate: 0 }],
      exemption: { exemptionReason: 'Mehrzweckgutschein', exemptionCode: 'VATEX-EU-O' },
    },
    { seller, buyer: { ...PARTIES_AND_DATES.buyer, vatId: undefined } },
  )
}

function directDebit(): En16931Invoice {
  return testInvoice(
    { lines: [{ quantity: 1_000, price: 500_000 }], prepaid: 10_000 },
    {
      payment: {
        meansCode: '59',
        remittance: 'RE-2026-000123',
        directDebit: {
          mandateReference: 'M-1',
          creditorId: 'DE98ZZZ09999999999',
          debtorIban: 'DE02120300000000202051',
        },
      },
    },
  )
}

function zeroRated(): En16931Invoice {
  return testInvoice(
    { lines: [{ quantity: 4_000, price: 890_000, category: 'Z', rate: 0 }] },
    { payment: { meansCode: '48', card: { lastDigits: '4242', holder: 'E. Käuferin' } } },
  )
}
