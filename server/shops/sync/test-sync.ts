import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { newCustomer } from '../../../common/customers/api.ts'
import type { ShopKind } from '../../../common/shops/api.ts'
import type { TestShop } from '../../../tools/test-builders.ts'
import type { TestKernel } from '../../../tools/test-kernel.ts'
import { listeners } from '../../app/capabilities.ts'
import { createCustomer } from '../../customers/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import { dispatchEvents } from '../../kernel/jobs.ts'
import { connectShop } from '../connect-shop.ts'
import type { ShopAccess } from '../connector.ts'
import { type Connectors, connectors as realConnectors } from '../connectors.ts'
import type { StandIn } from '../stand-in.ts'
import { matchShop } from '../wish-work.ts'
import { ACCOUNT, HOOK_SECRET, type PlainShop } from './plain-shop.ts'
import { receiveHook } from './receive-hook.ts'
import { startSync } from './start-sync.ts'
import { wishFor } from './tasks.ts'

export const quickPace = { pollEveryMs: 50, freshPollMs: 0, retryMs: 1, leaseMs: 400 }

/** The engine with the plain shop, without HTTP and clockwork: a test says when hooks come in and when it looks. */
export async function openSync(tresen: TestKernel, shop: PlainShop) {
  const connectors = { woocommerce: shop.connector }
  // it stands in the place of a real shop, which is asked for more
  const secrets = { hookSecret: HOOK_SECRET, consumerKey: 'none', consumerSecret: 'none', webhookSecret: 'none' }
  const access = { address: 'https://shop.example', secrets }
  const engine = await openEngine(tresen, { kind: 'woocommerce', access, connectors })
  await createBuyer(tresen, { email: 'kunde@example.org', shopIds: { web: ACCOUNT } })
  return {
    ...engine,
    connectors,
    orderOf: (id: string) => findOrder(tresen, `P-${id}`),
    async hooks() {
      for (const order of shop.hooks()) await this.hook(order)
    },
    async hook(order: string, delivery: string = randomUUID()) {
      return this.hookOf({ delivery, order })
    },
    async hookOf(content: Record<string, string>) {
      const body = JSON.stringify(content)
      const headers = { 'x-plain-signature': shop.sign(body) }
      return receiveHook(tresen.kernel.database, connectors, {
        channel: 'web',
        headers,
        body: Buffer.from(body),
        now: new Date(),
      })
    },
  }
}

/** The engine with a real connector against the stand-in of its shop, whose hooks come whenever the test waits. */
export async function openStandInSync(tresen: TestKernel, kind: ShopKind, shop: StandIn) {
  const pace = { ...quickPace, leaseMs: 30_000, pollEveryMs: 10_000, freshPollMs: 1_000 }
  const engine = await openEngine(tresen, { kind, access: shop.access, connectors: realConnectors, pace })
  return {
    ...engine,
    orderOf: async (id: string) => (await findOrder(tresen, shop.seen(id).number))!,
    async untilQuiet() {
      await wishFor(tresen.kernel.database, engine.channelId, 'take-order', shop.orderIds())
      await engine.untilQuiet()
    },
    /** an article of 100 pieces that is sold in the shop, its stock told; its SKU */
    async sell(here: TestShop): Promise<string> {
      const { number: sku } = await here.article({ stock: 100 })
      shop.addArticle({ sku, name: 'Hammer', grossPrice: 1195, stock: 0 })
      await tresen.play(matchShop, { channelId: engine.channelId })
      await engine.untilQuiet()
      return sku
    },
  }
}

/** A consumer the shop's orders are for, who may buy before he pays. */
export async function createBuyer(tresen: TestKernel, change: Partial<z.input<typeof newCustomer>>) {
  const buyer = {
    kind: 'consumer' as const,
    name: 'Beate Beispiel',
    billTo: { name: 'Beate Beispiel', street: 'Weg 1', postalCode: '10115', city: 'Berlin' },
    mayBuyOnDeliveryNote: true,
    creditLimit: 100_000_000,
  }
  await tresen.play(createCustomer, newCustomer.parse({ ...buyer, ...change }))
}

interface EngineOptions {
  kind: ShopKind
  access: ShopAccess
  connectors: Connectors
  pace?: typeof quickPace
}

/** Connects the shop to the channel "web" and starts the engine, which moves when the test says so. */
async function openEngine(tresen: TestKernel, { kind, access, connectors, pace = quickPace }: EngineOptions) {
  const [channel] = await tresen.sql<{ id: string }>("select id from branches.channel where code = 'web'")
  const channelId = channel!.id
  const common = { safetyStock: 0, priceGroup: 'standard', active: true }
  await tresen.play(connectShop, { channelId, kind, ...access, ...common })
  const shops = listeners.find((listener) => listener.name === 'shops')!
  let sync = startSync(tresen.kernel, connectors, pace)
  /** once: what was announced becomes wishes, and what is due begins */
  async function look(kernel: Kernel = tresen.kernel) {
    while (await dispatchEvents(kernel, shops)) {}
    await sync.look()
  }
  return {
    channelId,
    /** another process takes over, the old one just stops existing */
    restart(kernel: Kernel = tresen.kernel) {
      sync = startSync(kernel, connectors, pace)
    },
    look,
    /** until nothing is left to do, with a poll at the end */
    async untilQuiet() {
      for (let calm = 0; calm < 2; ) {
        await tresen.sql('update shops.connection set polled_at = null')
        await look()
        await sync.settle()
        const { open, behind } = await whatIsLeft(tresen)
        calm = open === 0 && behind === 0 ? calm + 1 : 0
        if (open > 0) await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    settle: () => sync.settle(),
    stop: () => sync.stop(),
  }
}

/** Wishes of shops that are active and not done, and events that have not become wishes. */
async function whatIsLeft({ sql }: TestKernel): Promise<{ open: number; behind: number }> {
  const [{ open } = { open: 0 }] = await sql<{ open: number }>(
    "select count(*)::int as open from shops.task t join shops.connection c using (channel_id) where c.active and t.state = 'open' and t.done < t.wished",
  )
  const [{ behind } = { behind: 0 }] = await sql<{ behind: number }>(
    "select count(*)::int as behind from kernel.event e, kernel.subscription s where s.name = 'shops' and (e.txid, e.position) > (s.txid, s.position)",
  )
  return { open, behind }
}

/** The order with that number of the shop, once it is taken. */
async function findOrder({ sql }: TestKernel, externalNumber: string) {
  const [order] = await sql<{ id: string; lines: { id: string; cancelled: number; delivered: number }[] }>(
    `select o.id, jsonb_agg(jsonb_build_object('id', l.id, 'cancelled', l.cancelled, 'delivered', l.delivered) order by l.position) as lines
       from orders.sales_order o join orders.order_line l on l.order_id = o.id where o.external_number = $1 group by o.id`,
    [externalNumber],
  )
  return order
}
