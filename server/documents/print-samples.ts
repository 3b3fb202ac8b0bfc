import { addDays } from '../../common/dates.ts'
import { decimalOfUnitPrice, mulDiv } from '../../common/money.ts'
import { amountOf, ONE } from '../../common/quantity.ts'
import { documentAmounts, type VatRate } from '../../common/tax/vat.ts'
import { epcCode } from './epc-code.ts'
import type {
  DeliveryNotePrint,
  InvoicePrint,
  Letterhead,
  PickListPrint,
  PrintedInvoice,
  PrintedInvoiceLine,
  PrintedNoteLine,
  PrintLanguage,
  ReturnPrint,
} from './print-data.ts'

/* Documents of an invented merchant, for tests and for looking at: names with umlauts, long words, missing facts. */

export const sampleLetterhead: Letterhead = {
  name: 'Nordwerk Baubedarf GmbH',
  senderLine: 'Nordwerk Baubedarf GmbH · Hafenstraße 12 · 20457 Hamburg',
  address: { street: 'Hafenstraße 12', postalCode: '20457', city: 'Hamburg', country: 'DE' },
  phone: '040 1234560',
  email: 'info@nordwerk.example',
  web: 'www.nordwerk.example',
  footer: {
    legal: [
      'Nordwerk Baubedarf GmbH · Sitz Hamburg',
      'Amtsgericht Hamburg HRB 123456',
      'Geschäftsführerin: Käthe Großmann',
      'USt-IdNr. DE123456789',
    ],
    contact: ['Hafenstraße 12, 20457 Hamburg', 'Telefon 040 1234560', 'info@nordwerk.example', 'www.nordwerk.example'],
    bank: ['Hamburger Sparkasse', 'IBAN DE89 3704 0044 0532 0130 00', 'BIC COBADEFFXXX'],
  },
}

const SALES = { name: 'Jörg Weiß', phone: '040 1234567', email: 'j.weiss@nordwerk.example' }

interface SampleArticle {
  articleNumber: string
  gtin?: string
  name: string
  description?: string
  unit: string
  /** ten-thousandths of a euro */
  price: number
  rate: VatRate
}

const ARTICLES: SampleArticle[] = [
  {
    articleNumber: '100-4060',
    gtin: '4006381333931',
    name: 'Spanplattenschraube 4,0 × 60 mm, TX20, verzinkt',
    unit: 'H87',
    price: 850,
    rate: 1900,
  },
  {
    articleNumber: '210-0300',
    gtin: '4006381333948',
    name: 'Schlosserhammer 300 g, Eschenstiel',
    unit: 'H87',
    price: 129_000,
    rate: 1900,
  },
  { articleNumber: '330-2504', name: 'Mörtelkübel 90 l', unit: 'H87', price: 84_500, rate: 1900 },
  {
    articleNumber: '415-1000',
    gtin: '4006381333955',
    name: 'Edelstahlblindnietmutternzange mit Teleskoparmverlängerung für M3 bis M12',
    description: 'Satz im Koffer, mit 150 Blindnietmuttern',
    unit: 'SET',
    price: 1_189_000,
    rate: 1900,
  },
  {
    articleNumber: 'KABEL-NYM-J-3X1,5',
    gtin: '4006381333962',
    name: 'Mantelleitung NYM-J 3 × 1,5 mm²',
    unit: 'MTR',
    price: 7_425,
    rate: 1900,
  },
  {
    articleNumber: '900-0017',
    name: 'Fachbuch „Trockenbau – Grundlagen & Praxis“',
    unit: 'H87',
    price: 327_100,
    rate: 700,
  },
  {
    articleNumber: '518-0025',
    gtin: '4006381333979',
    name: 'Fliesenkleber Flex grau, 25 kg',
    unit: 'XSA',
    price: 186_000,
    rate: 1900,
  },
]

const QUANTITIES = [200_000, 4_000, 2_000, 1_000, 37_500, 3_000, 12_000]

const RECIPIENT = {
  name: 'Bäckerei Süß & Söhne OHG',
  address: { street: 'Königsallee 5', postalCode: '40212', city: 'Düsseldorf', country: 'DE' },
}

function article(i: number): SampleArticle {
  return ARTICLES[i % ARTICLES.length]!
}

