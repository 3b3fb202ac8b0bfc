import { z } from 'zod'
import { cents, id, moment, nothing, page, pageOf, positiveQuantity, quantity, route, text, word } from '../route.ts'

export const shopKind = z.enum(['vendure', 'woocommerce', 'shopware', 'shopify'])
export type ShopKind = z.output<typeof shopKind>

/** What a shop is asked and told about. */
export const taskKind = z.enum([
  'take-order',
  'take-customer',
  'stock',
  'show-order',
  'show-article',
  'match',
  'recount',
  'publish',
  'replay',
])
export type TaskKind = z.output<typeof taskKind>

const health = z.object({
  state: z.enum(['ok', 'paused', 'trouble', 'keys-refused']),
  trouble: z.string().nullable().describe('what the shop answered last, in its own words'),
  notBefore: moment.nullable().describe('when it is asked again after trouble'),
  lastOrderIn: moment.nullable(),
  lastWriteOut: moment.nullable(),
  polledAt: moment.nullable(),
  recountedAt: moment.nullable(),
  waiting: z.int(),
  oldestWaiting: moment.nullable(),
  dead: z.int(),
  parked: z.int().describe('orders of this channel that wait for somebody'),
  conflicts: z.int().describe('orders that changed in the shop in a way somebody has to decide'),
  drifting: z.int(),
  listings: z.int(),
})

export const shop = z
  .object({
    channelId: id,
    channel: z.string(),
    name: z.string(),
    kind: shopKind,
    address: z.string(),
    /** names only: what was given stays here */
    secretsGiven: z.array(z.string()),
    safetyStock: quantity,
    priceGroup: z.string(),
    active: z.boolean(),
    hookAddress: z.string().describe('path the shop sends its hooks to'),
    progress: z.object({ kind: taskKind, done: z.int(), of: z.int().nullable() }).nullable(),
    health,
  })
  .meta({ id: 'Shop' })
export type Shop = z.output<typeof shop>

const tag = 'shops'
const byChannel = z.object({ channelId: id })

export const listShops = route({
  method: 'GET',
  path: '/api/shops',
  summary: 'Connected shops and how they are doing',
  tag,
  permission: 'settings.read',
  output: z.object({
    shops: z.array(shop),
    kinds: z.array(
      z.object({
        kind: shopKind,
        secrets: z.array(
          z.object({
            name: z.string(),
            label: z.object({ de: z.string(), en: z.string() }),
            optional: z.boolean(),
          }),
        ),
      }),
    ),
  }),
  refusals: [],
})
export const connectShop = route({
  method: 'PUT',
  path: '/api/shops/:channelId',
  summary: 'Connect a shop to a sales channel, or change how it is reached',
  tag,
  permission: 'settings.write',
  params: byChannel,
  body: z.object({
    kind: shopKind,
    address: z.url({ protocol: /^https?$/ }).max(300),
    secrets: z.record(word(60), text(4000)).default({}).describe('left out: those given before stay'),
    safetyStock: quantity.default(0).describe('kept back in the shop of every article'),
    priceGroup: word(40).default('standard').describe('whose prices the shop shows'),
    active: z.boolean().default(true),
  }),
  output: nothing,
  refusals: ['not-found', 'secret-missing'],
})
export const testShop = route({
  method: 'POST',
  path: '/api/shops/:channelId/test',
  summary: 'Asks the shop whether address and keys work, and says what is wrong',
  tag,
  permission: 'settings.write',
  params: byChannel,
  output: z.object({
    ok: z.boolean(),
    shopName: z.string().nullable(),
    version: z.string().nullable(),
    currency: z.string().nullable(),
    warnings: z.array(z.string()),
    trouble: z.enum(['unreachable', 'throttled', 'unauthorised', 'refused', 'conflict']).nullable(),
    problem: z.string().nullable(),
  }),
  refusals: ['not-found'],
})
export const receiveHook = route({
  method: 'POST',
  path: '/api/shops/:channel/hooks',
  summary: 'A hook of the shop, signed by it; a hint what to look at',
  tag,
  permission: 'public',
  params: z.object({ channel: word(40) }),
  output: nothing,
  refusals: ['bad-signature'],
})

