import { LanguageCode, PaymentMethodHandler } from '@vendure/core'

/** code of handler and, as a rule, of the payment method; Tresen knows by it that nothing was paid */
export const DELIVERY_NOTE_CODE = 'kauf-auf-lieferschein'

/**
 * Kauf auf Lieferschein: the goods go out with a delivery note, the invoice follows, the money later still. The payment
 * is only authorised; Tresen settles it when the invoice is paid.
 */
export const deliveryNotePayment = new PaymentMethodHandler({
  code: DELIVERY_NOTE_CODE,
  description: [
    { languageCode: LanguageCode.de, value: 'Kauf auf Lieferschein (Tresen)' },
    { languageCode: LanguageCode.en, value: 'Purchase on delivery note (Tresen)' },
  ],
  args: {},
  createPayment: (_ctx, order, amount, _args, metadata) => ({
    amount,
    state: 'Authorized',
    transactionId: order.code,
    metadata,
  }),
  settlePayment: () => ({ success: true }),
  cancelPayment: () => ({ success: true }),
  // the money goes back where Tresen booked it; the shop only notes it
  createRefund: () => ({ state: 'Settled' }),
})
