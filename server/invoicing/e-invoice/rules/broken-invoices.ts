import type { VatCategory } from '../../../../common/tax/vat.ts'
import type { En16931Invoice, En16931Line } from '../en16931.ts'
import type { InvoiceProfile } from '../profiles.ts'
import { SAMPLES } from '../sample-invoices.ts'

/** For tests: each rule, and a change that breaks it. */

export type Change = (invoice: En16931Invoice) => Partial<En16931Invoice>
export type Case = readonly [rule: string, change: Change, profile?: InvoiceProfile]

/** An invoice that breaks no rule. */
export const base = SAMPLES['domestic net invoice with two rates']!

export const line =
  (change: Partial<En16931Line>): Change =>
  (i) => ({ lines: [{ ...i.lines[0]!, ...change }, ...i.lines.slice(1)] })
export const seller =
  (change: Partial<En16931Invoice['seller']>): Change =>
  (i) => ({ seller: { ...i.seller, ...change } })
export const buyer =
  (change: Partial<En16931Invoice['buyer']>): Change =>
  (i) => ({ buyer: { ...i.buyer, ...change } })
const contact =
  (change: object): Change =>
  (i) => ({ seller: { ...i.seller, contact: { ...i.seller.contact, ...change } } })
export const totals =
  (change: Partial<En16931Invoice['totals']>): Change =>
  (i) => ({ totals: { ...i.totals, ...change } })
const payment =
  (change: object): Change =>
  (i) => ({ payment: { ...i.payment, ...change } as En16931Invoice['payment'] })
export const breakdown =
  (change: object): Change =>
  (i) => ({
    vatBreakdown: [{ ...i.vatBreakdown[0]!, ...change }, ...i.vatBreakdown.slice(1)],
  })
export const allowance =
  (change: object): Change =>
  (i) => ({ allowances: i.allowances.map((a) => ({ ...a, ...change })) })
export const charge =
  (change: object): Change =>
  (i) => ({ charges: i.charges.map((c) => ({ ...c, ...change })) })
const sellerAddress =
  (change: object): Change =>
  (i) =>
    seller({ address: { ...i.seller.address, ...change } })(i)
export const buyerAddress =
  (change: object): Change =>
  (i) =>
    buyer({ address: { ...i.buyer.address, ...change } })(i)
const deliveryAddress =
  (change: object): Change =>
  (i) => ({
    deliverTo: { ...i.deliverTo, address: { ...i.deliverTo!.address, ...change } },
  })
const directDebit =
  (change: object): Change =>
  () => ({
    payment: {
      meansCode: '59',
      directDebit: { mandateReference: 'M', creditorId: 'C', debtorIban: 'DE02120300000000202051', ...change },
    },
  })