export const receipt = z
  .object({
    id,
    at: moment,
    direction: z.enum(['in', 'out']),
    kind: z.string(),
    objectId: z.string(),
    label: z.string().nullable().describe('order number, article number: what a person calls it'),
    attempt: z.int(),
    outcome: z.enum(['received', 'done', 'nothing-to-do', 'parked', 'stale', 'again', 'dead']),
    answer: z.string().nullable(),
    facts: z.record(z.string(), z.unknown()),
    milliseconds: z.int().nullable(),
  })
  .meta({ id: 'ShopReceipt' })
export const listReceipts = route({
  method: 'GET',
  path: '/api/shops/:channelId/receipts',
  summary: 'Every event in and out, newest first',
  tag,
  permission: 'settings.read',
  params: byChannel,
  query: page.extend({
    q: text(100).optional().describe('order number, article number or id'),
    direction: z.enum(['in', 'out']).optional(),
    outcome: receipt.shape.outcome.optional(),
  }),
  output: pageOf(receipt),
  refusals: [],
})

export const shopTask = z
  .object({
    id,
    kind: taskKind,
    objectId: z.string(),
    label: z.string().nullable(),
    wishedAt: moment,
    attempts: z.int(),
    notBefore: moment.nullable(),
    state: z.enum(['open', 'dead']),
    problem: z.string().nullable(),
  })
  .meta({ id: 'ShopTask' })
export const listTasks = route({
  method: 'GET',
  path: '/api/shops/:channelId/tasks',
  summary: 'What waits to be taken or sent, and what was given up',
  tag,
  permission: 'settings.read',
  params: byChannel,
  query: page.extend({ state: z.enum(['open', 'dead']).default('dead') }),
  output: pageOf(shopTask),
  refusals: [],
})
export const retryTasks = route({
  method: 'POST',
  path: '/api/shops/:channelId/retry',
  summary: 'Send again what was given up: one, or all',
  tag,
  permission: 'orders.write',
  params: byChannel,
  body: z.object({ taskId: id.optional() }),
  output: z.object({ again: z.int() }),
  refusals: ['not-found'],
})
export const replayShop = route({
  method: 'POST',
  path: '/api/shops/:channelId/replay',
  summary: 'Asks the shop again for all orders changed since a moment',
  tag,
  permission: 'settings.write',
  params: byChannel,
  body: z.object({ since: moment }),
  output: nothing,
  refusals: ['not-found'],
})
export const recountShop = route({
  method: 'POST',
  path: '/api/shops/:channelId/recount',
  summary: "Compares every article's stock in the shop with ours and mends what differs",
  tag,
  permission: 'stock.write',
  params: byChannel,
  output: nothing,
  refusals: ['not-found'],
})

export const driftRow = z
  .object({
    listingId: id,
    sku: z.string(),
    name: z.string(),
    shown: z.int().nullable().describe('pieces the shop shows'),
    expected: z.int().nullable().describe('pieces it should show'),
    since: moment,
    why: z.enum(['waiting-to-send', 'given-up', 'shop-in-trouble', 'order-not-taken', 'changed-in-shop']),
  })
  .meta({ id: 'ShopDrift' })
export const listDrift = route({
  method: 'GET',
  path: '/api/shops/:channelId/drift',
  summary: 'Articles whose stock the shop shows otherwise than it should, since when and why',
  tag,
  permission: 'settings.read',
  params: byChannel,
  query: page,
  output: pageOf(driftRow),
  refusals: [],
})

