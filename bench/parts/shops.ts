import { newArticle } from '../../common/catalog/api.ts'
import { saveChannel } from '../../server/branches/index.ts'
import { saveArticles } from '../../server/catalog/index.ts'
import { newId, perform, systemActor } from '../../server/kernel/index.ts'
import { connectShop } from '../../server/shops/connect-shop.ts'
import { startStandIn, type WooStandIn } from '../../server/shops/woocommerce/stand-in.ts'
import { receiveGoods } from '../../server/stock/index.ts'
import { followEvents } from '../follow-events.ts'
import { percentile, round, withClients } from '../measure.ts'
import type { Part } from '../run.ts'
import type { RunningServer, World } from '../world.ts'

const CHANNEL = 'web-shop'
const PER_SECOND = 20

/**
 * A shop beside the server: from its hook to the order on a screen, from a goods issue here to the write there, the first
 * telling of every article's stock, and the question at checkout. The shop is the stand-in for WooCommerce, in the
 * process that measures; it answers at once, so what is measured is ours.
 */
export const shops: Part = {
  name: 'shops',
  async run(world, { quick }) {
    const shop = await startStandIn({ random: Math.random })
    try {
      const channelId = await connect(world, shop)
      const server = await world.serverWithJobs()
      shop.hooksTo(`${server.client.address}/api/shops/${CHANNEL}/hooks`)
      const hookToVisible = await measureHooks(world, server, shop, quick ? 100 : 400)
      const issueToWrite = await measureGoodsIssues(world, server, quick ? 50 : 200)
      const checkout = await measureCheckout(world, server, quick ? 400 : 2_000)
      const push = await measurePush(world, server, { shop, channelId, articles: quick ? 2_000 : 100_000 })
      await world.mustHold('shops')
      return report({ hookToVisible, issueToWrite, checkout, ...push })
    } finally {
      await world.restartServer()
      await shop.close()
    }
  },
}

const SOLD = 50

/** The channel, the connection, and some articles that are in both. */
async function connect(world: World, shop: WooStandIn): Promise<string> {
  const channelId = newId()
  await world.play(saveChannel, {
    id: channelId,
    code: CHANNEL,
    name: 'Webshop',
    kind: 'web-shop',
    priceMode: 'gross',
    locations: [world.locationId],
    paymentMethods: {},
    active: true,
  })
  for (const sku of world.articles.slice(0, SOLD))
    shop.addArticle({ sku, name: sku, grossPrice: 1_190, stock: 1_000_000 })
  await world.play(connectShop, {
    channelId,
    kind: 'woocommerce',
    ...shop.access,
    safetyStock: 0,
    priceGroup: 'standard',
    active: true,
  })
  return channelId
}

async function wish(server: RunningServer, channelId: string, work: 'match' | 'recount'): Promise<void> {
  await server.client.post(`/api/shops/${channelId}/${work}`, {})
}

async function measureHooks(world: World, server: RunningServer, shop: WooStandIn, count: number): Promise<number> {
  const [{ channelId } = { channelId: '' }] = (
    await world.pool.query<{ channelId: string }>('select channel_id as "channelId" from shops.connection')
  ).rows
  await wish(server, channelId, 'match')
  await untilDone(world)
  const placed = new Map<string, number>()
  const stop = await followEvents(server.client, (type, data) => {
    if (type === 'order.placed') placed.set(String(data.externalNumber), performance.now())
  })
  const sent = new Map<string, number>()
  for (let i = 0; i < count; i++) {
    const turn = performance.now()
    const sku = world.articles[i % SOLD]!
    const id = shop.buy({ lines: [{ sku, quantity: 1 }], pay: 'later', email: `k${i % 100}@kunde.example` })
    sent.set(id, performance.now())
    await shop.sendHooks()
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, turn + 1_000 / PER_SECOND - performance.now())))
  }
  await untilDone(world)
  await stop()
  const times = [...sent].map(([id, at]) => {
    const seen = placed.get(id)
    if (seen === undefined) throw new Error(`order ${id} of the shop was never seen`)
    return seen - at
  })
  return round(percentile(times, 0.99), 1)
}