/** What breaks which rule, beginning with an invoice that breaks none. XRechnung unless said otherwise. */
export const CASES: readonly Case[] = [
  ['BR-02', () => ({ number: ' ' })],
  ['BR-03', () => ({ issuedOn: '2026-02-30' })],
  ['BR-06', seller({ name: '' })],
  ['BR-07', buyer({ name: '' })],
  ['BR-09', sellerAddress({ country: '' })],
  ['BR-11', buyerAddress({ country: '' })],
  ['BR-16', () => ({ lines: [] })],
  ['BR-21', line({ id: '' })],
  ['BR-22', line({ quantity: 0.5 })],
  ['BR-23', line({ unit: '' })],
  ['BR-25', line({ name: '' })],
  ['BR-26', line({ netPrice: '' })],
  ['BR-26', line({ netPrice: '1,50' })],
  ['BR-27', line({ netPrice: '-0.0425', quantity: -333_000 })],
  ['BR-29', () => ({ period: { from: '2026-11-20', to: '2026-11-03' } })],
  ['BR-30', line({ period: { from: '2026-11-20', to: '2026-11-03' } })],
  ['BR-33', allowance({ reason: '', reasonCode: undefined })],
  ['BR-38', charge({ reason: '', reasonCode: undefined })],
  ['BR-42', line({ allowances: [{ amount: 100, reason: '' }] })],
  ['BR-50', payment({ account: { iban: '' } })],
  ['BR-51', payment({ meansCode: '48', account: undefined, card: { lastDigits: '4242424242424242' } })],
  ['BR-55', () => ({ precedingInvoices: [{ number: '' }] })],
  ['BR-57', deliveryAddress({ country: '' })],
  ['BR-61', payment({ account: undefined }), 'en16931'],
  ['BR-62', seller({ electronicAddress: { scheme: '', value: 'a@b.example' } })],
  ['BR-63', buyer({ electronicAddress: { scheme: '', value: 'a@b.example' } })],
  ['BR-CO-25', () => ({ dueOn: undefined, skonto: [], paymentTermsText: undefined })],
  ['BR-CO-26', seller({ identifier: undefined, registrationId: undefined, vatId: undefined })],

  ['BR-CO-10', totals({ linesNet: base.totals.linesNet + 1 })],
  ['BR-CO-11', totals({ allowances: 301 })],
  ['BR-CO-12', totals({ charges: 589 })],
  ['BR-CO-13', totals({ net: base.totals.net - 1 })],
  ['BR-CO-14', totals({ vat: base.totals.vat + 1 })],
  ['BR-CO-15', totals({ gross: base.totals.gross + 1 })],
  ['BR-CO-16', totals({ amountDue: base.totals.amountDue - 1 })],
  ['BR-CO-16', totals({ rounding: 1 })],
  ['BR-CO-17', breakdown({ vat: base.vatBreakdown[0]!.vat + 1 })],
  ['BR-CO-18', () => ({ vatBreakdown: [] })],
  ['PEPPOL-EN16931-R120', line({ net: base.lines[0]!.net + 1 })],
  ['PEPPOL-EN16931-R120', line({ netPrice: '0.0426' }), 'en16931'],
  ['PEPPOL-EN16931-R120', line({ allowances: [{ amount: 1, reason: 'Rabatt' }] })],

  ['BR-DEC-01', allowance({ amount: 0.5 })],
  ['BR-DEC-05', charge({ amount: 0.5 })],
  ['BR-DEC-09', totals({ linesNet: 0.5 })],
  ['BR-DEC-10', totals({ allowances: 0.5 })],
  ['BR-DEC-11', totals({ charges: 0.5 })],
  ['BR-DEC-12', totals({ net: 0.5 })],
  ['BR-DEC-13', totals({ vat: 0.5 })],
  ['BR-DEC-14', totals({ gross: 0.5 })],
  ['BR-DEC-16', totals({ prepaid: 0.5 })],
  ['BR-DEC-17', totals({ rounding: 0.5 })],
  ['BR-DEC-18', totals({ amountDue: Number.NaN })],
  ['BR-DEC-19', breakdown({ net: 0.5 })],
  ['BR-DEC-20', breakdown({ vat: 0.5 })],
  ['BR-DEC-23', line({ net: 0.5 })],
  ['BR-DEC-24', line({ allowances: [{ amount: 0.5, reason: 'Rabatt' }] })],

  ['BR-CL-01', () => ({ typeCode: '386' as '380' })],
  ['BR-CL-14', buyerAddress({ country: 'XX' })],
  ['BR-CL-14', deliveryAddress({ country: 'Deutschland' })],
  ['BR-CL-16', payment({ meansCode: '99' })],
  ['BR-CL-17', breakdown({ category: 'X' })],
  ['BR-CL-17', allowance({ vatCategory: 'X' })],
  ['BR-CL-18', line({ vatCategory: 'X' as VatCategory })],
  ['BR-CL-19', allowance({ reasonCode: 'FC' })],
  ['BR-CL-20', charge({ reasonCode: '95' })],
  ['BR-CL-22', breakdown({ exemptionCode: 'VATEX-EU-XY' })],
  ['BR-CL-23', line({ unit: 'STK' })],
  ['BR-CL-25', buyer({ electronicAddress: { scheme: '9999', value: 'x' } })],
  ['BR-CO-09', seller({ vatId: '123456789' })],

  ['BR-DE-2', seller({ contact: undefined })],
  ['BR-DE-3', sellerAddress({ city: '' })],
  ['BR-DE-4', sellerAddress({ postalCode: '' })],
  ['BR-DE-5', contact({ name: undefined })],
  ['BR-DE-6', contact({ phone: undefined })],
  ['BR-DE-7', contact({ email: undefined })],
  ['BR-DE-8', buyerAddress({ city: '' })],
  ['BR-DE-9', buyerAddress({ postalCode: '' })],
  ['BR-DE-10', deliveryAddress({ city: '' })],
  ['BR-DE-11', deliveryAddress({ postalCode: '' })],
  ['BR-DE-15', () => ({ buyerReference: undefined })],
  ['BR-DE-16', seller({ vatId: undefined, taxNumber: undefined })],
  ['BR-DE-18', () => ({ paymentTermsText: '#SKONTO#TAGE=8#PROZENT=2#' })],
  ['BR-DE-18', () => ({ paymentTermsText: 'Konto #1' })],
  ['BR-DE-18', () => ({ skonto: [{ days: 8.5, percent: 200 }] })],
  ['BR-DE-18', () => ({ skonto: [{ days: 8, percent: -200 }] })],
  ['BR-DE-18', () => ({ skonto: [], paymentTermsText: '#VERZUG#TAGE=8#PROZENT=2.00#\n' }), 'peppol'],
  ['BR-DE-19', payment({ account: { iban: 'DE88370400440532013000' } })],
  ['BR-DE-20', directDebit({ debtorIban: 'DE03120300000000202051' })],
  ['BR-DE-23-a', payment({ account: undefined })],
  ['BR-DE-23-b', payment({ card: { lastDigits: '4242' } })],
  ['BR-DE-24-a', payment({ meansCode: '48', account: undefined })],
  ['BR-DE-24-b', payment({ meansCode: '48', card: { lastDigits: '4242' } })],
  ['BR-DE-25-a', payment({ meansCode: '59', account: undefined })],
  ['BR-DE-25-b', (i) => ({ payment: { ...i.payment, ...directDebit({})(i).payment!, account: i.payment.account } })],
  ['BR-DE-26', () => ({ typeCode: '384' })],
  ['BR-DE-27', contact({ phone: '12' })],
  ['BR-DE-28', contact({ email: 'a@b@c.example' })],
  ['BR-DE-28', contact({ email: 'a.@b.example' })],
  ['BR-DE-30', directDebit({ creditorId: '' })],
  ['BR-DE-31', directDebit({ debtorIban: '' })],
  ['BR-DE-TMP-32', () => ({ deliveredOn: undefined, period: undefined })],

  ['PEPPOL-EN16931-R003', () => ({ buyerReference: undefined, buyerOrderNumber: undefined }), 'peppol'],
  ['PEPPOL-EN16931-R010', buyer({ electronicAddress: undefined })],
  ['PEPPOL-EN16931-R020', seller({ electronicAddress: undefined }), 'peppol'],
  ['PEPPOL-EN16931-R061', directDebit({ mandateReference: '' })],
  [
    'PEPPOL-EN16931-R110',
    (i) => ({
      ...line({ period: { from: '2026-11-01', to: '2026-11-05' } })(i),
      period: { from: '2026-11-03', to: '2026-11-20' },
    }),
  ],
  [
    'PEPPOL-EN16931-R111',
    (i) => ({
      ...line({ period: { from: '2026-11-05', to: '2026-11-21' } })(i),
      period: { from: '2026-11-03', to: '2026-11-20' },
    }),
  ],
  ['PEPPOL-EN16931-P0100', () => ({ typeCode: '389' }), 'peppol'],
  ['PEPPOL-EN16931-P0112', (i) => ({ ...buyerAddress({ country: 'AT' })(i), typeCode: '384' }), 'peppol'],
  ['PEPPOL-COMMON-R040', buyer({ electronicAddress: { scheme: '0088', value: '4012345000010' } }), 'peppol'],
  ['PEPPOL-EN16931-P0104', breakdown({ exemptionCode: 'VATEX-EU-G' }), 'peppol'],
  ['PEPPOL-EN16931-P0105', breakdown({ exemptionCode: 'VATEX-EU-O' }), 'peppol'],
  ['PEPPOL-EN16931-P0106', breakdown({ exemptionCode: 'VATEX-EU-IC' }), 'peppol'],
  ['PEPPOL-EN16931-P0107', breakdown({ exemptionCode: 'VATEX-EU-AE' }), 'peppol'],

  ['TRESEN-IBAN', payment({ meansCode: '30', account: { iban: 'DE88370400440532013000' } })],
  ['TRESEN-VAT-ID', buyer({ vatId: 'DE12345' })],
  ['TRESEN-LEITWEG-ID', () => ({ buyerReference: '04011000-1234512345-07' })],
  ['TRESEN-LEITWEG-ID', buyer({ electronicAddress: { scheme: '0204', value: 'Stadt Ulm' } })],
  ['TRESEN-GTIN', line({ gtin: '4006381333932' })],
]