export const shopConflict = z
  .object({
    externalId: z.string(),
    externalNumber: z.string(),
    orderId: id.nullable(),
    number: z.string().nullable(),
    seenAt: moment,
    differences: z.array(
      z.object({
        code: z.enum(['more-ordered', 'line-added', 'cancelled-but-delivered']),
        facts: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: 'ShopConflict' })
export const listConflicts = route({
  method: 'GET',
  path: '/api/shops/:channelId/conflicts',
  summary: 'Orders that changed in the shop after they were taken, in a way somebody has to decide',
  tag,
  permission: 'orders.read',
  params: byChannel,
  output: z.object({ rows: z.array(shopConflict) }),
  refusals: [],
})
export const settleConflict = route({
  method: 'POST',
  path: '/api/shops/:channelId/conflicts/settle',
  summary: 'Somebody dealt with it: the difference is no longer shown',
  tag,
  permission: 'orders.write',
  params: byChannel,
  body: z.object({ externalId: word(120), reason: word(300) }),
  output: nothing,
  refusals: ['not-found'],
})

export const matchShop = route({
  method: 'POST',
  path: '/api/shops/:channelId/match',
  summary: "Reads the shop's catalogue and matches it with our articles by SKU and GTIN",
  tag,
  permission: 'settings.write',
  params: byChannel,
  output: nothing,
  refusals: ['not-found'],
})
export const catalogueRow = z
  .object({
    sku: z.string().nullable(),
    articleId: id.nullable(),
    articleNumber: z.string().nullable(),
    name: z.string(),
    gtin: z.string().nullable(),
    price: cents.nullable(),
    parts: z.int(),
    candidates: z.array(z.string()).describe('ambiguous: articles of ours it could be'),
  })
  .meta({ id: 'ShopCatalogueRow' })
export const showCatalogue = route({
  method: 'GET',
  path: '/api/shops/:channelId/catalogue',
  summary: 'What is matched, only here, only there, ambiguous',
  tag,
  permission: 'settings.read',
  params: byChannel,
  query: page.extend({ show: z.enum(['matched', 'only-here', 'only-there', 'ambiguous']).default('matched') }),
  output: pageOf(catalogueRow).extend({
    counts: z.object({ matched: z.int(), onlyHere: z.int(), onlyThere: z.int(), ambiguous: z.int() }),
    readAt: moment.nullable(),
  }),
  refusals: [],
})
export const takeShopArticles = route({
  method: 'POST',
  path: '/api/shops/:channelId/take-articles',
  summary: "Makes articles of ours from the shop's that are only there",
  tag,
  permission: 'catalog.write',
  params: byChannel,
  body: z.object({ skus: z.array(word(80)).max(1000).optional().describe('left out: all that are only there') }),
  output: z.object({ wanted: z.int() }),
  refusals: ['not-found'],
})
export const publishArticles = route({
  method: 'POST',
  path: '/api/shops/:channelId/publish',
  summary: 'Makes articles in the shop from ours that are only here',
  tag,
  permission: 'settings.write',
  params: byChannel,
  body: z.object({ articleIds: z.array(id).max(1000).optional().describe('left out: all that are only here') }),
  output: z.object({ wanted: z.int() }),
  refusals: ['not-found'],
})
export const saveListing = route({
  method: 'PUT',
  path: '/api/shops/:channelId/listings',
  summary: 'Says by hand what a shop article is made of: one of ours, or several of a bundle',
  tag,
  permission: 'settings.write',
  params: byChannel,
  body: z.object({
    sku: word(80),
    parts: z
      .array(z.object({ article: word(80), quantity: positiveQuantity }))
      .max(50)
      .describe('empty: not ours'),
  }),
  output: nothing,
  refusals: ['not-found', 'unknown-article'],
})

export const checkoutAnswer = z
  .object({
    allowed: z.boolean(),
    reasons: z.array(z.object({ code: z.string(), text: z.string() })),
    customerNumber: z.string().nullable(),
    available: cents.nullable().describe('what is left of the credit limit, only for who may buy on delivery note'),
  })
  .meta({ id: 'CheckoutAnswer' })
export const askCheckout = route({
  method: 'POST',
  path: '/api/checkout-question',
  summary: 'May this customer buy this amount on delivery note? Asked by a shop at its checkout',
  tag,
  permission: 'checkout.ask',
  body: z.object({
    channel: word(40),
    customer: z.object({
      shopCustomerId: word(120).optional(),
      email: text(254).optional(),
      vatId: text(20).optional(),
      customerNumber: word(40).optional(),
    }),
    amount: cents.min(0).describe('gross amount of the order'),
    language: z.enum(['de', 'en']).default('de'),
  }),
  output: checkoutAnswer,
  refusals: ['unknown-channel'],
})
export const channelStock = route({
  method: 'GET',
  path: '/api/channels/:channel/stock',
  summary: 'What a channel may sell: on hand less reserved over its stock locations, in pieces',
  tag,
  permission: 'stock.read',
  params: z.object({ channel: word(40) }),
  query: page.extend({ article: word(80).optional().describe('article number') }),
  output: pageOf(z.object({ id, article: z.string(), available: quantity })),
  refusals: ['unknown-channel'],
})
