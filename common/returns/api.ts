import { z } from 'zod'
import {
  byId,
  cents,
  id,
  moment,
  nothing,
  page,
  pageOf,
  positiveQuantity,
  quantity,
  route,
  text,
  word,
} from '../route.ts'
import { goodsCondition, returnMoney, returnReason, whatOfGoods, wishes } from './wishes.ts'

export * from './wishes.ts'

export const returnRow = z
  .object({
    id,
    number: z.string(),
    customerId: id,
    customerName: z.string(),
    returnedOn: z.iso.date(),
    state: z.enum(['taken-back', 'cancelled']),
    notes: z.array(z.object({ id, number: z.string() })),
    corrections: z.array(z.object({ id, number: z.string() })),
    lines: z.int(),
    reasons: z.array(returnReason),
    waiting: quantity.describe('still in quarantine'),
    credited: cents.describe('gross, over all its corrections'),
  })
  .meta({ id: 'ReturnRow' })
export const returnLine = z
  .object({
    id,
    position: z.int(),
    noteId: id,
    noteNumber: z.string(),
    orderId: id,
    orderNumber: z.string(),
    articleId: id.nullable(),
    articleNumber: z.string().nullable(),
    name: z.string(),
    unit: z.string(),
    quantity,
    credited: quantity.describe('of it billed before'),
    reason: returnReason,
    condition: goodsCondition,
    goods: z.enum(whatOfGoods),
    locationName: z.string().nullable(),
    waiting: quantity.describe('still in quarantine'),
  })
  .meta({ id: 'ReturnLine' })
export const goodsReturn = returnRow
  .extend({
    money: returnMoney,
    remark: z.string().nullable(),
    cancelledAt: moment.nullable(),
    cancelReason: z.string().nullable(),
    returnLines: z.array(returnLine),
    chain: z.array(
      z.object({
        id,
        kind: z.enum(['order', 'delivery-note', 'invoice', 'correction', 'refund']),
        number: z.string(),
        day: z.iso.date().nullable(),
        amount: cents.nullable(),
      }),
    ),
    exchange: z
      .object({
        order: z.object({ id, number: z.string() }),
        note: z.object({ id, number: z.string() }).nullable(),
        invoice: z.object({ id, number: z.string() }).nullable(),
      })
      .nullable(),
    documentId: id,
    files: z.array(z.object({ format: z.string(), fileName: z.string(), mediaType: z.string(), ready: z.boolean() })),
  })
  .meta({ id: 'Return' })

/** What of a delivery can still come back. */
export const returnableLine = z
  .object({
    noteLineId: id,
    noteId: id,
    noteNumber: z.string(),
    deliveredOn: z.iso.date(),
    orderNumber: z.string(),
    customerId: id,
    customerName: z.string(),
    locationId: id,
    articleId: id.nullable(),
    articleNumber: z.string().nullable(),
    gtin: z.string().nullable(),
    name: z.string(),
    unit: z.string(),
    delivered: quantity,
    returnable: quantity,
    unbilled: quantity.describe('of it not billed: only makes the note smaller'),
  })
  .meta({ id: 'ReturnableLine' })

