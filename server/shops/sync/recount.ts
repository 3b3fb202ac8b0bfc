import { statement } from '../../kernel/index.ts'
import { type ShopConnection, saveProgress } from './connections.ts'
import { countListingsAfter, countOfListings, saveShown } from './listings.ts'
import { forgetOldReceipts } from './receipts.ts'
import type { Said, Session } from './session.ts'
import { wishFor } from './tasks.ts'

const PAGE = 500
const NIGHT_HOUR = 3

const noteRecount = statement(
  'shops.note-recount',
  'update shops.connection set recounted_at = now() where channel_id = $1',
)

const berlin = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' })
const dayAndHour = (at: Date) => {
  const [day, time] = berlin.format(at).split(' ')
  return { day: day!, hour: Number(time!.slice(0, 2)) }
}

/** Once a night, and once after a shop was connected. */
export function isRecountDue({ recountedAt }: ShopConnection, now: Date): boolean {
  if (recountedAt === null) return false
  const today = dayAndHour(now)
  return today.hour >= NIGHT_HOUR && dayAndHour(new Date(recountedAt)).day < today.day
}

/**
 * Full recount: what the shop shows of every article, held against what it should. Differences are written down with
 * their beginning and mended; nothing that waits for its turn anyway is counted twice.
 */
export async function recount({ kernel, shop, api }: Session): Promise<Said> {
  const of = await countOfListings(kernel.database, shop.channelId)
  let done = 0
  let differing = 0
  let after: string | null = null
  for (;;) {
    const listings = await countListingsAfter(kernel.database, shop.channelId, after, PAGE)
    if (listings.length === 0) break
    const shown = new Map((await api.readStock(listings)).map((row) => [row.sku, row.shown]))
    const rows = listings.map(({ id, sku, expected }) => ({ id, expected, shown: shown.get(sku) ?? null }))
    await saveShown(kernel.database, rows)
    const off = rows.filter((row) => row.shown !== row.expected)
    await wishFor(
      kernel.database,
      shop.channelId,
      'stock',
      off.map((row) => row.id),
    )
    done += listings.length
    differing += off.length
    after = listings.at(-1)!.id
    await saveProgress(kernel.database, shop.channelId, { kind: 'recount', done, of })
  }
  await kernel.database.query(noteRecount, [shop.channelId])
  await saveProgress(kernel.database, shop.channelId, null)
  await forgetOldReceipts(kernel.database)
  return { outcome: 'done', facts: { articles: done, differing } }
}
