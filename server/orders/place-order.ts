import { dayOf } from '../../common/dates.ts'
import type { HoldReason, IntakeResult, NewOrder, ParkReason } from '../../common/orders/api.ts'
import { cents } from '../../common/route.ts'
import { type ChannelRow, findChannel, findMerchant } from '../branches/index.ts'
import { findPricedArticles } from '../catalog/index.ts'
import { addGuest, addressesForOrder, type CustomerRow, type Match, matchCustomer } from '../customers/index.ts'
import { canonicalJson, newId, nextNumber, refuseNow, sha256, type Work } from '../kernel/index.ts'
import { checkCredit, insertCredit, lockAccountForCredit, shiftAccount, writeEntry } from '../receivables/index.ts'
import { lockLevels, reserveGoods } from '../stock/index.ts'
import { vatRates } from '../tax/index.ts'
import { parkOrder } from './park-order.ts'
import { buyerNotLinked, ON_CREDIT } from './rules/buyer-not-linked.ts'
import { type ComposedOrder, composeOrder } from './rules/compose-order.ts'
import { newCustomerOf } from './rules/new-customer-of.ts'
import { contentOf, differencesOf } from './rules/order-content.ts'
import { findKnownOrder, insertOrder } from './store.ts'

const nothingGiven = { orderId: null, number: null, parkedId: null, backordered: false, reasons: [] }

export interface Intake {
  /** from a shop's file or API, with what the connector already found wrong with it */
  problems?: readonly ParkReason[]
  /** taken after mending: it's remembered as the shop sends it, so that it's known when it comes again */
  parked?: { id: string; asItCame: NewOrder }
  /** where its goods are, if not where the channel has them: in the hands of who stands at the counter */
  locations?: readonly string[]
}

/**
 * An order comes in from a web shop, a branch or the phone. Known ones are recognised by channel and external number;
 * what can't be taken yet is parked with the reason; credit is checked; goods are put aside. Refuses 'order-differs' if
 * the same number comes with other content, 'article-inactive' where somebody is there to choose another article.
 */
export async function placeOrder(
  work: Work,
  order: NewOrder,
  { problems, parked, locations }: Intake = {},
): Promise<IntakeResult> {
  const codes = order.lines.flatMap((l) => l.article ?? [])
  const [channel, merchant, rates, known, match, articles] = await Promise.all([
    findChannel(work, order.channel),
    findMerchant(work),
    vatRates(work),
    findKnownOrder(work, order.channel, order.externalNumber),
    matchCustomer(work, order.channel, order.customer),
    findPricedArticles(work, codes),
  ])
  const customer = match?.customer
  const content = contentOf(parked?.asItCame ?? order)
  if (known) return knownOrder(known, content, order)
  const today = order.orderedAt ? dayOf(new Date(order.orderedAt)) : work.today
  const composed = composeOrder(order, {
    articles,
    rates,
    today,
    priceMode: order.priceMode ?? channel.priceMode,
    smallBusiness: merchant.smallBusiness,
    priceGroup: customer?.priceGroup ?? 'standard',
    vatTreatment: customer?.vatTreatment ?? 'domestic',
    language: customer?.language ?? 'de',
  })
  refuseImpossible(composed.order)
  const takenByHand = channel.kind !== 'web-shop' && problems === undefined && parked === undefined
  if (takenByHand) refuseInactive(composed.problems)
  const reasons = oncePerCode([...(problems ?? []), ...composed.problems, ...unknownCustomer(order, customer)])
  if (reasons.length > 0) return parkOrder(work, order, { reasons, gross: composed.order.gross, parkedId: parked?.id })
  return acceptOrder(work, {
    order,
    content,
    channel: locations ? { ...channel, locations: [...locations] } : channel,
    match,
    takenByHand,
    composed: composed.order,
    overdueDaysLimit: merchant.overdueDaysLimit,
  })
}

