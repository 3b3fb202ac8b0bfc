import { z } from 'zod'
import { cents, id, moment, nothing, quantity, route, text, word } from '../route.ts'

import { shopRemark } from './remark.ts'
import { taskKind } from './task-kind.ts'

export type { TaskKind } from './task-kind.ts'

export const shopKind = z.enum(['vendure', 'woocommerce', 'shopware', 'shopify'])
export type ShopKind = z.output<typeof shopKind>

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
    publicAddress: z.string().nullable().describe('our own address as the shop reaches it'),
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
    publicAddress: z
      .url({ protocol: /^https?$/ })
      .max(300)
      .optional()
      .describe('our own address as the shop reaches it; where the shop lets us, its hooks are set up by themselves'),
    safetyStock: quantity.default(0).describe('kept back in the shop of every article'),
    priceGroup: word(40).default('standard').describe('whose prices the shop shows'),
    ordersSince: moment
      .optional()
      .describe('first connection: orders changed from here on are taken; left out: from now on'),
    active: z.boolean().default(true),
    moved: z.boolean().default(false).describe('it is the same shop at another address; its orders go on'),
  }),
  output: nothing,
  refusals: ['not-found', 'secret-missing', 'another-shop'],
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
    warnings: z.array(shopRemark),
    trouble: z.enum(['unreachable', 'throttled', 'unauthorised', 'refused', 'conflict']).nullable(),
    remarks: z.array(shopRemark).describe('what is wrong, where we know it'),
    problem: z.string().nullable().describe('what the shop said, in its own words'),
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
    customer: z
      .object({
        shopCustomerId: word(120).optional().describe('of the account whose owner is logged in; never of a guest'),
        customerNumber: word(40).optional().describe('as the shop keeps it at the account; never what a buyer typed'),
      })
      .describe('by a linked account or our number; e-mail and VAT id are not asked for, anybody can type them'),
    amount: cents.min(0).describe('gross amount of the order'),
    language: z.enum(['de', 'en']).default('de'),
  }),
  output: checkoutAnswer,
  refusals: ['unknown-channel'],
})
export * from './catalogue-api.ts'
export * from './remark.ts'
export * from './shopware-api.ts'
export * from './work-api.ts'
