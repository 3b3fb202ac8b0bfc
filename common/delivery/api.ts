import { z } from 'zod'
import { address } from '../customers/api.ts'
import { byId, id, moment, nothing, page, pageOf, positiveQuantity, quantity, route, text, word } from '../route.ts'
import { signature } from './signature.ts'

export const noteState = z.enum(['open', 'issued', 'cancelled'])
export const noteRow = z
  .object({
    id,
    number: z.string().nullable(),
    state: noteState,
    customerId: id,
    customerName: z.string(),
    locationId: id,
    locationName: z.string(),
    orders: z.array(z.object({ id, number: z.string() })),
    createdAt: moment,
    deliveredOn: z.iso.date().nullable(),
    lines: z.int(),
    invoicing: z.enum(['not-invoiced', 'partly-invoiced', 'invoiced', 'nothing-to-invoice']),
  })
  .meta({ id: 'DeliveryNoteRow' })
export const noteLine = z
  .object({
    id,
    position: z.int(),
    orderId: id,
    orderNumber: z.string(),
    orderLineId: id,
    kind: z.enum(['goods', 'shipping', 'surcharge']),
    articleId: id.nullable(),
    articleNumber: z.string().nullable(),
    gtin: z.string().nullable(),
    name: z.string(),
    unit: z.string(),
    planned: quantity,
    delivered: quantity,
    returned: quantity,
    invoiced: quantity,
    ordered: quantity,
  })
  .meta({ id: 'DeliveryNoteLine' })
/** Who took the goods (Empfangsbestätigung); the first is what holds, former ones stay. */
export const receipt = z
  .object({
    takenBy: z.string(),
    takenAt: moment,
    signature: signature.nullable(),
    reason: z.string().nullable().describe('why it was said anew'),
    recordedAt: moment,
    recordedBy: z.string(),
  })
  .meta({ id: 'Receipt' })
export const deliveryNote = noteRow
  .extend({
    deliverTo: address,
    parcels: z.int().nullable(),
    grossWeight: z.int().nullable(),
    carrier: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    noteLines: z.array(noteLine),
    receipts: z.array(receipt).describe('newest first'),
    documentId: id.nullable(),
    files: z.array(z.object({ format: z.string(), fileName: z.string(), mediaType: z.string(), ready: z.boolean() })),
  })
  .meta({ id: 'DeliveryNote' })

/** What waits for delivery: per order line what is open, reserved at which location and not yet on a note. */
export const openLine = z
  .object({
    orderId: id,
    orderNumber: z.string(),
    orderLineId: id,
    position: z.int(),
    customerId: id,
    customerName: z.string(),
    deliverToId: id,
    deliverToName: z.string(),
    articleNumber: z.string(),
    name: z.string(),
    unit: z.string(),
    open: quantity,
    reserved: quantity,
    locationId: id.nullable(),
    locationName: z.string().nullable(),
    orderedAt: moment,
  })
  .meta({ id: 'OpenLine' })

/** Delivered and not yet invoiced, the list to bill from. */
export const unbilledLine = z
  .object({
    noteId: id,
    noteNumber: z.string(),
    deliveredOn: z.iso.date(),
    noteLineId: id,
    position: z.int(),
    orderNumber: z.string(),
    customerId: id,
    customerName: z.string(),
    billToId: id,
    articleNumber: z.string().nullable(),
    name: z.string(),
    unit: z.string(),
    delivered: quantity,
    billable: quantity,
    amount: z.int(),
    priceMode: z.enum(['net', 'gross']),
  })
  .meta({ id: 'UnbilledLine' })

