import type { Cents } from '../../../common/money.ts'
import type { Quantity } from '../../../common/quantity.ts'
import type { ShopProgress } from '../connector.ts'
import type { PaymentMethod } from '../shop-order.ts'
import { type BundleLines, byShopLine, piecesLeft, piecesOrdered, type ShopLine } from './bundle-pieces.ts'
import { isPaidBefore } from './payment-method.ts'

export interface KnownLine {
  id: string
  externalLine: string | null
  kind: string
  article: string | null
  ordered: Quantity
  cancelled: Quantity
  planned: Quantity
  delivered: Quantity
}

interface Known {
  paymentMethod: string
  prepaid: Cents
  lines: readonly KnownLine[]
}

/** Something the shop changed that nobody but a person can decide. */
export interface Difference {
  code: 'more-ordered' | 'line-added' | 'cancelled-but-delivered' | 'deleted-in-shop'
  facts: Record<string, unknown>
}

export interface FromShop {
  cancelAll: boolean
  cancel: { lineId: string; quantity: Quantity }[]
  payment: ShopProgress['paid']
  conflict: Difference[]
}

/**
 * What to do about an order of ours after it changed in its shop: fewer pieces there than we told it are cancelled here, as
 * far as they are open; pieces on a delivery note or gone, more pieces and new lines are for somebody to decide. What was
 * cancelled here and not there yet is not taken back: the shop will be told.
 */
export function planFromShop(known: Known, progress: ShopProgress, bundles: BundleLines | null): FromShop {
  const plan: FromShop = { cancelAll: false, cancel: [], payment: paymentOf(known, progress), conflict: [] }
  const shopLines = byShopLine(known.lines, bundles)
  for (const shopLine of shopLines) {
    const pieces = progress.cancelled ? 0 : (progress.quantities[shopLine.id] ?? 0)
    const ordered = piecesOrdered(shopLine)
    const { article } = shopLine.parts[0]!.line
    if (pieces > ordered) plan.conflict.push({ code: 'more-ordered', facts: { article, ordered, shop: pieces } })
    if (pieces < piecesLeft(shopLine)) followLess(plan, shopLine, pieces)
  }
  const ours = new Set(shopLines.map((line) => line.id))
  for (const [line, quantity] of Object.entries(progress.quantities))
    if (!ours.has(line) && quantity > 0 && !progress.cancelled)
      plan.conflict.push({ code: 'line-added', facts: { line, quantity } })
  const allOpen = shopLines.every(({ parts }) => parts.every(({ line }) => line.planned + line.delivered === 0))
  plan.cancelAll = progress.cancelled && allOpen && plan.cancel.length > 0
  return plan
}

function followLess(plan: FromShop, { parts }: ShopLine<KnownLine>, pieces: Quantity): void {
  for (const { line, per } of parts) {
    const wanted = (pieces * per) / 1000
    const here = line.ordered - line.cancelled
    const less = Math.min(here - wanted, here - line.planned - line.delivered)
    if (less > 0) plan.cancel.push({ lineId: line.id, quantity: less })
    if (here > wanted && less < here - wanted)
      plan.conflict.push({
        code: 'cancelled-but-delivered',
        facts: { article: line.article, shop: wanted, delivered: line.delivered, planned: line.planned },
      })
  }
}

/** Pieces of ours that the shop sold in this order and we didn't take: they must not be offered once more. */
export function soldBeyond(
  lines: readonly Pick<KnownLine, 'kind' | 'article' | 'ordered'>[],
  now: readonly { kind?: string | undefined; article?: string | undefined; quantity: Quantity }[],
): { article: string; quantity: Quantity }[] {
  const more = new Map<string, Quantity>()
  const add = (article: string | null | undefined, quantity: Quantity) =>
    article && more.set(article, (more.get(article) ?? 0) + quantity)
  for (const line of now) if ((line.kind ?? 'goods') === 'goods') add(line.article, line.quantity)
  for (const line of lines) if (line.kind === 'goods') add(line.article, -line.ordered)
  return [...more].flatMap(([article, quantity]) => (quantity > 0 ? [{ article, quantity }] : []))
}

/** Money the shop took after the order was placed. Ways that pay later tell no money, whatever state the shop shows. */
function paymentOf(known: Known, { paid }: ShopProgress): ShopProgress['paid'] {
  if (paid === null || !isPaidBefore(known.paymentMethod as PaymentMethod)) return null
  const more = paid.amount - known.prepaid
  return more > 0 ? { ...paid, amount: more } : null
}
