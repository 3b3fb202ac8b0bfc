import { articleIdsByNumber } from '../catalog/index.ts'
import { newId, orNotFound, refuseNow, statement, type Work } from '../kernel/index.ts'
import { wishFor } from './sync/tasks.ts'

const itemBySku = statement<{ ids: Record<string, string> }>(
  'shops.item-by-sku',
  'select ids from shops.catalogue_item where channel_id = $1 and sku = $2',
)
const lockListing = statement<{ id: string }>(
  'shops.lock-listing',
  'select id from shops.listing where channel_id = $1 and sku = $2 for update',
)
const insertListing = statement(
  'shops.insert-listing',
  'insert into shops.listing (id, channel_id, sku, ids) values ($1, $2, $3, $4)',
)
const deleteParts = statement('shops.delete-parts', 'delete from shops.listing_part where listing_id = $1')
const deleteListing = statement('shops.delete-listing', 'delete from shops.listing where id = $1')
const insertParts = statement(
  'shops.insert-parts',
  'insert into shops.listing_part (listing_id, article_id, quantity) select $1, article, quantity from jsonb_to_recordset($2) as p(article uuid, quantity bigint)',
)

interface Input {
  channelId: string
  sku: string
  parts: { article: string; quantity: number }[]
}

/**
 * Says what an article of the shop is made of: one of ours, several pieces of one, or a bundle. Without parts it's none
 * of ours any more: its stock is left alone, and orders for it are parked.
 */
export async function saveListing(work: Work, input: Input): Promise<Record<string, never>> {
  const [[item], [existing], articles] = await Promise.all([
    work.query(itemBySku, [input.channelId, input.sku]),
    work.query(lockListing, [input.channelId, input.sku]),
    articleIdsByNumber(
      work,
      input.parts.map((part) => part.article),
    ),
  ])
  const { ids } = orNotFound(item, 'shop-article')
  const parts = new Map<string, number>()
  for (const { article, quantity } of input.parts) {
    const id = articles.get(article) ?? refuseNow('unknown-article', { article })
    parts.set(id, (parts.get(id) ?? 0) + quantity)
  }
  const id = existing?.id ?? newId()
  if (existing) work.save(deleteParts, [id])
  if (parts.size === 0) work.save(deleteListing, [id])
  else {
    if (!existing) work.save(insertListing, [id, input.channelId, input.sku, JSON.stringify(ids)])
    work.save(insertParts, [id, JSON.stringify([...parts].map(([article, quantity]) => ({ article, quantity })))])
    await wishFor(work, input.channelId, 'stock', [id])
  }
  work.record({ subjectId: id, after: { sku: input.sku, parts: input.parts } })
  return {}
}
