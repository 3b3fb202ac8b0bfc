import { z } from 'zod'
import { cents, id, moment, nothing, page, pageOf, positiveQuantity, route, word } from '../route.ts'

const tag = 'shops'
const byChannel = z.object({ channelId: id })

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
    parts: z
      .array(z.object({ article: z.string(), name: z.string(), quantity: positiveQuantity }))
      .describe('what it is made of here; several of a bundle'),
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
  output: z.object({ wanted: z.int(), withoutRate: z.int().describe('left there: the shop tells no VAT rate') }),
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