function noteLine(i: number): PrintedNoteLine {
  const { articleNumber, gtin, name, description, unit } = article(i)
  const ordered = QUANTITIES[i % QUANTITIES.length]!
  const delivered = i % 5 === 1 ? Math.floor(ordered / 2 / ONE) * ONE : ordered
  return {
    position: i + 1,
    orderNumber: i % 9 < 6 ? 'AU-2026-000311' : 'AU-2026-000318',
    articleNumber,
    gtin,
    name,
    description,
    unit,
    ordered,
    delivered,
    open: ordered - delivered,
  }
}

/** A delivery note with so many lines; with more than six of them from two orders. */
export function sampleDeliveryNote(lines: number, language: PrintLanguage = 'de'): DeliveryNotePrint {
  const noteLines = Array.from({ length: lines }, (_, i) => noteLine(i)).sort((a, b) =>
    a.orderNumber.localeCompare(b.orderNumber),
  )
  const orders = [
    { number: 'AU-2026-000311', externalNumber: '#10471', buyerOrderNumber: '4500017733', orderedOn: '2026-10-29' },
    { number: 'AU-2026-000318', buyerOrderNumber: 'Baustelle Rheinufer', orderedOn: '2026-11-02' },
  ].filter((order) => noteLines.some((line) => line.orderNumber === order.number))
  return {
    letterhead: sampleLetterhead,
    language,
    note: {
      number: 'LS-2026-000123',
      issuedOn: '2026-11-03',
      deliveredOn: '2026-11-04',
      recipient: { ...RECIPIENT, customerNumber: 'K-10042' },
      despatchedFrom: { name: 'Lager Nord', address: sampleLetterhead.address },
      orders,
      parcels: 3,
      grossWeight: 48_250,
      carrier: 'DHL Paket',
      trackingNumber: '00340434161094042557',
      lines: noteLines.map((line, i) => ({ ...line, position: i + 1 })),
    },
    texts: TEXTS[language].deliveryNote,
    contact: SALES,
  }
}

export function samplePickList(lines: number, language: PrintLanguage = 'de'): PickListPrint {
  return {
    letterhead: sampleLetterhead,
    language,
    number: 'LS-2026-000123',
    printedOn: '2026-11-03',
    location: 'Lager Nord',
    recipient: 'Bäckerei Süß & Söhne OHG, Düsseldorf',
    dueOn: '2026-11-04',
    orders: [{ number: 'AU-2026-000311', buyerOrderNumber: '4500017733' }, { number: 'AU-2026-000318' }],
    lines: Array.from({ length: lines }, (_, i) => {
      const { articleNumber, gtin, name, unit } = article(i)
      const toPick = QUANTITIES[i % QUANTITIES.length]!
      const shelf = i % 6 === 2 ? undefined : `${String.fromCharCode(65 + (i % 4))}${10 + (i % 23)}-${(i % 5) + 1}`
      return {
        position: i + 1,
        shelf,
        articleNumber,
        gtin,
        name,
        unit,
        toPick,
        onHand: i % 6 === 2 ? undefined : toPick * 4,
      }
    }),
  }
}

/** An invoice over `notes` delivery notes with `lines` lines in all. */
export function sampleInvoice(lines: number, notes = 1, language: PrintLanguage = 'de'): InvoicePrint {
  const perNote = Math.ceil(lines / notes)
  const invoice = invoiceOf(
    Array.from({ length: lines }, (_, i) => invoiceLine(i, Math.floor(i / perNote), i % perNote)),
  )
  const { amountDue } = invoice.totals
  const discount = mulDiv(amountDue, 200, 10_000)
  return {
    letterhead: sampleLetterhead,
    language,
    invoice,
    kind: 'invoice',
    customerNumber: 'K-10042',
    contact: SALES,
    texts: TEXTS[language].invoice,
    skonto: [{ percent: 200, until: '2026-11-17', discount, payable: amountDue - discount }],
    epcText: epcCode({
      name: sampleLetterhead.name,
      iban: 'DE89370400440532013000',
      amount: amountDue,
      text: invoice.number,
    }),
  }
}

/** Two pieces of the sample invoice came back. */
export function sampleCorrection(language: PrintLanguage = 'de'): InvoicePrint {
  const lines = [1, 3].map((i, n) => {
    const line = invoiceLine(i, 0, n)
    return { ...line, quantity: -ONE, net: -amountOf(ONE, article(i).price) }
  })
  const invoice = { ...invoiceOf(lines), number: 'RK-2026-000009', typeCode: '384', dueOn: undefined }
  return {
    ...sampleInvoice(2, 1, language),
    invoice,
    kind: 'correction',
    texts: { closing: TEXTS[language].correctionClosing },
    skonto: [],
    epcText: undefined,
    corrects: { number: 'RE-2026-000123', issuedOn: '2026-11-07', reason: TEXTS[language].correctionReason },
  }
}