/** What no document could say later: more money than it has room for, or goods that cost less than nothing. */
function refuseImpossible({ lines, net, gross }: ComposedOrder): void {
  const amounts = [net, gross, ...lines.flatMap((l) => [l.amount, l.gross])]
  if (!amounts.every((a) => cents.safeParse(a).success)) refuseNow('invalid-input', { problem: 'amount' })
  const negative = lines.findIndex((l) => l.kind === 'goods' && l.amount < 0)
  if (negative >= 0) refuseNow('invalid-input', { problem: `lines/${negative}/amount` })
}

/** Whoever takes an order at the counter or on the phone hears it at once; what a shop has sold already is parked instead. */
function refuseInactive(problems: readonly ParkReason[]): void {
  const inactive = problems.find((p) => p.code === 'article-inactive')
  if (inactive) refuseNow('article-inactive', inactive.facts)
}

function knownOrder(
  known: { id: string; number: string; gross: number; contentHash: Buffer; content: unknown },
  content: unknown,
  order: NewOrder,
): IntakeResult {
  if (!sha256(canonicalJson(content)).equals(known.contentHash)) {
    refuseNow('order-differs', {
      externalNumber: order.externalNumber,
      order: known.number,
      differences: differencesOf(known.content, content).slice(0, 10),
    })
  }
  return {
    ...nothingGiven,
    outcome: 'known',
    orderId: known.id,
    number: known.number,
    externalNumber: order.externalNumber ?? null,
    gross: known.gross,
  }
}

/** A connector and we may both find the same thing wrong; one reason a code and article is enough. */
function oncePerCode(reasons: readonly ParkReason[]): ParkReason[] {
  const seen = new Set<string>()
  return reasons.filter((r) => {
    const key = `${r.code} ${r.facts.article ?? r.facts.name ?? ''}`
    return !seen.has(key) && seen.add(key)
  })
}

function unknownCustomer(order: NewOrder, customer: CustomerRow | undefined): ParkReason[] {
  if (customer || (order.customer.guest && order.customer.customerNumber === undefined && order.billTo)) return []
  return [{ code: 'unknown-customer', facts: { customerNumber: order.customer.customerNumber ?? null } }]
}

interface Acceptance {
  order: NewOrder
  content: Record<string, unknown>
  channel: ChannelRow
  match: Match<CustomerRow> | undefined
  takenByHand: boolean
  composed: ComposedOrder
  overdueDaysLimit: number
}

