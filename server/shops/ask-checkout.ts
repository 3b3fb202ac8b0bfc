import { dayOf } from '../../common/dates.ts'
import { type CheckoutReason, checkoutTexts } from '../../common/shops/checkout-texts.ts'
import { findChannel, findMerchant } from '../branches/index.ts'
import { matchCustomer } from '../customers/index.ts'
import { type Asking, type Database, statement } from '../kernel/index.ts'
import { checkCredit, exposureOf } from '../receivables/index.ts'

interface Account {
  openOrders: number
  unbilled: number
  openItems: number
  credits: number
  downPayments: number
  oldestDue: string | null
}
const accountNow = statement<Account>(
  'shops.account-now',
  `select open_orders as "openOrders", unbilled, open_items as "openItems", credits, down_payments as "downPayments",
     (select min(due_on) from receivables.open_item o where o.customer_id = a.customer_id and o.open > 0) as "oldestDue" from receivables.account a where customer_id = $1`,
)

interface Question {
  channel: string
  customer: { shopCustomerId?: string; customerNumber?: string }
  amount: number
  language: 'de' | 'en'
}

/**
 * May this customer buy this amount on delivery note now? A question without a promise: the order is checked again when
 * it comes, under a lock. Only who is linked may. Everybody else hears the same, whatever he typed, so that nobody learns
 * by it who is a customer here.
 */
export async function askCheckout(database: Database, question: Question, { kernel }: Asking) {
  const [channel, merchant] = await Promise.all([findChannel(database, question.channel), findMerchant(database)])
  const match = await matchCustomer(database, channel.code, question.customer)
  const say = (code: CheckoutReason) => ({ code, text: checkoutTexts[code][question.language] })
  if (!match?.sure) return { allowed: false, reasons: [say('buyer-not-linked')], customerNumber: null, available: null }
  const { customer } = match
  const [account] = await database.query(accountNow, [customer.id])
  const reasons = checkCredit({
    customer,
    account: account!,
    amount: question.amount,
    oldestDue: account!.oldestDue,
    today: dayOf(kernel.now()),
    overdueDaysLimit: merchant.overdueDaysLimit,
  })
  return {
    allowed: reasons.length === 0,
    reasons: reasons.map(({ code }) => say(code)),
    customerNumber: customer.number,
    available: customer.mayBuyOnDeliveryNote ? Math.max(0, customer.creditLimit - exposureOf(account!)) : null,
  }
}
