import type { Quantity } from '../../../common/quantity.ts'

/** By the shop's line id, then our article: how many thousandths of ours one piece of the shop's is. */
export type BundleLines = Record<string, Record<string, Quantity>>

/** One line of the shop and the lines of ours it is made of; of a plain line that's one. */
export interface ShopLine<Line> {
  id: string
  parts: readonly { line: Line; per: Quantity }[]
}

interface Part {
  externalLine: string | null
  kind: string
  article: string | null
  ordered: Quantity
  cancelled: Quantity
}

/** Our goods lines by the shop's lines. */
export function byShopLine<Line extends Part>(
  lines: readonly Line[],
  bundles: BundleLines | null,
): readonly ShopLine<Line>[] {
  const goods = lines.filter((line) => line.kind === 'goods' && line.externalLine !== null)
  return [...Map.groupBy(goods, (line) => line.externalLine!)].map(([id, parts]) => ({
    id,
    parts: parts.map((line) => ({ line, per: bundles?.[id]?.[line.article ?? ''] ?? 1000 })),
  }))
}

const down = (quantity: Quantity, per: Quantity) => (per === 1000 ? quantity : Math.floor(quantity / per) * 1000)
const up = (quantity: Quantity, per: Quantity) => (per === 1000 ? quantity : Math.ceil(quantity / per) * 1000)

/** Pieces of the shop's line that were ordered. */
export function piecesOrdered<Line extends Part>({ parts }: ShopLine<Line>): Quantity {
  return Math.min(...parts.map(({ line, per }) => down(line.ordered, per)))
}

/** Pieces that are still wanted: a bundle is one until nothing of it is left. */
export function piecesLeft<Line extends Part>({ parts }: ShopLine<Line>): Quantity {
  return Math.max(...parts.map(({ line, per }) => up(line.ordered - line.cancelled, per)))
}

/** Pieces that have left, when these quantities of their parts have: complete ones, and all once nothing more will come. */
export function piecesSent<Line extends Part>(of: ShopLine<Line>, sentOf: (line: Line) => Quantity): Quantity {
  const left = piecesLeft(of)
  const complete = of.parts.map(({ line, per }) => {
    const sent = sentOf(line)
    return sent >= line.ordered - line.cancelled ? left : down(sent, per)
  })
  return of.parts.some(({ line }) => sentOf(line) > 0) ? Math.min(left, ...complete) : 0
}
