import { type Cents, cumulativeShare } from '../../../common/money.ts'
import type { Quantity } from '../../../common/quantity.ts'

/** The quantities of an order line and the gross amount of the whole line. */
export interface LineQuantities {
  ordered: Quantity
  cancelled: Quantity
  planned: Quantity
  delivered: Quantity
  returned: Quantity
  invoiced: Quantity
  gross: Cents
}

/** What a line adds to the customer's exposure: as open order, and as delivered and not yet billed. */
export function lineExposure(line: LineQuantities): { openOrders: Cents; unbilled: Cents } {
  return {
    openOrders: cumulativeShare(line.gross, line.ordered - line.cancelled - line.delivered, line.ordered),
    unbilled: cumulativeShare(line.gross, line.delivered - line.returned - line.invoiced, line.ordered),
  }
}

/** How the exposure changes when a line's quantities change. */
export function exposureChange(before: LineQuantities, after: LineQuantities): { openOrders: Cents; unbilled: Cents } {
  const from = lineExposure(before)
  const to = lineExposure(after)
  return { openOrders: to.openOrders - from.openOrders, unbilled: to.unbilled - from.unbilled }
}
