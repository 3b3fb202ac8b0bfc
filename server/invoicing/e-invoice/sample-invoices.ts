import type { DocumentAllowance, En16931Invoice } from './en16931.ts'
import { fromNote, PARTIES_AND_DATES, testInvoice } from './test-invoices.ts'

const FREIGHT: DocumentAllowance = { amount: 590, vatCategory: 'S', vatRate: 1900, reason: 'Versand', reasonCode: 'FC' }
const COUPON: DocumentAllowance = {
  amount: 300,
  vatCategory: 'S',
  vatRate: 1900,
  reason: 'Gutschein',
  reasonCode: '95',
}

/** Every kind of document we write; all of them are right. */
export const SAMPLES: Readonly<Record<string, En16931Invoice>> = {
  'domestic net invoice with two rates': domestic(),
  'consumer invoice from gross prices with rounding': consumer(),
  'collective invoice of three delivery notes': collective(),
  'correction with negative quantities': correction(),
  'credit note': creditNote(),
  'down payment before delivery': downPayment(),
  'final invoice with two down payments': finalInvoice(),
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

function downPayment(): En16931Invoice {
  const line = {
    unit: 'LS',
    name: 'Anzahlung von 30 % auf Auftrag AU-2026-000311',
    description: '10 × Ventil; 2 × Buch',
  }
  return testInvoice(
    {
      mode: 'gross',
      lines: [
        { quantity: 1_000, price: 35_704_00, more: line },
        { quantity: 1_000, price: 6_420_00, rate: 700, more: line },
      ],
    },
    {
      typeCode: '326',
      number: 'RE-2026-000120',
      deliveredOn: '2026-12-10',
      deliveryNoteNumber: undefined,
      notes: ['Rechnung vor Lieferung zum Auftrag AU-2026-000311. Voraussichtliche Lieferung: 10.12.2026.'],
    },
  )
}

function finalInvoice(): En16931Invoice {
  const less = (number: string, issuedOn: string) => ({
    unit: 'LS',
    name: `Abzüglich Anzahlung laut Rechnung ${number}`,
    downPayment: { number, issuedOn },
  })
  return testInvoice(
    {
      lines: [
        { quantity: 10_000, price: 1_200_000 },
        { quantity: 3_000, price: 199_900, rate: 700 },
        { quantity: -1_000, price: 30_000_00, more: less('RE-2026-000120', '2026-11-02') },
        { quantity: -1_000, price: 100_000, rate: 700, more: less('RE-2026-000120', '2026-11-02') },
        { quantity: -1_000, price: 20_000_00, more: less('RE-2026-000121', '2026-11-09') },
      ],
    },
    {
      precedingInvoices: [
        { number: 'RE-2026-000120', issuedOn: '2026-11-02' },
        { number: 'RE-2026-000121', issuedOn: '2026-11-09' },
      ],
    },
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
