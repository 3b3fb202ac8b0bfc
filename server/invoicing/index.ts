export { correctInvoice } from './correct-invoice.ts'
export { checkRules, type RuleViolation } from './e-invoice/check-rules.ts'
export type {
  Buyer,
  DocumentAllowance,
  En16931Invoice,
  En16931Line,
  PaymentInstructions,
  Seller,
  VatBreakdown,
} from './e-invoice/en16931.ts'
export { amountsOfTwoDecimals, twoDecimals } from './e-invoice/rules/decimals.ts'
export { must } from './e-invoice/rules/rule.ts'
export { previewInvoice } from './find-invoices.ts'
export { invoicingInvariants } from './invariants.ts'
export { groupCredits, issueCollective } from './issue-collective.ts'
export { type IssuedCorrection, issueCorrection, planCorrection } from './issue-correction.ts'
export { issueInvoice } from './issue-invoice.ts'
export { loadCorrectables } from './load-correctables.ts'
export { makeInvoiceFile } from './make-invoice-files.ts'
export { lockOrdersOfDownPayments, receiveDownPayments } from './receive-down-payment.ts'
export { invoiceRoutes } from './routes.ts'
export { findStanding } from './store.ts'
export { undoCorrection } from './undo-correction.ts'