const tag = 'returns'
const refusals = [
  'not-found',
  'unknown-location',
  'nothing-to-return',
  'more-than-returnable',
  'more-than-billed',
  'nothing-to-credit',
  'different-customers',
  'delivered-in-future',
  'needs-provider-reference',
] as const
const exchangeRefusals = [
  'unknown-channel',
  'article-inactive',
  'exchange-not-possible',
  'exchange-not-in-stock',
  'nothing-to-deliver',
  'not-reserved',
  'below-zero',
] as const
export const listReturnable = route({
  method: 'GET',
  path: '/api/returns/returnable',
  summary: 'Delivered lines of which something can still come back, newest first',
  tag,
  permission: 'delivery.read',
  query: page.extend({
    customerId: id.optional(),
    noteId: id.optional(),
    invoiceId: id.optional(),
    q: text(100).optional().describe('number of an article or note, GTIN, name'),
  }),
  output: pageOf(returnableLine),
  refusals: [],
})
export const previewReturn = route({
  method: 'POST',
  path: '/api/returns/preview',
  summary: 'What a return would do, exactly: notes made smaller, corrections, money',
  tag,
  permission: 'returns.write',
  body: wishes,
  output: z.object({
    lines: z.array(
      z.object({
        noteLineId: id,
        noteNumber: z.string(),
        articleNumber: z.string().nullable(),
        name: z.string(),
        unit: z.string(),
        quantity,
        credited: quantity,
        goods: z.enum(whatOfGoods),
      }),
    ),
    notes: z.array(z.object({ id, number: z.string(), unbilled: quantity })),
    corrections: z.array(
      z.object({
        invoiceId: id,
        invoiceNumber: z.string(),
        kind: z.enum(['credit-note', 'correction']),
        document: z
          .int()
          .min(0)
          .describe('of the documents that will be made, from 0: the same number is the same document'),
        net: cents,
        vat: cents,
        gross: cents,
        settles: cents.describe('closes what is open of this invoice'),
      }),
    ),
    setOff: z.array(z.object({ invoiceId: id, invoiceNumber: z.string(), amount: cents })),
    credit: cents,
    refund: cents,
    exchange: z
      .object({
        gross: cents,
        setOff: cents.describe('of it paid by what came back'),
        toPay: cents,
        lines: z.array(
          z.object({ articleNumber: z.string(), name: z.string(), unit: z.string(), quantity, gross: cents }),
        ),
      })
      .optional(),
  }),
  refusals: [...refusals, 'unknown-channel', 'article-inactive', 'exchange-not-possible'],
})
export const takeBack = route({
  method: 'POST',
  path: '/api/returns',
  summary: 'Take goods back (Rücknahme): notes, corrections, stock and money in one step',
  tag,
  permission: 'returns.write',
  also: [
    { permission: 'payments.refund', when: ({ money }) => money === 'refund' },
    { permission: 'orders.write', when: ({ exchange }) => exchange !== undefined },
    { permission: 'delivery.write', when: ({ exchange }) => exchange?.deliver === 'hand-over-now' },
    { permission: 'invoicing.write', when: ({ exchange }) => exchange?.billNow === true },
  ],
  body: wishes,
  output: z.object({
    id,
    number: z.string(),
    documentId: id,
    corrections: z.array(z.object({ id, number: z.string(), gross: cents })),
    credit: cents,
    refunded: cents,
    exchange: z
      .object({
        orderId: id,
        orderNumber: z.string(),
        noteId: id.nullable(),
        noteNumber: z.string().nullable(),
        invoiceId: id.nullable(),
        invoiceNumber: z.string().nullable(),
        gross: cents,
        setOff: cents,
        toPay: cents,
      })
      .optional(),
  }),
  refusals: [...refusals, ...exchangeRefusals, 'invoice-rules'],
})
export const listReturns = route({
  method: 'GET',
  path: '/api/returns',
  summary: 'Returns, newest first',
  tag,
  permission: 'delivery.read',
  query: page.extend({
    q: text(100).optional(),
    customerId: id.optional(),
    show: z.enum(['all', 'waiting']).default('all'),
  }),
  output: pageOf(returnRow),
  refusals: [],
})
export const getReturn = route({
  method: 'GET',
  path: '/api/returns/:id',
  summary: 'One return with its chain',
  tag,
  permission: 'delivery.read',
  params: byId,
  output: goodsReturn,
  refusals: ['not-found'],
})
export const cancelReturn = route({
  method: 'POST',
  path: '/api/returns/:id/cancel',
  summary: 'A return was a mistake: notes, orders, corrections and stock are as before',
  tag,
  permission: 'returns.write',
  params: byId,
  body: z.object({ reason: word(300) }),
  output: z.object({ corrections: z.array(z.object({ id, number: z.string() })) }),
  refusals: ['not-found', 'return-cancelled', 'inspected-already', 'exchange-stands', 'below-zero', 'invoice-rules'],
})
export const inspectReturn = route({
  method: 'POST',
  path: '/api/returns/:id/inspect',
  summary: 'Decide about goods of a return that lie in quarantine',
  tag,
  permission: 'returns.write',
  params: byId,
  body: z.object({
    lines: z
      .array(
        z.object({
          lineId: id,
          quantity: positiveQuantity,
          condition: z.enum(['as-new', 'opened', 'used', 'damaged']),
          goods: z.enum(['restock', 'scrap', 'supplier']),
        }),
      )
      .min(1)
      .max(500),
    locationId: id.describe('where goods for sale are put'),
  }),
  output: nothing,
  refusals: ['not-found', 'unknown-location', 'return-cancelled', 'not-in-quarantine', 'below-zero'],
})