async function acceptOrder(
  work: Work,
  { order, content, channel, match, takenByHand, composed, overdueDaysLimit }: Acceptance,
): Promise<IntakeResult> {
  const id = newId()
  const made = match ? undefined : await makeCustomer(work, order)
  const buyer = match?.customer ?? made!
  const goods = composed.lines.map((line) => ({ line, id: newId() }))
  const stocked = goods.filter(({ line }) => line.kind === 'goods')
  const prepaid = order.prepaid?.amount ?? 0
  const alike = buyerNotLinked(order, { match, takenByHand, unpaid: prepaid < composed.gross })
  const [addresses, account, levels, number] = await Promise.all([
    made
      ? { billTo: made.addresses.billTo, deliverTo: made.addresses.deliverTo }
      : addressesForOrder(work, buyer.id, { ...order, listed: alike.length === 0 }),
    lockAccountForCredit(work, buyer.id),
    lockLevels(
      work,
      stocked.map(({ line }) => line.article!.id),
    ),
    nextNumber(work, 'order'),
  ])
  // waiting for its prepayment, or for somebody who says whose it is, it binds no credit: its goods stay here
  const onAccount = alike.length === 0 && (order.paymentMethod !== 'prepayment' || prepaid > 0)
  const credit = holdReasons(order, composed, prepaid, {
    customer: buyer,
    account,
    amount: composed.gross - prepaid,
    oldestDue: account.oldestDue,
    today: work.today,
    overdueDaysLimit,
  })
  const holds = [...alike, ...credit]
  const plan = reserveGoods(
    work,
    id,
    stocked.map(({ line, id: orderLineId }) => ({ orderLineId, articleId: line.article!.id, quantity: line.quantity })),
    levels,
    channel.locations,
  )
  insertOrder(
    work,
    {
      id,
      number,
      channel: channel.code,
      externalNumber: order.externalNumber,
      contentHash: sha256(canonicalJson(content)),
      content,
      customerId: buyer.id,
      ...addresses,
      priceMode: order.priceMode ?? channel.priceMode,
      paymentMethod: order.paymentMethod,
      paymentReference: order.prepaid?.reference,
      prepaid,
      onAccount,
      buyerOrderNumber: order.buyerOrderNumber,
      note: order.note,
      orderedAt: order.orderedAt ?? work.now,
      hold: holds.length > 0 ? holds : undefined,
    },
    composed,
    goods.map((g) => g.id),
  )
  shiftAccount(work, buyer.id, {
    ...(onAccount ? { openOrders: composed.lines.reduce((sum, l) => sum + l.gross, 0) } : {}),
    credits: prepaid,
  })
  if (order.prepaid) bookPrepayment(work, buyer.id, id, order.prepaid, number)
  work.announce('order.placed', {
    orderId: id,
    number,
    channel: channel.code,
    externalNumber: order.externalNumber ?? null,
    onHold: holds.length > 0,
  })
  if (plan.reservations.length > 0)
    work.announce('stock.changed', { articleIds: [...new Set(plan.reservations.map((r) => r.articleId))] })
  work.record({
    subjectId: id,
    after: {
      number,
      gross: composed.gross,
      lines: composed.lines.length,
      hold: holds,
      backorders: plan.backorders.length,
    },
  })
  return {
    ...nothingGiven,
    outcome: holds.length > 0 ? 'on-hold' : 'accepted',
    orderId: id,
    number,
    externalNumber: order.externalNumber ?? null,
    gross: composed.gross,
    backordered: plan.backorders.length > 0,
    // a shop may show its buyer what it is answered: of whom he is only alike to it hears no figures
    reasons: alike.length > 0 ? alike : holds,
  }
}

/** Credit is asked where goods would go out unpaid; a prepayment that hasn't come holds the goods back by itself. */
function holdReasons(
  order: NewOrder,
  composed: ComposedOrder,
  prepaid: number,
  question: Parameters<typeof checkCredit>[0],
): HoldReason[] {
  if (prepaid >= composed.gross) return question.customer.blocked ? [{ code: 'customer-blocked', facts: {} }] : []
  if (ON_CREDIT.has(order.paymentMethod)) return checkCredit(question)
  if (order.paymentMethod === 'prepayment')
    return [{ code: 'unpaid-prepayment', facts: { missing: composed.gross - prepaid } }]
  return question.customer.blocked ? [{ code: 'customer-blocked', facts: {} }] : []
}

async function makeCustomer(work: Work, order: NewOrder) {
  const input = newCustomerOf(order)
  const made = await addGuest(work, input, { channel: order.channel, shopCustomerId: order.customer.shopCustomerId })
  return { ...input, id: made.id, addresses: made }
}

/** What the shop says is paid already is the customer's credit for this order, and settles its invoices by itself. */
function bookPrepayment(
  work: Work,
  customerId: string,
  orderId: string,
  prepaid: NonNullable<NewOrder['prepaid']>,
  orderNumber: string,
): void {
  const id = newId()
  insertCredit(work, {
    id,
    customerId,
    kind: 'prepayment',
    orderId,
    amount: prepaid.amount,
    left: prepaid.amount,
    receivedOn: prepaid.paidOn,
  })
  writeEntry(work, {
    day: prepaid.paidOn,
    customerId,
    kind: 'payment',
    amount: -prepaid.amount,
    sourceId: id,
    number: orderNumber,
  })
}
