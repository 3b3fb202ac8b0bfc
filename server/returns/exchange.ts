import type { Cents } from '../../common/money.ts'
import { type NewOrder, newOrder } from '../../common/orders/api.ts'
import type { Quantity } from '../../common/quantity.ts'
import type { TakeBackInput } from '../../common/returns/api.ts'
import { createDeliveryNote, postGoodsIssue } from '../delivery/index.ts'
import { issueInvoice } from '../invoicing/index.ts'
import { type Database, orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { findLinesOfOrders, placeOrder, priceOrder } from '../orders/index.ts'
import type { LoadedReturn } from './load-return.ts'
import { findArticleNumbers, findOwnChannel, findStockAt } from './store.ts'

type Wish = NonNullable<TakeBackInput['exchange']>

export interface ExchangedLine {
  articleNumber: string
  name: string
  unit: string
  quantity: Quantity
  gross: Cents
}
/** Other goods that somebody got for those he brought. */
export interface Exchange {
  orderId: string
  orderNumber: string
  noteId: string | null
  noteNumber: string | null
  gross: Cents
  lines: ExchangedLine[]
}

/**
 * The customer gets other goods at once (Umtausch): an order of its own at the usual prices, and for goods handed over a
 * delivery note with its goods issue. All in the transaction of the return: what is refused here takes back the whole.
 * Who may buy on account does; anybody else pays the difference at the counter.
 */
export async function exchangeGoods(work: Work, found: LoadedReturn, wish: Wish): Promise<Exchange> {
  const order = await orderOf(work, found, wish)
  const handedOver = wish.deliver === 'hand-over-now'
  if (handedOver) await refuseMissing(work, found, wish)
  const placed = await placeOrder(work, order, handedOver ? { locations: [found.location.id] } : {})
  if (placed.orderId === null || placed.outcome !== 'accepted') refuseReasons(placed.reasons)
  const note = handedOver ? await handOver(work, placed.orderId, found.location.id) : undefined
  const lines = await findLinesOfOrders(work, [placed.orderId])
  return {
    orderId: placed.orderId,
    orderNumber: placed.number!,
    noteId: note?.id ?? null,
    noteNumber: note?.number ?? null,
    gross: placed.gross!,
    lines: lines.map((l) => ({
      articleNumber: l.articleNumber ?? '',
      name: l.name,
      unit: l.unit,
      quantity: l.ordered,
      gross: l.gross,
    })),
  }
}

/** What an exchange would come to. */
export async function previewExchange(
  database: Database,
  found: LoadedReturn,
  wish: Wish,
): Promise<Pick<Exchange, 'gross' | 'lines'>> {
  const { order, problems } = await priceOrder(database, await orderOf(database, found, wish), found.returnedOn)
  if (problems.length > 0) refuseReasons(problems)
  return {
    gross: order.gross,
    lines: order.lines.map((l) => ({
      articleNumber: l.article?.number ?? '',
      name: l.name,
      unit: l.unit,
      quantity: l.quantity,
      gross: l.gross,
    })),
  }
}

/** Handed over and to be billed at once: the invoice is settled with what was credited, as far as that goes. */
export function billExchange(work: Work, { noteId }: Exchange, wish: Wish) {
  return wish.billNow && noteId !== null ? issueInvoice(work, { noteIds: [noteId] }) : undefined
}

async function orderOf(database: Database, { customer, location }: LoadedReturn, wish: Wish): Promise<NewOrder> {
  const [channel, numbers] = await Promise.all([
    wish.channel ?? findOwnChannel(database, location.id),
    findArticleNumbers(
      database,
      wish.lines.map((l) => l.articleId),
    ),
  ])
  if (channel === undefined) refuseNow('unknown-channel', { channel: location.name })
  return newOrder.parse({
    channel,
    customer: { customerNumber: customer.number },
    paymentMethod: customer.mayBuyOnDeliveryNote ? 'on-delivery-note' : 'cash-on-delivery',
    lines: wish.lines.map(({ articleId, quantity, unitPrice }) => ({
      article: orNotFound(numbers.get(articleId), 'article'),
      quantity,
      unitPrice,
    })),
  })
}

/** Said by article before anything is reserved: what isn't at the counter can't be handed over there. */
async function refuseMissing(work: Work, { location }: LoadedReturn, wish: Wish): Promise<void> {
  const wanted = new Map<string, Quantity>()
  for (const { articleId, quantity } of wish.lines) wanted.set(articleId, (wanted.get(articleId) ?? 0) + quantity)
  for (const { articleId, article, free } of await findStockAt(work, location.id, [...wanted.keys()])) {
    const requested = wanted.get(articleId)!
    if (requested > free)
      refuseNow('exchange-not-in-stock', { article, location: location.name, onHand: free, requested })
  }
}

async function handOver(work: Work, orderId: string, locationId: string): Promise<{ id: string; number: string }> {
  const { id } = await createDeliveryNote(work, { orderIds: [orderId], locationId })
  return postGoodsIssue(work, { id })
}

function refuseReasons(reasons: readonly { code: string }[]): never {
  refuseNow('exchange-not-possible', { reasons: reasons.map((r) => r.code) })
}
