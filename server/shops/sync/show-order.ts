import type { OrderState } from '../connector.ts'
import { stateForShop } from '../rules/state-for-shop.ts'
import { findOrderFacts } from './order-facts.ts'
import type { Said, Session } from './session.ts'
import type { Task } from './tasks.ts'

/**
 * The shop is told where an order stands: what left with which tracking number, what was cancelled, invoiced and paid. It
 * is always the whole state as it is now, so the newest wins and a lost answer does no harm.
 */
export async function showOrder({ kernel, shop, api }: Session, { objectId }: Task): Promise<Said> {
  const facts = await findOrderFacts(kernel.database, shop.channelId, objectId)
  if (!facts) return { outcome: 'nothing-to-do', answer: 'not an order of this shop' }
  const state = stateForShop(facts)
  const did = await api.showOrder(state)
  return {
    outcome: did.length > 0 ? 'done' : 'nothing-to-do',
    answer: did.join('; ') || null,
    facts: { number: facts.number, externalNumber: facts.externalNumber, ...figures(state) },
  }
}

function figures({ shipments, cancelled, payment, completed }: OrderState) {
  return {
    shipments: shipments.map((shipment) => shipment.number),
    cancelled: cancelled.all ? 'all' : Object.keys(cancelled.lines).length,
    paid: payment.paid,
    completed,
  }
}
