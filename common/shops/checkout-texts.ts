/** Why a way to pay isn't offered, said to the buyer in the shop: polite, without figures of his account. */
export const checkoutTexts = {
  // the same for everybody who isn't linked, so that nobody learns by it who is a customer
  'buyer-not-linked': {
    de: 'Kauf auf Lieferschein ist möglich, sobald Ihr Konto im Shop mit Ihrem Kundenkonto bei uns verbunden ist. Bitte melden Sie sich bei uns.',
    en: 'Purchase on delivery note is possible once your account in the shop is linked with your customer account. Please contact us.',
  },
  'not-allowed-on-delivery-note': {
    de: 'Kauf auf Lieferschein ist für dieses Kundenkonto nicht vereinbart.',
    en: 'Purchase on delivery note is not agreed for this account.',
  },
  'customer-blocked': {
    de: 'Kauf auf Lieferschein ist zurzeit nicht möglich. Bitte melden Sie sich bei uns.',
    en: 'Purchase on delivery note is not possible at the moment. Please contact us.',
  },
  'credit-limit': {
    de: 'Der Betrag geht über den vereinbarten Rahmen hinaus.',
    en: 'The amount is beyond the agreed limit.',
  },
  overdue: {
    de: 'Es gibt überfällige Rechnungen. Danach ist Kauf auf Lieferschein wieder möglich.',
    en: 'Invoices are overdue. Once they are paid, purchase on delivery note is possible again.',
  },
  'unpaid-prepayment': {
    de: 'Die Vorauszahlung fehlt noch.',
    en: 'The prepayment is still missing.',
  },
} as const

export type CheckoutReason = keyof typeof checkoutTexts
