import type { Day } from '../../../common/dates.ts'
import type { Cents } from '../../../common/money.ts'
import type { OrderStatus } from '../../../common/orders/api.ts'
import type { Quantity } from '../../../common/quantity.ts'
import type { Correction, OrderState } from '../connector.ts'
import type { BundleLines } from './explode-bundles.ts'

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
 * complete, counted over all shipments, so that parts sent on two days make one bundle on the second.
 */
export function stateForShop(facts: OrderFacts): OrderState {
  const byId = new Map(facts.lines.map((line) => [line.id, line]))
  const goods = facts.lines.filter((line) => line.kind === 'goods' && line.externalLine !== null)
  const externalLines = [...new Set(goods.map((line) => line.externalLine!))]
  const sent = new Map<string, Quantity>()
  let told: Record<string, Quantity> = {}
  const shipments = facts.shipments.map(({ lines, ...shipment }) => {
    for (const { lineId, quantity } of lines) sent.set(lineId, (sent.get(lineId) ?? 0) + quantity)
    const total = piecesOf(externalLines, goods, facts.bundles, (line) => sent.get(line.id) ?? 0)
    const now = Object.fromEntries(
      Object.entries(total).flatMap(([id, pieces]) => {
        const more = pieces - (told[id] ?? 0)
        return more > 0 && lines.some((l) => byId.get(l.lineId)?.externalLine === id) ? [[id, more]] : []
      }),
    )
    told = total
    return { ...shipment, lines: now }
  })
  const left = piecesOf(externalLines, goods, facts.bundles, (line) => line.ordered - line.cancelled)
  const ordered = piecesOf(externalLines, goods, facts.bundles, (line) => line.ordered)
  const cancelled = Object.fromEntries(
    Object.entries(ordered).flatMap(([id, pieces]) => (pieces > left[id]! ? [[id, pieces - left[id]!]] : [])),
  )
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

type Line = OrderFacts['lines'][number]

function piecesOf(
  externalLines: readonly string[],
  goods: readonly Line[],
  bundles: BundleLines | null,
  quantityOf: (line: Line) => Quantity,
): Record<string, Quantity> {
  return Object.fromEntries(
    externalLines.map((id) => {
      const parts = goods.filter((line) => line.externalLine === id)
      const per = (line: Line) => bundles?.[id]?.[line.article ?? '']
      const pieces = parts.map((line) => {
        const each = per(line)
        return each === undefined ? quantityOf(line) : Math.floor(quantityOf(line) / each) * 1000
      })
      return [id, Math.min(...pieces)]
    }),
  )
}
