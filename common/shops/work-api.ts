import { z } from 'zod'
import { id, moment, nothing, page, pageOf, route, text, word } from '../route.ts'
import { shopRemark } from './remark.ts'
import { taskKind } from './task-kind.ts'

const tag = 'shops'
const byChannel = z.object({ channelId: id })

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
    remarks: z.array(shopRemark).describe('what was done or found'),
    answer: z.string().nullable().describe('what the other side said itself'),
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
    remarks: z.array(shopRemark).describe('why it was put off'),
    problem: z.string().nullable().describe('what the shop said itself'),
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
        code: z.enum(['more-ordered', 'line-added', 'cancelled-but-delivered', 'deleted-in-shop']),
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
