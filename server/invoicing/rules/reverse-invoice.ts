import type { Day } from '../../../common/dates.ts'
import type { En16931Invoice, PaymentInstructions } from '../e-invoice/en16931.ts'
import { invoiceWords } from './invoice-words.ts'

export type CorrectionType = '381' | '384'

/** What a correction has of its own; for one that is owed again also when and where it is paid. */
export interface CorrectionHead {
  number: string
  issuedOn: Day
  reason: string
  language: 'de' | 'en'
  typeCode: CorrectionType
  owed?: { dueOn: Day; payment: PaymentInstructions }
}

/** A credit note (381) says what is given back in positive figures, every other document what is owed. */
export const signOf = ({ typeCode }: Pick<En16931Invoice, 'typeCode'>): 1 | -1 => (typeCode === '381' ? -1 : 1)

/** The head of a correction: its own number, the reference to what it corrects (BG-3, BR-DE-26), no terms. */
export function correctionHead(corrected: En16931Invoice, head: CorrectionHead) {
  const { dueOn: _due, paymentTermsText: _terms, ...rest } = corrected
  const words = invoiceWords[head.language]
  const isCorrection = corrected.typeCode === '381' || corrected.typeCode === '384'
  const own = isCorrection ? corrected.notes.slice(1) : corrected.notes
  return {
    ...rest,
    number: head.number,
    issuedOn: head.issuedOn,
    typeCode: head.typeCode,
    precedingInvoices: [{ number: corrected.number, issuedOn: corrected.issuedOn }],
    notes: [words.correction(corrected.number, corrected.issuedOn, head.reason), ...own],
    skonto: [],
    payment: head.owed?.payment ?? { meansCode: '1' as const, remittance: head.number },
    // an amount due needs terms (BR-CO-25), also where it is we who owe it
    ...(head.typeCode === '381' ? { paymentTermsText: words.givenBack } : {}),
    ...(head.owed ? { dueOn: head.owed.dueOn, paymentTermsText: words.payableUntil(head.owed.dueOn) } : {}),
  }
}

/**
 * The mirror image of an invoice or of a correction: every quantity and amount taken back, prices as they were. As 384
 * with the opposite sign, as credit note (381) in positive figures.
 */
export function reverseInvoice(invoice: En16931Invoice, correction: CorrectionHead): En16931Invoice {
  const { totals } = invoice
  const sign = -signOf(invoice) * signOf(correction)
  const turned = (amount: number) => (amount === 0 ? 0 : sign * amount)
  return {
    ...correctionHead(invoice, correction),
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
