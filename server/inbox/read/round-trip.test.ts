import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../../common/refusal.ts'
import { SAMPLES } from '../../invoicing/e-invoice/sample-invoices.ts'
import { testInvoice } from '../../invoicing/e-invoice/test-invoices.ts'
import { writeCii } from '../../invoicing/e-invoice/write-cii.ts'
import { writeUbl } from '../../invoicing/e-invoice/write-ubl.ts'
import type { En16931Invoice } from '../../invoicing/index.ts'
import { checkReceived, modelOf } from '../rules/check-received.ts'
import { type ReceivedFile, readReceived } from './read-received.ts'

type Write = (invoice: En16931Invoice) => string

const WRITERS: readonly (readonly [name: string, write: Write])[] = [
  ['XRechnung UBL', (invoice) => writeUbl(invoice, 'xrechnung', { despatchLineReference: true })],
  ['Peppol UBL', (invoice) => writeUbl(invoice, 'peppol', { despatchLineReference: true })],
  ['EN 16931 UBL', (invoice) => writeUbl(invoice, 'en16931', { despatchLineReference: true })],
  ['XRechnung CII', (invoice) => writeCii(invoice, 'xrechnung')],
  ['Factur-X EN 16931', (invoice) => writeCii(invoice, 'en16931')],
  ['Factur-X EXTENDED', (invoice) => writeCii(invoice, 'extended')],
]

function read(xml: string): ReceivedFile {
  const file = readReceived(Buffer.from(xml))
  if (isRefusal(file)) throw new Error(file.code)
  return file
}

/** What a syntax has no place for, or says in another form. */
function asWritten(name: string, invoice: En16931Invoice): unknown {
  const iban = (text: string) => text.replace(/\s/g, '')
  const { account, card, directDebit } = invoice.payment
  const isCii = /CII|Factur-X/.test(name)
  const { network: _, ...cardOfCii } = card ?? { lastDigits: '' }
  const toBuyer = { name: invoice.buyer.name, address: invoice.buyer.address }
  const saysDelivery = invoice.deliverTo || invoice.deliveredOn || invoice.deliveryNoteNumber
  return {
    ...invoice,
    notes: name === 'Peppol UBL' ? [invoice.notes.join('\n')].filter(Boolean) : invoice.notes,
    precedingInvoices: isCii ? invoice.precedingInvoices.slice(0, 1) : invoice.precedingInvoices,
    deliverTo: invoice.deliverTo ?? (isCii && !saysDelivery ? toBuyer : undefined),
    payment: {
      ...invoice.payment,
      account: account && { ...account, iban: iban(account.iban) },
      card: isCii ? card && cardOfCii : card,
      directDebit: directDebit && { ...directDebit, debtorIban: iban(directDebit.debtorIban) },
    },
    lines: invoice.lines.map((line) => ({
      ...line,
      deliveryNote: isCii && name !== 'Factur-X EXTENDED' ? undefined : line.deliveryNote,
      invoicedObject: line.deliveryNote?.number,
      // stands in words in the line, and among the preceding invoices
      downPayment: undefined,
      charges: [],
      priceBase: 1,
      inSums: true,
    })),
  }
}

describe.each(WRITERS)('%s', (name, write) => {
  test.each(Object.entries(SAMPLES))('what we write is read back to the cent and the word: %s', (_, invoice) => {
    const file = read(write(invoice))
    expect(modelOf(file.invoice)).toEqual(asWritten(name, invoice))
    expect(file.further).toEqual([])
    expect(file.unknown).toEqual([])
    expect(checkReceived(file)).toEqual([])
  })

  test('any quantities, prices, discounts and freight come back to the cent', () => {
    const line = fc.record({
      quantity: fc.integer({ min: 1, max: 5_000_000 }),
      price: fc.integer({ min: 1, max: 9_999_999 }),
      rate: fc.constantFrom(1900, 700),
    })
    const freight = fc.integer({ min: 1, max: 99_999 }).map((amount) => ({
      amount,
      vatCategory: 'S' as const,
      vatRate: 1900,
      reason: 'Versand & <Verpackung>',
      reasonCode: 'FC',
    }))
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.array(freight, { maxLength: 2 }),
        fc.constantFrom('net' as const, 'gross' as const),
        (lines, charges, mode) => {
          const invoice = testInvoice({ lines, charges: mode === 'net' ? charges : [], mode })
          const { invoice: back } = read(write(invoice))
          expect([back.totals, back.vatBreakdown]).toEqual([invoice.totals, invoice.vatBreakdown])
          expect(back.lines.map((l) => [l.net, l.quantity, l.netPrice])).toEqual(
            invoice.lines.map((l) => [l.net, l.quantity, l.netPrice]),
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})
