import { z } from 'zod'
import {
  byId,
  id,
  moment,
  nothing,
  page,
  pageOf,
  positiveQuantity,
  quantity,
  route,
  text,
  unitPrice,
  word,
} from '../route.ts'

export const priceRow = z
  .object({ priceGroup: word(40).default('standard'), fromQuantity: positiveQuantity.default(1000), price: unitPrice })
  .meta({ id: 'PriceRow' })
export const packageUnit = z
  .object({ unit: word(3), name: text(60).optional(), quantity: positiveQuantity, gtin: text(14).optional() })
  .meta({ id: 'PackageUnit' })

const fields = {
  number: word(80),
  gtin: z
    .string()
    .regex(/^\d{8}$|^\d{12,14}$/)
    .optional(),
  nameDe: word(300),
  nameEn: text(300).optional(),
  descriptionDe: text(4000).optional(),
  descriptionEn: text(4000).optional(),
  unit: z
    .string()
    .regex(/^[A-Z0-9]{2,3}$/)
    .default('H87')
    .describe('UN/ECE Rec 20'),
  packageUnits: z.array(packageUnit).max(10).default([]),
  weightGrams: z.int().min(0).max(100_000_000).optional(),
  vatClass: word(40).default('standard').describe('standard, reduced or zero; the rate follows from the day'),
  listPrice: unitPrice.optional().describe('net, ten-thousandths of a euro'),
  prices: z.array(priceRow).max(200).default([]),
  active: z.boolean().default(true),
}
export const newArticle = z.object(fields).meta({ id: 'NewArticle' })
export type NewArticle = z.output<typeof newArticle>
export const articlePatch = z
  .object({
    gtin: fields.gtin.nullable(),
    nameDe: fields.nameDe,
    nameEn: fields.nameEn.nullable(),
    descriptionDe: fields.descriptionDe.nullable(),
    descriptionEn: fields.descriptionEn.nullable(),
    unit: z.string().regex(/^[A-Z0-9]{2,3}$/),
    packageUnits: z.array(packageUnit).max(10),
    weightGrams: fields.weightGrams.nullable(),
    vatClass: word(40),
    listPrice: unitPrice.nullable(),
    prices: z.array(priceRow).max(200),
    active: z.boolean(),
  })
  .partial()
  .describe('null takes away what may be missing')
  .meta({ id: 'ArticlePatch' })
export const article = z.object({ ...fields, id, createdAt: moment }).meta({ id: 'Article' })
export type Article = z.output<typeof article>
export const articleRow = z
  .object({
    id,
    number: z.string(),
    gtin: z.string().nullable(),
    nameDe: z.string(),
    nameEn: z.string().nullable(),
    unit: z.string(),
    vatClass: z.string(),
    listPrice: z.int().nullable(),
    active: z.boolean(),
    onHand: quantity,
    reserved: quantity,
    available: quantity,
  })
  .meta({ id: 'ArticleRow' })

const tag = 'articles'
export const listArticles = route({
  method: 'GET',
  path: '/api/articles',
  summary: 'Articles with stock over all locations, searched by number, GTIN or name',
  tag,
  permission: 'catalog.read',
  query: page.extend({ q: text(100).optional(), active: z.enum(['true', 'false']).optional() }),
  output: pageOf(articleRow),
  refusals: [],
})
export const getArticle = route({
  method: 'GET',
  path: '/api/articles/:id',
  summary: 'One article',
  tag,
  permission: 'catalog.read',
  params: byId,
  output: article,
  refusals: ['not-found'],
})
export const createArticle = route({
  method: 'POST',
  path: '/api/articles',
  summary: 'New article',
  tag,
  permission: 'catalog.write',
  body: newArticle,
  output: z.object({ id }),
  refusals: ['already-exists', 'gtin-check-digit'],
})
export const changeArticle = route({
  method: 'PATCH',
  path: '/api/articles/:id',
  summary: 'Change an article',
  tag,
  permission: 'catalog.write',
  params: byId,
  body: articlePatch,
  output: nothing,
  refusals: ['not-found', 'already-exists', 'gtin-check-digit'],
})
export const importKind = z.enum(['articles', 'customers', 'stock'])
export const importResult = z
  .object({
    rows: z.int(),
    created: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    dryRun: z.boolean(),
    errors: z.array(z.object({ row: z.int(), column: z.string(), problem: z.string() })),
  })
  .meta({ id: 'ImportResult' })
export const importCsv = route({
  method: 'POST',
  path: '/api/import/:kind',
  summary: 'Articles, customers or stock from a CSV file, all rows or none',
  tag: 'import',
  permission: 'settings.write',
  params: z.object({ kind: importKind }),
  query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
  body: z.object({ csv: z.string().max(20_000_000) }),
  output: importResult,
  refusals: ['import-failed'],
})