/** Money is asked for before anything is delivered. */
export function sampleDownPayment(language: PrintLanguage = 'de'): InvoicePrint {
  const print = sampleInvoice(2, 1, language)
  const [net, vat] = [300_000, 57_000]
  const lines = [
    {
      id: '1',
      quantity: ONE,
      unit: 'LS',
      net,
      allowances: [],
      netPrice: '3000.00',
      vatCategory: 'S' as const,
      vatRate: 1900,
      name: TEXTS[language].downPayment,
      description: TEXTS[language].downPaymentFor,
    },
  ]
  const invoice = {
    ...print.invoice,
    typeCode: '326',
    deliveredOn: undefined,
    notes: [TEXTS[language].beforeDelivery],
    lines,
    vatBreakdown: [{ category: 'S' as const, rate: 1900, net, vat }],
    totals: { linesNet: net, net, vat, gross: net + vat, prepaid: 0, rounding: 0, amountDue: net + vat },
  }
  return { ...print, invoice, skonto: [], texts: {} }
}

/** The invoice over the goods, less two down payments. */
export function sampleFinalInvoice(language: PrintLanguage = 'de'): InvoicePrint {
  const print = sampleInvoice(6, 2, language)
  const { invoice } = print
  const rows = invoice.vatBreakdown.flatMap((r) =>
    [20, 50].map((percent, i) => {
      const [net, vat] = [Math.round((r.net * percent) / 100), Math.round((r.vat * percent) / 100)]
      return {
        ...r,
        number: `RE-2026-00010${i + 1}`,
        issuedOn: `2026-10-0${i + 1}`,
        net,
        vat,
        payable: net + vat,
      }
    }),
  )
  const left = (of: 'net' | 'vat' | 'gross', less: 'net' | 'vat' | 'payable') =>
    invoice.totals[of] - rows.reduce((sum, r) => sum + r[less], 0)
  const vatBreakdown = invoice.vatBreakdown.map((r) => {
    const own = rows.filter((row) => row.rate === r.rate)
    const less = (of: 'net' | 'vat') => r[of] - own.reduce((sum, row) => sum + row[of], 0)
    return { ...r, net: less('net'), vat: less('vat') }
  })
  const [net, vat, gross] = [left('net', 'net'), left('vat', 'vat'), left('gross', 'payable')]
  const { totals } = invoice
  const delivered = { perRate: invoice.vatBreakdown, net: totals.net, vat: totals.vat, payable: totals.gross }
  return {
    ...print,
    skonto: [],
    deductions: { delivered, rows: rows.sort((a, b) => a.number.localeCompare(b.number)) },
    invoice: { ...invoice, vatBreakdown, totals: { ...totals, linesNet: net, net, vat, gross, amountDue: gross } },
  }
}

export function sampleReturn(language: PrintLanguage = 'de'): ReturnPrint {
  const { letterhead, contact, note } = sampleDeliveryNote(3, language)
  const reasons = ['changed-mind', 'defective', 'damaged-in-transit'] as const
  return {
    letterhead,
    language,
    contact,
    number: 'RS-2026-000007',
    issuedOn: '2026-11-12',
    returnedOn: '2026-11-12',
    customerNumber: note.recipient.customerNumber,
    recipient: note.recipient,
    location: 'Filiale Altona',
    remark: TEXTS[language].correctionReason,
    lines: reasons.map((reason, i) => ({
      position: i + 1,
      ...article(i),
      quantity: (i + 1) * ONE,
      unbilled: i === 1 ? ONE : 0,
      reason,
      condition: i === 0 ? 'as-new' : 'not-inspected',
      note: { number: `LS-2026-00012${i === 2 ? 4 : 3}`, deliveredOn: '2026-11-03' },
    })),
    corrections: [{ number: 'RK-2026-000009', corrects: 'RE-2026-000123', gross: 12_345, settled: 10_000 }],
    exchange: {
      orderNumber: 'AU-2026-000312',
      noteNumber: 'LS-2026-000130',
      invoiceNumber: null,
      lines: [{ ...article(0), quantity: 2 * ONE, gross: 9_000 }],
      gross: 9_000,
      setOff: 7_345,
      toPay: 1_655,
    },
    money: { setOff: [{ number: 'RE-2026-000130', amount: 2_000 }], credit: 345, refunded: 0 },
  }
}