const shipping = {
  parcels: z.int().min(1).max(999).optional(),
  grossWeight: z.int().min(1).max(100_000_000).optional(),
  carrier: text(80).optional(),
  trackingNumber: text(80).optional(),
}
const tag = 'delivery'
export const listDeliveryNotes = route({
  method: 'GET',
  path: '/api/delivery-notes',
  summary: 'Delivery notes, newest first',
  tag,
  permission: 'delivery.read',
  query: page.extend({ q: text(100).optional(), state: noteState.optional(), customerId: id.optional() }),
  output: pageOf(noteRow),
  refusals: [],
})
export const getDeliveryNote = route({
  method: 'GET',
  path: '/api/delivery-notes/:id',
  summary: 'One delivery note',
  tag,
  permission: 'delivery.read',
  params: byId,
  output: deliveryNote,
  refusals: ['not-found'],
})
export const listOpenLines = route({
  method: 'GET',
  path: '/api/delivery/open-lines',
  summary: 'Order lines that wait for delivery',
  tag,
  permission: 'delivery.read',
  query: page.extend({ orderId: id.optional(), customerId: id.optional(), locationId: id.optional() }),
  output: pageOf(openLine),
  refusals: [],
})
export const listUnbilledLines = route({
  method: 'GET',
  path: '/api/delivery/unbilled-lines',
  summary: 'Delivered and not yet invoiced',
  tag,
  permission: 'delivery.read',
  query: page.extend({ customerId: id.optional(), noteId: id.optional() }),
  output: pageOf(unbilledLine),
  refusals: [],
})
export const createDeliveryNote = route({
  method: 'POST',
  path: '/api/delivery-notes',
  summary: 'Delivery note from open order lines of one customer to one address; without lines: all that is reserved',
  tag,
  permission: 'delivery.write',
  body: z.object({
    orderIds: z.array(id).min(1).max(200),
    locationId: id.optional().describe('left out: the location that holds most of the reservations'),
    lines: z
      .array(z.object({ orderLineId: id, quantity: positiveQuantity }))
      .max(1000)
      .optional(),
  }),
  output: z.object({ id, lines: z.int() }),
  refusals: [
    'not-found',
    'order-on-hold',
    'different-recipients',
    'nothing-to-deliver',
    'more-than-open',
    'not-reserved',
    'unknown-location',
  ],
})
export const postGoodsIssue = route({
  method: 'POST',
  path: '/api/delivery-notes/:id/goods-issue',
  summary: 'Goods issue: stock falls, the note gets its number and is final',
  tag,
  permission: 'delivery.write',
  params: byId,
  body: z.object({
    deliveredOn: z.iso.date().optional().describe('left out: today'),
    picked: z
      .array(z.object({ lineId: id, quantity }))
      .max(1000)
      .optional()
      .describe('left out: all as planned'),
    ...shipping,
  }),
  output: z.object({ id, number: z.string(), documentId: id, stillOpen: z.boolean() }),
  refusals: [
    'not-found',
    'note-not-open',
    'nothing-to-deliver',
    'more-than-planned',
    'below-zero',
    'note-incomplete',
    'delivered-in-future',
    'order-on-hold',
  ],
})
export const recordReceipt = route({
  method: 'POST',
  path: '/api/delivery-notes/:id/receipt',
  summary: 'Who took the goods, with what he signed; with a reason in place of who was named before',
  tag,
  permission: 'delivery.write',
  params: byId,
  body: z.object({
    takenBy: word(120),
    takenAt: moment.optional().describe('left out: now'),
    signature: signature.optional().describe('strokes of a pen on a field of 1000 by 400'),
    reason: word(300).optional(),
  }),
  output: z.object({ position: z.int() }),
  refusals: ['not-found', 'note-not-issued', 'receipt-there', 'taken-in-future'],
})
export const cancelDeliveryNote = route({
  method: 'POST',
  path: '/api/delivery-notes/:id/cancel',
  summary: 'Cancel a note before goods issue; its quantities are open again',
  tag,
  permission: 'delivery.write',
  params: byId,
  body: z.object({ reason: word(300) }),
  output: nothing,
  refusals: ['not-found', 'note-not-open'],
})
export const makePickList = route({
  method: 'POST',
  path: '/api/delivery-notes/:id/pick-list',
  summary: 'Pick list of an open note as PDF',
  tag,
  permission: 'delivery.read',
  params: byId,
  body: nothing,
  output: z.object({ documentId: id }),
  refusals: ['not-found', 'note-not-open'],
})
