import type { Article } from '../../common/catalog/api.ts'
import { type Database, statement } from '../kernel/index.ts'

/** An article as an order line needs it, with its prices. */
export interface PricedArticle {
  id: string
  number: string
  gtin: string | null
  nameDe: string
  nameEn: string | null
  unit: string
  vatClass: string
  listPrice: number | null
  active: boolean
  prices: { priceGroup: string; fromQuantity: number; price: number }[]
}

const pricedArticles = statement<PricedArticle>(
  'catalog.priced-articles',
  `select a.id, a.number, a.gtin, a.name_de as "nameDe", a.name_en as "nameEn", a.unit, a.vat_class as "vatClass", a.list_price as "listPrice", a.active,
          coalesce((select jsonb_agg(jsonb_build_object('priceGroup', p.price_group, 'fromQuantity', p.from_quantity, 'price', p.price) order by p.from_quantity desc)
                      from catalog.price p where p.article_id = a.id), '[]') as prices
     from catalog.article a where a.number = any($1) or a.gtin = any($1)`,
)

/** Articles by number or GTIN, with their prices. */
export function findPricedArticles(database: Database, codes: readonly string[]): Promise<PricedArticle[]> {
  return database.query(pricedArticles, [[...new Set(codes)]])
}

const knownIds = statement<{ id: string; number: string }>(
  'catalog.known-ids',
  'select id, number from catalog.article where id = any($1)',
)

/** Which of these ids are articles, with their numbers. */
export async function knownArticles(database: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await database.query(knownIds, [ids])
  return new Map(rows.map((r) => [r.id, r.number]))
}

/** What documents say about an article. */
export interface ArticleText {
  id: string
  number: string
  gtin: string | null
  nameDe: string
  nameEn: string | null
  descriptionDe: string | null
  descriptionEn: string | null
  unit: string
  weightGrams: number | null
}
const articleTexts = statement<ArticleText>(
  'catalog.article-texts',
  `select id, number, gtin, name_de as "nameDe", name_en as "nameEn", description_de as "descriptionDe", description_en as "descriptionEn", unit, weight_grams as "weightGrams"
     from catalog.article where id = any($1)`,
)
export async function findArticleTexts(database: Database, ids: readonly string[]): Promise<Map<string, ArticleText>> {
  const rows = await database.query(articleTexts, [ids])
  return new Map(rows.map((r) => [r.id, r]))
}

const articleJson = `jsonb_strip_nulls(jsonb_build_object('id', a.id, 'number', a.number, 'gtin', a.gtin, 'nameDe', a.name_de, 'nameEn', a.name_en, 'descriptionDe', a.description_de, 'descriptionEn', a.description_en,
   'unit', a.unit, 'packageUnits', a.package_units, 'weightGrams', a.weight_grams, 'vatClass', a.vat_class, 'listPrice', a.list_price, 'active', a.active, 'createdAt', to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
   'prices', coalesce((select jsonb_agg(jsonb_build_object('priceGroup', p.price_group, 'fromQuantity', p.from_quantity, 'price', p.price) order by p.price_group, p.from_quantity) from catalog.price p where p.article_id = a.id), '[]'))) as article`
export const articleById = statement<{ article: Article }>(
  'catalog.article',
  `select ${articleJson} from catalog.article a where a.id = $1`,
)
export const lockArticle = statement<{ article: Article }>(
  'catalog.lock-article',
  `select ${articleJson} from catalog.article a where a.id = $1 for update of a`,
)
// unnest is joined by hash; = any() over thousands of numbers is compared one by one
const byNumbers = `select ${articleJson} from catalog.article a where a.number in (select unnest($1::text[])) order by a.id`
export const articlesByNumbers = statement<{ article: Article }>('catalog.articles-by-number', byNumbers)
export const lockArticlesByNumbers = statement<{ article: Article }>(
  'catalog.lock-articles-by-number',
  `${byNumbers} for update of a`,
)
export const numbersByGtin = statement<{ gtin: string; number: string }>(
  'catalog.numbers-by-gtin',
  'select gtin, number from catalog.article where gtin in (select unnest($1::text[]))',
)

const idsByNumber = statement<{ id: string; number: string }>(
  'catalog.ids-by-number',
  'select id, number from catalog.article where number in (select unnest($1::text[]))',
)

/** Article ids by article number. */
export async function articleIdsByNumber(database: Database, numbers: readonly string[]): Promise<Map<string, string>> {
  const rows = await database.query(idsByNumber, [[...new Set(numbers)]])
  return new Map(rows.map((r) => [r.number, r.id]))
}
