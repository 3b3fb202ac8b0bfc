import type { z } from 'zod'
import type { Article, articlePatch, NewArticle } from '../../common/catalog/api.ts'
import { gtinHasRightCheckDigit } from '../../common/catalog/gtin.ts'
import { newId, orNotFound, refuseNow, statement, type Work } from '../kernel/index.ts'
import { lockArticle } from './store.ts'

type SavedArticle = NewArticle & { id: string }

const taken = statement<{ number: string; gtin: string | null; id: string }>(
  'catalog.number-or-gtin-taken',
  `select a.id, a.number, a.gtin from unnest($1::text[]) n join catalog.article a on a.number = n where a.id not in (select unnest($3::uuid[]))
   union all select a.id, a.number, a.gtin from unnest($2::text[]) g join catalog.article a on a.gtin = g where a.id not in (select unnest($3::uuid[]))`,
)
const upsertArticles = statement(
  'catalog.save-articles',
  `insert into catalog.article (id, number, gtin, name_de, name_en, description_de, description_en, unit, package_units, weight_grams, vat_class, list_price, active, created_at)
   select id, number, gtin, "nameDe", "nameEn", "descriptionDe", "descriptionEn", unit, "packageUnits", "weightGrams", "vatClass", "listPrice", active, $2
     from jsonb_to_recordset($1) as a(id uuid, number text, gtin text, "nameDe" text, "nameEn" text, "descriptionDe" text, "descriptionEn" text, unit text, "packageUnits" jsonb, "weightGrams" int, "vatClass" text, "listPrice" bigint, active boolean)
   on conflict (id) do update set gtin = excluded.gtin, name_de = excluded.name_de, name_en = excluded.name_en, description_de = excluded.description_de, description_en = excluded.description_en, unit = excluded.unit,
     package_units = excluded.package_units, weight_grams = excluded.weight_grams, vat_class = excluded.vat_class, list_price = excluded.list_price, active = excluded.active`,
)
// before any is written: two articles may have changed their GTINs with each other
const freeGtins = statement(
  'catalog.free-gtins',
  `update catalog.article a set gtin = null from jsonb_to_recordset($1) as n(id uuid, gtin text)
    where a.id = n.id and a.gtin is not null and a.gtin is distinct from n.gtin`,
)
const deletePrices = statement('catalog.delete-prices', 'delete from catalog.price where article_id = any($1)')
const insertPrices = statement(
  'catalog.insert-prices',
  `insert into catalog.price (article_id, price_group, from_quantity, price)
   select distinct on (article_id, price_group, from_quantity) article_id, price_group, from_quantity, price
     from jsonb_to_recordset($1) as p(article_id uuid, price_group text, from_quantity bigint, price bigint)`,
)

const AT_ONCE = 1_000

/**
 * Writes whole articles, new or changed, with their prices; each once, and GTINs may change hands among them. Refuses a
 * number or GTIN that another article has.
 */
export async function saveArticles(
  work: Work,
  articles: readonly SavedArticle[],
  onWritten: (written: number, of: number) => void = () => undefined,
): Promise<void> {
  for (const { gtin } of articles) if (gtin && !gtinHasRightCheckDigit(gtin)) refuseNow('gtin-check-digit', { gtin })
  await refuseTaken(work, articles)
  if (articles.length > 1) work.save(freeGtins, [JSON.stringify(articles.map(({ id, gtin = null }) => ({ id, gtin })))])
  for (let from = 0; from < articles.length; from += AT_ONCE) {
    await writeArticles(work, articles.slice(from, from + AT_ONCE))
    onWritten(Math.min(from + AT_ONCE, articles.length), articles.length)
  }
}

async function refuseTaken(work: Work, articles: readonly SavedArticle[]): Promise<void> {
  const numbers = articles.map((a) => a.number)
  const [clash] = await work.query(taken, [numbers, articles.flatMap((a) => a.gtin ?? []), articles.map((a) => a.id)])
  if (!clash) return
  const byNumber = numbers.includes(clash.number)
  refuseNow(
    'already-exists',
    byNumber ? { what: 'article-number', value: clash.number } : { what: 'gtin', value: clash.gtin },
  )
}

async function writeArticles(work: Work, articles: readonly SavedArticle[]): Promise<void> {
  const ids = articles.map((a) => a.id)
  const written = work.query(upsertArticles, [JSON.stringify(articles), work.now])
  work.save(deletePrices, [ids])
  work.save(insertPrices, [
    JSON.stringify(
      articles.flatMap((a) =>
        a.prices.map((p) => ({
          article_id: a.id,
          price_group: p.priceGroup,
          from_quantity: p.fromQuantity,
          price: p.price,
        })),
      ),
    ),
  ])
  work.announce('article.changed', { articleIds: ids })
  await written
}

/** A new article. */
export async function createArticle(work: Work, input: NewArticle): Promise<{ id: string }> {
  const id = newId()
  await saveArticles(work, [{ ...input, id }])
  work.record({
    subjectId: id,
    after: { number: input.number, listPrice: input.listPrice ?? null, vatClass: input.vatClass },
  })
  return { id }
}

/** Changes an article; orders keep the price they were agreed at. */
export async function changeArticle(
  work: Work,
  input: z.output<typeof articlePatch> & { id: string },
): Promise<Record<string, never>> {
  const [row] = await work.query(lockArticle, [input.id])
  const before = orNotFound(row, 'article').article
  await saveArticles(work, [patched(before, input)])
  work.record({ subjectId: input.id, before: facts(before), after: facts(patched(before, input)) })
  return {}
}

function patched(article: Article, patch: z.output<typeof articlePatch>): SavedArticle {
  const said = Object.entries(patch).filter(([, value]) => value !== undefined)
  return { ...article, ...Object.fromEntries(said.map(([name, value]) => [name, value ?? undefined])) }
}

function facts(article: NewArticle) {
  return {
    number: article.number,
    gtin: article.gtin ?? null,
    nameDe: article.nameDe,
    unit: article.unit,
    vatClass: article.vatClass,
    listPrice: article.listPrice ?? null,
    prices: article.prices,
    active: article.active,
  }
}
