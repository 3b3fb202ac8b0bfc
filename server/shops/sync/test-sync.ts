import { randomUUID } from 'node:crypto'
import { newCustomer } from '../../../common/customers/api.ts'
import type { TestKernel } from '../../../tools/test-kernel.ts'
import { listeners } from '../../app/capabilities.ts'
import { createCustomer } from '../../customers/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import { dispatchEvents } from '../../kernel/jobs.ts'
import { connectShop } from '../connect-shop.ts'
import { HOOK_SECRET, type PlainShop } from './plain-shop.ts'
import { receiveHook } from './receive-hook.ts'
import { startSync } from './start-sync.ts'

export const quickPace = { pollEveryMs: 50, freshPollMs: 0, retryMs: 1, leaseMs: 400 }

/** The engine without HTTP and clockwork: a test says when hooks come in and when it looks. */
export async function openSync(tresen: TestKernel, shop: PlainShop) {
  const [channel] = await tresen.sql<{ id: string }>("select id from branches.channel where code = 'web'")
  const connectors = { woocommerce: shop.connector }
  await tresen.play(connectShop, {
    channelId: channel!.id,
    kind: 'woocommerce',
    address: 'https://shop.example',
    // it stands in the place of a real shop, which is asked for more
    secrets: { hookSecret: HOOK_SECRET, consumerKey: 'none', consumerSecret: 'none', webhookSecret: 'none' },
    safetyStock: 0,
    priceGroup: 'standard',
    active: true,
  })
  await tresen.play(
    createCustomer,
    newCustomer.parse({
      kind: 'consumer',
      name: 'Beate Beispiel',
      email: 'kunde@example.org',
      billTo: { name: 'Beate Beispiel', street: 'Weg 1', postalCode: '10115', city: 'Berlin' },
      mayBuyOnDeliveryNote: true,
      creditLimit: 100_000_000,
    }),
  )
  const shops = listeners.find((listener) => listener.name === 'shops')!
  let sync = startSync(tresen.kernel, connectors, quickPace)
  return {
    channelId: channel!.id,
    connectors,
    /** another process takes over, the old one just stops existing */
    restart(kernel: Kernel = tresen.kernel) {
      sync = startSync(kernel, connectors, quickPace)
    },
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
    /** once: what was announced becomes wishes, and what is due begins */
    async look(kernel: Kernel = tresen.kernel) {
      while (await dispatchEvents(kernel, shops)) {}
      await sync.look()
    },
    /** until nothing is left to do, with a poll at the end */
    async untilQuiet() {
      for (let calm = 0; calm < 2; ) {
        await tresen.sql('update shops.connection set polled_at = null')
        await this.look()
        await sync.settle()
        const [{ open } = { open: 0 }] = await tresen.sql<{ open: number }>(
          "select count(*)::int as open from shops.task t join shops.connection c using (channel_id) where c.active and t.state = 'open' and t.done < t.wished",
        )
        const [{ behind } = { behind: 0 }] = await tresen.sql<{ behind: number }>(
          "select count(*)::int as behind from kernel.event e, kernel.subscription s where s.name = 'shops' and (e.txid, e.position) > (s.txid, s.position)",
        )
        calm = open === 0 && behind === 0 ? calm + 1 : 0
        if (open > 0) await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    settle: () => sync.settle(),
    stop: () => sync.stop(),
  }
}
