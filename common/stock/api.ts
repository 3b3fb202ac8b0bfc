import { z } from 'zod'
import { id, moment, page, pageOf, positiveQuantity, quantity, route, text, word } from '../route.ts'

export const stockLevel = z
  .object({
    articleId: id,
    articleNumber: z.string(),
    locationId: id,
    locationCode: z.string(),
    locationName: z.string(),
    onHand: quantity,
    reserved: quantity,
    available: quantity,
    backordered: quantity.optional(),
  })
  .meta({ id: 'StockLevel' })
export const movementReason = z.enum(['goods-receipt', 'goods-issue', 'correction', 'transfer', 'return'])
export const stockMovement = z
  .object({
    id,
    at: moment,
    articleId: id,
    articleNumber: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    quantity: positiveQuantity,
    reason: movementReason,
    note: z.string().nullable(),
    referenceKind: z.string().nullable(),
    referenceId: z.string().nullable(),
    referenceNumber: z.string().nullable(),
  })
  .meta({ id: 'StockMovement' })

const tag = 'stock'
export const listStock = route({
  method: 'GET',
  path: '/api/stock',
  summary: 'Stock by article and location',
  tag,
  permission: 'stock.read',
  query: page.extend({ articleId: id.optional(), locationId: id.optional() }),
  output: pageOf(stockLevel),
  refusals: [],
})
export const listMovements = route({
  method: 'GET',
  path: '/api/stock/movements',
  summary: 'Stock movements, newest first',
  tag,
  permission: 'stock.read',
  query: page.extend({ articleId: id.optional() }),
  output: pageOf(stockMovement),
  refusals: [],
})
export const receiveGoods = route({
  method: 'POST',
  path: '/api/stock/goods-receipts',
  summary: 'Goods receipt: stock rises, waiting orders get their reservation',
  tag,
  permission: 'stock.write',
  body: z.object({
    locationId: id,
    note: text(200).optional(),
    lines: z
      .array(z.object({ articleId: id, quantity: positiveQuantity }))
      .min(1)
      .max(1000),
  }),
  output: z.object({ movements: z.int(), backordersReserved: z.int() }),
  refusals: ['unknown-location', 'unknown-article'],
})
export const correctStock = route({
  method: 'POST',
  path: '/api/stock/corrections',
  summary: 'Stock correction with reason; reservations that no longer fit go to other locations or become backorders',
  tag,
  permission: 'stock.write',
  body: z.object({ locationId: id, articleId: id, counted: quantity, reason: word(200) }),
  output: z.object({
    difference: z.int(),
    reservationsLost: z.int().describe('thousandths that wait for goods now, at no location of their channel'),
  }),
  refusals: ['unknown-location', 'unknown-article'],
})

/**
 * What a shop may promise: on hand less reserved over the locations that serve the channel. What it keeps back as safety
 * stock, and what it sold in orders that are parked here, is not in it.
 */
export const channelStock = z
  .object({ articleId: id, articleNumber: z.string(), gtin: z.string().nullable(), available: quantity })
  .meta({ id: 'ChannelStock' })
export const listChannelStock = route({
  method: 'GET',
  path: '/api/channels/:code/stock',
  summary: 'Available stock for a sales channel, by article number',
  tag,
  permission: 'stock.read',
  params: z.object({ code: word(40) }),
  query: page.extend({ article: word(80).optional() }),
  output: pageOf(channelStock),
  refusals: ['unknown-channel'],
})