/** From the goods issue as its event tells it to the receipt of the stock write for its article. */
async function measureGoodsIssues(world: World, { client }: RunningServer, count: number): Promise<number> {
  const since = new Date()
  for (let i = 0; i < count; i++) {
    const order = await client.post<{ orderId: string }>('/api/orders', {
      channel: 'phone',
      customer: { customerNumber: world.customers[i % world.customers.length]!.number },
      paymentMethod: 'on-delivery-note',
      lines: [{ article: world.articles[i % SOLD]!, quantity: 1000 }],
    })
    // the order changed the stock as well: told first, so that what is measured is the goods issue
    await untilDone(world)
    const note = await client.post<{ id: string }>('/api/delivery-notes', { orderIds: [order.orderId] })
    await client.post(`/api/delivery-notes/${note.id}/goods-issue`, {})
    await new Promise((resolve) => setTimeout(resolve, 1_000 / PER_SECOND))
  }
  await untilDone(world)
  const { rows } = await world.pool.query<{ ms: number }>(
    `select extract(epoch from min(r.at) - e.at) * 1000 as ms
       from kernel.event e join delivery.note_line n on n.note_id = (e.data->>'deliveryNoteId')::uuid
       join orders.order_line o on o.id = n.order_line_id join shops.listing_part p on p.article_id = o.article_id
       join shops.receipt r on r.kind = 'stock' and r.outcome = 'done' and r.object_id = p.listing_id::text and r.at > e.at
      where e.type = 'delivery.goods-issued' and e.at > $1 group by e.id, e.at`,
    [since],
  )
  if (rows.length < count) throw new Error(`${count} goods issues, ${rows.length} writes`)
  return round(
    percentile(
      rows.map((row) => Number(row.ms)),
      0.99,
    ),
    1,
  )
}

async function measureCheckout(world: World, { client }: RunningServer, count: number): Promise<number> {
  const times = await withClients(4, count, (i) =>
    client.post('/api/checkout-question', {
      channel: CHANNEL,
      customer: { shopCustomerId: String((i % world.customers.length) + 1) },
      amount: 10_000,
    }),
  )
  return round(percentile(times, 0.99), 1)
}

interface Push {
  fullStockPushPerSecond: number
  pushed: number
  memoryGrewMb: number
}

/** A shop with very many articles is connected: matched, and told of every stock once. */
async function measurePush(
  world: World,
  server: RunningServer,
  { shop, channelId, articles }: { shop: WooStandIn; channelId: string; articles: number },
): Promise<Push> {
  for (let at = 0; at < articles; at += 5_000) {
    const rows = Array.from({ length: Math.min(5_000, articles - at) }, (_, i) => ({
      ...newArticle.parse({ number: `P-${at + i}`, nameDe: `Artikel ${at + i}`, listPrice: 10_000 }),
      id: newId(),
    }))
    await perform(world.kernel, { name: 'save-articles', actor: systemActor, input: {} }, (work) =>
      saveArticles(work, rows),
    )
    await world.play(receiveGoods, {
      locationId: world.locationId,
      lines: rows.map(({ id }) => ({ articleId: id, quantity: 5_000 })),
    })
    for (const { number } of rows) shop.addArticle({ sku: number, name: number, grossPrice: 1_190, stock: 0 })
  }
  const before = (await server.figures()).rss
  let highest = before
  const watch = setInterval(() => {
    void server.figures().then(({ rss }) => {
      highest = Math.max(highest, rss)
    })
  }, 500)
  await wish(server, channelId, 'match')
  await until(world, "select count(*)::int as left from shops.task where kind = 'match' and done < wished")
  const from = performance.now()
  await untilDone(world)
  clearInterval(watch)
  const seconds = (performance.now() - from) / 1000
  return {
    fullStockPushPerSecond: round(articles / seconds, 0),
    pushed: articles,
    memoryGrewMb: Math.round((highest - before) / 1_048_576),
  }
}

async function until(world: World, left: string): Promise<void> {
  while ((await world.pool.query<{ left: number }>(left)).rows[0]!.left > 0)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Nothing waits any more: every event is in, and every task done. */
async function untilDone(world: World): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100))
  await until(
    world,
    `select ((select count(*) from shops.task where state = 'open' and done < wished)
       + (select count(*) from kernel.event e, kernel.subscription s where s.name = 'shops' and (e.txid, e.position) > (s.txid, s.position)))::int as left`,
  )
}

function report(figures: { hookToVisible: number; issueToWrite: number; checkout: number } & Push) {
  const target = (what: string, figure: number, most: number) => ({
    what,
    figure,
    target: `<= ${most}`,
    reached: figure <= most,
  })
  return {
    figures: {
      shops: {
        hookToVisibleP99Ms: figures.hookToVisible,
        issueToStockWriteP99Ms: figures.issueToWrite,
        fullStockPushPerSecond: figures.fullStockPushPerSecond,
        checkoutQuestionP99Ms: figures.checkout,
        pushedArticles: figures.pushed,
        pushMemoryGrewMb: figures.memoryGrewMb,
      },
    },
    targets: [
      target('hook received to order visible live, p99 ms at 20 orders/s', figures.hookToVisible, 150),
      target('goods issue to stock write sent to the shop, p99 ms', figures.issueToWrite, 300),
      target('question at checkout, p99 ms', figures.checkout, 50),
      target(`memory grown while ${figures.pushed} articles are told, MB`, figures.memoryGrewMb, 100),
    ],
  }
}
