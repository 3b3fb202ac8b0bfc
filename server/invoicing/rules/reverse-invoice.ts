import type { Day } from '../../../common/dates.ts'
import type { En16931Invoice } from '../e-invoice/en16931.ts'
import { invoiceWords } from './invoice-words.ts'

/**
 * The mirror image of an invoice: type 384 with a reference to it (BG-3, BR-DE-26), every quantity and amount with the
 * opposite sign, prices as they were. Nothing is to be paid, so no terms and no due day.
 */
export function reverseInvoice(
  invoice: En16931Invoice,
  correction: { number: string; issuedOn: Day; reason: string; language: 'de' | 'en' },
): En16931Invoice {
  const { dueOn: _due, paymentTermsText: _terms, ...rest } = invoice
  const { totals } = invoice
  const turned = (amount: number) => (amount === 0 ? 0 : -amount)
  return {
    ...rest,
    number: correction.number,
    issuedOn: correction.issuedOn,
    typeCode: '384',
    precedingInvoices: [{ number: invoice.number, issuedOn: invoice.issuedOn }],
    notes: [
      invoiceWords[correction.language].correction(invoice.number, invoice.issuedOn, correction.reason),
      ...invoice.notes,
    ],
    skonto: [],
    payment: { meansCode: '1', remittance: correction.number },
    allowances: invoice.allowances.map((a) => ({ ...a, amount: turned(a.amount) })),
    charges: invoice.charges.map((c) => ({ ...c, amount: turned(c.amount) })),
    lines: invoice.lines.map((l) => ({
      ...l,
      quantity: turned(l.quantity),
      net: turned(l.net),
      allowances: l.allowances.map((a) => ({ ...a, amount: turned(a.amount) })),
    })),
    vatBreakdown: invoice.vatBreakdown.map((v) => ({ ...v, net: turned(v.net), vat: turned(v.vat) })),
    totals: {
      linesNet: turned(totals.linesNet),
      allowances: turned(totals.allowances),
      charges: turned(totals.charges),
      net: turned(totals.net),
      vat: turned(totals.vat),
      gross: turned(totals.gross),
      prepaid: 0,
      rounding: turned(totals.rounding),
      amountDue: turned(totals.gross + totals.rounding),
    },
  }
}