function invoiceLine(i: number, note: number, lineOfNote: number): PrintedInvoiceLine {
  const { articleNumber, gtin, name, description, unit, price, rate } = article(i)
  const quantity = QUANTITIES[i % QUANTITIES.length]!
  return {
    id: String(i + 1),
    deliveryNote: {
      number: `LS-2026-${String(123 + note).padStart(6, '0')}`,
      issuedOn: addDays('2026-11-03', note),
      line: lineOfNote + 1,
    },
    quantity,
    unit,
    net: amountOf(quantity, price),
    allowances: [],
    netPrice: decimalOfUnitPrice(price),
    vatCategory: 'S',
    vatRate: rate,
    name,
    description,
    articleNumber,
    gtin,
  }
}

function invoiceOf(lines: PrintedInvoiceLine[]): PrintedInvoice {
  const amounts = documentAmounts(
    lines.map((line) => ({ amount: line.net, category: 'S', rate: line.vatRate })),
    'net',
  )
  const days = lines.map((line) => line.deliveryNote!.issuedOn).sort()
  const several = days[0] !== days.at(-1)
  return {
    number: 'RE-2026-000123',
    issuedOn: '2026-11-07',
    typeCode: '380',
    dueOn: '2026-12-07',
    buyerOrderNumber: '4500017733',
    orderNumber: 'AU-2026-000311',
    notes: [],
    seller: { name: sampleLetterhead.name, vatId: 'DE123456789' },
    buyer: { ...RECIPIENT, vatId: 'DE987654321' },
    deliveredOn: several ? undefined : days[0],
    period: several ? { from: days[0]!, to: days.at(-1)! } : undefined,
    payment: { meansCode: '58', account: { iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' } },
    allowances: [],
    charges: [],
    lines,
    vatBreakdown: amounts.perRate,
    totals: {
      linesNet: amounts.net,
      net: amounts.net,
      vat: amounts.vat,
      gross: amounts.gross,
      prepaid: 0,
      rounding: 0,
      amountDue: amounts.gross,
    },
  }
}

const TEXTS = {
  de: {
    deliveryNote: {
      intro: 'Guten Tag,\nwir liefern Ihnen wie bestellt:',
      closing: 'Bitte prüfen Sie die Ware und melden Sie Abweichungen innerhalb von zwei Werktagen.',
      retentionOfTitle: 'Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum (§ 449 BGB).',
    },
    invoice: {
      intro: 'Guten Tag,\nfür unsere Lieferungen berechnen wir Ihnen:',
      closing: 'Vielen Dank für Ihren Auftrag.',
      retentionOfTitle: 'Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum (§ 449 BGB).',
    },
    downPayment: 'Anzahlung von 30 % auf Auftrag AU-2026-000311',
    downPaymentFor: '10 × Kugelhahn 1/2 Zoll; 4 × Hammer 500 g; und 7 weitere Positionen laut Auftrag',
    beforeDelivery:
      'Rechnung vor Lieferung zum Auftrag AU-2026-000311. Der Tag der Lieferung steht noch nicht fest. Was Sie hierauf zahlen, wird in der Rechnung über die Lieferung abgezogen.',
    correctionReason: 'Rückgabe von einem Hammer und einem Satz vom 12.11.2026, Ware unbeschädigt.',
    correctionClosing: 'Den Betrag verrechnen wir mit Ihrer nächsten Zahlung.',
  },
  en: {
    deliveryNote: {
      intro: 'Hello,\nplease find below what we deliver:',
      closing: 'Please check the goods and report differences within two working days.',
      retentionOfTitle: 'The goods remain our property until they are paid in full.',
    },
    invoice: {
      intro: 'Hello,\nfor our deliveries we charge:',
      closing: 'Thank you for your order.',
      retentionOfTitle: 'The goods remain our property until they are paid in full.',
    },
    downPayment: 'Down payment of 30 % on order AU-2026-000311',
    downPaymentFor: '10 × Ball valve 1/2 inch; 4 × Hammer 500 g; and 7 more lines of the order',
    beforeDelivery:
      'Invoice before delivery for order AU-2026-000311. The day of delivery is not fixed yet. What you pay on it is deducted from the invoice for the delivery.',
    correctionReason: 'One hammer and one set returned on 12 November 2026, undamaged.',
    correctionClosing: 'We will offset the amount against your next payment.',
  },
}
