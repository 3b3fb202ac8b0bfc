import { importOrders as importOrdersRoute } from '../../common/orders/api.ts'
import * as api from '../../common/shops/api.ts'
import { type Binding, raw, read, write } from '../kernel/index.ts'
import { askCheckout } from './ask-checkout.ts'
import { connectShop } from './connect-shop.ts'
import { connectors } from './connectors.ts'
import { findShops } from './find-shops.ts'
import { findConflicts, findDrift, findReceipts, findTasks } from './find-work.ts'
import { importOrders } from './import-orders.ts'
import type { ShopFormat } from './read-shop-orders.ts'
import { saveListing } from './save-listing.ts'
import { shopwareRoutes } from './shopware/routes.ts'
import { findCatalogue } from './show-catalogue.ts'
import { receiveHook } from './sync/receive-hook.ts'
import { publishArticles, takeShopArticles } from './take-articles.ts'
import { testConnection } from './test-connection.ts'
import { matchShop, recountShop, replayShop, retryTasks, settleConflict } from './wish-work.ts'

export const shopRoutes: Binding[] = [
  raw(importOrdersRoute, async (request, reply, { kernel, identity }) => {
    const { format, channel } = request.query as { format: ShopFormat; channel: string }
    const actor = { kind: identity!.kind, id: identity!.id }
    return reply.send({ orders: await importOrders(kernel, actor, { format, channel, document: request.body }) })
  }),
  raw(
    api.receiveHook,
    async (request, reply, { kernel }) => {
      const { channel } = request.params as { channel: string }
      const headers = request.headers as Record<string, string | undefined>
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const { fresh } = await receiveHook(kernel.database, connectors, { channel, headers, body, now: new Date() })
      if (fresh) kernel.wake()
      return reply.send({})
    },
    { bytes: true },
  ),
  read(api.listShops, findShops),
  write(api.connectShop, connectShop),
  raw(api.testShop, async (request, reply, { kernel }) =>
    reply.send(await testConnection(kernel.database, request.params as { channelId: string })),
  ),
  read(api.listReceipts, findReceipts),
  read(api.listTasks, findTasks),
  write(api.retryTasks, retryTasks),
  write(api.replayShop, replayShop),
  write(api.recountShop, recountShop),
  read(api.listDrift, findDrift),
  read(api.listConflicts, findConflicts),
  write(api.settleConflict, settleConflict),
  write(api.matchShop, matchShop),
  read(api.showCatalogue, findCatalogue),
  write(api.takeShopArticles, takeShopArticles),
  write(api.publishArticles, publishArticles),
  write(api.saveListing, saveListing),
  read(api.askCheckout, askCheckout),
  ...shopwareRoutes,
]
