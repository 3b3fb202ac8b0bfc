import { importOrders as importOrdersRoute } from '../../common/orders/api.ts'
import { type Binding, raw } from '../kernel/index.ts'
import { importOrders } from './import-orders.ts'
import type { ShopFormat } from './read-shop-orders.ts'

export const shopRoutes: Binding[] = [
  raw(importOrdersRoute, async (request, reply, { kernel, identity }) => {
    const { format, channel } = request.query as { format: ShopFormat; channel: string }
    const actor = { kind: identity!.kind, id: identity!.id }
    return reply.send({ orders: await importOrders(kernel, actor, { format, channel, document: request.body }) })
  }),
]
