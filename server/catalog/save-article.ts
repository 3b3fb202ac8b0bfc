import type { z } from 'zod'
import type { Article, articlePatch, NewArticle } from '../../common/catalog/api.ts'
import { gtinHasRightCheckDigit } from '../../common/catalog/gtin.ts'
import { newId, orNotFound, refuseNow, statement, type Work } from '../kernel/index.ts'
import { lockArticle } from './store.ts'

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
const deletePrices = statement('catalog.delete-prices', 'delete from catalog.price where article_id = any($1)')
const insertPrices = statement(
  'catalog.insert-prices',
  `insert into catalog.price (article_id, price_group, from_quantity, price)
   select distinct on (article_id, price_group, from_quantity) article_id, price_group, from_quantity, price
     from jsonb_to_recordset($1) as p(article_id uuid, price_group text, from_quantity bigint, price bigint)`,
)

/** Writes whole articles, new or changed, with their prices. Refuses a number or GTIN that another article has. */
export async function saveArticles(work: Work, articles: readonly (NewArticle & { id: string })[]): Promise<void> {
  for (const { gtin } of articles) if (gtin && !gtinHasRightCheckDigit(gtin)) refuseNow('gtin-check-digit', { gtin })
  const ids = articles.map((a) => a.id)
  const others = await work.query(taken, [articles.map((a) => a.number), articles.flatMap((a) => a.gtin ?? []), ids])
  const clash = others[0]
  if (clash) {
    const byNumber = articles.some((a) => a.number === clash.number)
    refuseNow(
      'already-exists',
      byNumber ? { what: 'Artikelnummer', value: clash.number } : { what: 'GTIN', value: clash.gtin },
    )
  }
  work.save(upsertArticles, [JSON.stringify(articles), work.now])
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
  const before = orNotFound(row, 'Artikel').article
  await saveArticles(work, [patched(before, input)])
  work.record({ subjectId: input.id, before: facts(before), after: facts(patched(before, input)) })
  return {}
}

function patched(article: Article, patch: z.output<typeof articlePatch>): NewArticle & { id: string } {
  const { gtin, listPrice, ...rest } = patch
  const changed = { ...article, ...Object.fromEntries(Object.entries(rest).filter(([, v]) => v !== undefined)) }
  if (gtin !== undefined) changed.gtin = gtin ?? undefined
  if (listPrice !== undefined) changed.listPrice = listPrice ?? undefined
  return changed
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
