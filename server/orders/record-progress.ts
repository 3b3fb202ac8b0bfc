import type { Cents } from '../../common/money.ts'
import type { Quantity } from '../../common/quantity.ts'
import type { Work } from '../kernel/index.ts'
import { shiftAccount } from '../receivables/index.ts'
import { exposureChange } from './rules/line-exposure.ts'
import { type OrderLineRow, type OrderRow, shiftLines } from './store.ts'

/** What happened to order lines further down the chain; the orders are locked by the caller, exposure follows. */
export interface Progress {
  line: OrderLineRow
  planned?: Quantity
  delivered?: Quantity
  invoiced?: Quantity
  returned?: Quantity
}

/**
 * Moves the quantities of order lines (planned on a note, delivered, invoiced, returned; negative where something is taken back)
 * and with them what the customer owes by stage; `also` is what else changes on his account by the same step. The lines'
 * own checks refuse what can't be.
 */
export function recordProgress(
  work: Work,
  orders: readonly OrderRow[],
  progress: readonly Progress[],
  also: { openItems?: Cents; credits?: Cents; downPayments?: Cents } = {},
): void {
  const steps = merged(progress)
  shiftLines(
    work,
    steps.map(({ line, ...shift }) => ({ id: line.id, ...shift })),
  )
  const ordersById = new Map(orders.map((o) => [o.id, o]))
  const changes = new Map<string, { openOrders: number; unbilled: number }>()
  for (const p of steps) {
    const order = ordersById.get(p.line.orderId)!
    const after = {
      ...p.line,
      planned: p.line.planned + (p.planned ?? 0),
      delivered: p.line.delivered + (p.delivered ?? 0),
      invoiced: p.line.invoiced + (p.invoiced ?? 0),
      returned: p.line.returned + (p.returned ?? 0),
    }
    const change = exposureChange(p.line, after)
    const sum = changes.get(order.customerId) ?? { openOrders: 0, unbilled: 0 }
    if (order.onAccount) sum.openOrders += change.openOrders
    sum.unbilled += change.unbilled
    changes.set(order.customerId, sum)
  }
  const isMore = Object.values(also).some((amount) => amount !== 0)
  let rest = also
  for (const [customerId, change] of changes) {
    if (change.openOrders !== 0 || change.unbilled !== 0 || isMore)
      shiftAccount(work, customerId, { ...change, ...rest })
    rest = {}
  }
}

/** One line may stand on several notes of an invoice: its steps are added up before the exposure is taken. */
function merged(progress: readonly Progress[]): Progress[] {
  const byLine = new Map<string, Progress>()
  for (const p of progress) {
    const before = byLine.get(p.line.id)
    byLine.set(
      p.line.id,
      before
        ? {
            line: p.line,
            planned: (before.planned ?? 0) + (p.planned ?? 0),
            delivered: (before.delivered ?? 0) + (p.delivered ?? 0),
            invoiced: (before.invoiced ?? 0) + (p.invoiced ?? 0),
            returned: (before.returned ?? 0) + (p.returned ?? 0),
          }
        : p,
    )
  }
  return [...byLine.values()]
}
