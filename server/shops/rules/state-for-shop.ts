import type { Day } from '../../../common/dates.ts'
import type { Cents } from '../../../common/money.ts'
import type { OrderStatus } from '../../../common/orders/api.ts'
import type { Quantity } from '../../../common/quantity.ts'
import type { Correction, OrderState } from '../connector.ts'
import { type BundleLines, byShopLine, piecesLeft, piecesOrdered, piecesSent, type ShopLine } from './bundle-pieces.ts'

export interface OrderFacts {
  externalId: string
  externalNumber: string
  bundles: BundleLines | null
  number: string
  gross: Cents
  prepaid: Cents
  paymentReference: string | null
  status: OrderStatus
  cancellationReason: string | null
  lines: readonly {
    id: string
    externalLine: string | null
    kind: string
    article: string | null
    ordered: Quantity
    cancelled: Quantity
    delivered: Quantity
  }[]
  shipments: readonly {
    number: string
    on: Day
    carrier: string | null
    trackingNumber: string | null
    lines: readonly { lineId: string; quantity: Quantity }[]
  }[]
  invoices: readonly { number: string; on: Day; gross: Cents; open: Cents }[]
  corrections: readonly Correction[]
}

/**
 * Our order in the shop's words. Quantities are pieces of the shop's own lines: of a bundle as many are sent as are
 * complete, counted over all shipments, so that parts sent on two days make one bundle on the second; a bundle is
 * cancelled in the shop when nothing of it is left here.
 */
export function stateForShop(facts: OrderFacts): OrderState {
  const shopLines = byShopLine(facts.lines, facts.bundles)
  const sent = new Map<string, Quantity>()
  let told: Record<string, Quantity> = {}
  const shipments = facts.shipments.map(({ lines, ...shipment }) => {
    for (const { lineId, quantity } of lines) sent.set(lineId, (sent.get(lineId) ?? 0) + quantity)
    const total = perLine(shopLines, (line) => piecesSent(line, ({ id }) => sent.get(id) ?? 0))
    const now = positive(total, (id, pieces) => pieces - (told[id] ?? 0))
    told = total
    return { ...shipment, lines: now }
  })
  const ordered = perLine(shopLines, piecesOrdered)
  const left = perLine(shopLines, piecesLeft)
  const cancelled = positive(ordered, (id, pieces) => pieces - left[id]!)
  const open = facts.invoices.reduce((sum, invoice) => sum + invoice.open, 0)
  const billed = facts.invoices.reduce((sum, invoice) => sum + invoice.gross, 0)
  return {
    externalId: facts.externalId,
    externalNumber: facts.externalNumber,
    number: facts.number,
    shipments: shipments.filter((shipment) => Object.keys(shipment.lines).length > 0),
    ordered,
    cancelled: {
      all: facts.status.order === 'cancelled',
      lines: cancelled,
      reason: facts.cancellationReason ?? '',
    },
    completed: facts.status.order === 'completed',
    invoices: facts.invoices,
    corrections: facts.corrections,
    payment: {
      gross: facts.gross,
      paid: Math.min(facts.gross, Math.max(facts.prepaid, billed - open)),
      reference: facts.paymentReference,
      isPaid: facts.status.payment === 'paid' || facts.status.payment === 'prepaid',
    },
  }
}

type Line = ShopLine<OrderFacts['lines'][number]>

function perLine(lines: readonly Line[], pieces: (line: Line) => Quantity): Record<string, Quantity> {
  return Object.fromEntries(lines.map((line) => [line.id, pieces(line)]))
}

function positive(
  quantities: Record<string, Quantity>,
  change: (id: string, quantity: Quantity) => Quantity,
): Record<string, Quantity> {
  const changed = Object.entries(quantities).map(([id, quantity]) => [id, change(id, quantity)] as const)
  return Object.fromEntries(changed.filter(([, quantity]) => quantity > 0))
}
