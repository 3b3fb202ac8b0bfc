import {
  CustomerAddressEvent,
  CustomerEvent,
  Fulfillment,
  FulfillmentStateTransitionEvent,
  type ID,
  OrderLineEvent,
  OrderPlacedEvent,
  OrderStateTransitionEvent,
  PaymentStateTransitionEvent,
  ProductEvent,
  ProductVariantEvent,
  RefundStateTransitionEvent,
  StockMovementEvent,
  type TransactionalConnection,
  type VendureEvent,
} from '@vendure/core'

/** What a hook says: a hint what to look at. Names, addresses and amounts stay in the shop; Tresen asks for them. */
export interface HookBody {
  type: string
  order?: OrderHint
  orders?: OrderHint[]
  from?: string
  to?: string
  change?: string
  customer?: { id: ID }
  /** variants by their id */
  articles?: { id: ID }[]
  /** movements of stock: variant, quantity, type */
  lines?: { v: ID; q: number; t: string }[]
}

interface OrderHint {
  id: ID
  code: string
  state: string
}

export const hookEvents = [
  OrderPlacedEvent,
  OrderStateTransitionEvent,
  OrderLineEvent,
  PaymentStateTransitionEvent,
  FulfillmentStateTransitionEvent,
  RefundStateTransitionEvent,
  StockMovementEvent,
  CustomerEvent,
  CustomerAddressEvent,
  ProductEvent,
  ProductVariantEvent,
] as const

/** The body of the hook an event is told by; undefined: nobody needs to know. */
export async function hookBodyOf(
  event: VendureEvent,
  connection: TransactionalConnection,
): Promise<HookBody | undefined> {
  const type = event.constructor.name
  if (event instanceof FulfillmentStateTransitionEvent) {
    const found = await connection
      .getRepository(event.ctx, Fulfillment)
      .findOne({ where: { id: event.fulfillment.id }, relations: ['orders'] })
    return { type, orders: (found?.orders ?? []).map(hint), from: event.fromState, to: event.toState }
  }
  if (event instanceof OrderLineEvent)
    // while a buyer fills his cart every click is such an event; only pieces taken out of a placed order matter
    return event.type === 'cancelled' ? { type, order: hint(event.order), change: event.type } : undefined
  if (
    event instanceof OrderPlacedEvent ||
    event instanceof OrderStateTransitionEvent ||
    event instanceof PaymentStateTransitionEvent ||
    event instanceof RefundStateTransitionEvent
  )
    return isPlaced(event.order)
      ? { type, order: hint(event.order), from: event.fromState, to: event.toState }
      : undefined
  return ofRecords(type, event)
}

function ofRecords(type: string, event: VendureEvent): HookBody | undefined {
  if (event instanceof StockMovementEvent)
    return {
      type,
      lines: event.stockMovements.map(({ productVariant, quantity, type: t }) => ({
        v: productVariant.id,
        q: quantity,
        t,
      })),
    }
  if (event instanceof CustomerEvent) return { type, customer: { id: event.customer.id }, change: event.type }
  if (event instanceof CustomerAddressEvent) {
    const { customer } = event.entity
    return customer ? { type, customer: { id: customer.id }, change: event.type } : undefined
  }
  if (event instanceof ProductEvent)
    return { type, articles: (event.product.variants ?? []).map(({ id }) => ({ id })), change: event.type }
  if (event instanceof ProductVariantEvent && !isStockOnly(event.input))
    return { type, articles: event.variants.map(({ id }) => ({ id })), change: event.type }
  return undefined
}

/** A write of stock changes no article; its movement is told by itself. */
function isStockOnly(input: unknown): boolean {
  const fields = Array.isArray(input) ? input.flatMap((one) => Object.keys(one as object)) : []
  return fields.length > 0 && fields.every((name) => ['id', 'stockLevels', 'stockOnHand'].includes(name))
}

function isPlaced(order: OrderHint): boolean {
  return !['Created', 'Draft', 'AddingItems', 'ArrangingPayment'].includes(order.state)
}

function hint({ id, code, state }: OrderHint): OrderHint {
  return { id, code, state }
}
