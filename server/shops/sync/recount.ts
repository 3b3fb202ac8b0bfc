import { setTimeout as sleep } from 'node:timers/promises'
import { remark } from '../../../common/shops/api.ts'
import { statement } from '../../kernel/index.ts'
import { ShopError } from '../shop-error.ts'
import { type ShopConnection, saveProgress } from './connections.ts'
import { countListingsAfter, countOfListings, saveShown } from './listings.ts'
import { forgetOldReceipts } from './receipts.ts'
import type { Said, Session } from './session.ts'
import { wishFor } from './tasks.ts'

const PAGE = 500
const MOST_WAITING = 500
const LOOK_AGAIN_MS = 100
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

/** Once after a shop was connected, and every night. */
export function isRecountDue({ recountedAt }: ShopConnection, now: Date): boolean {
  if (recountedAt === null) return true
  const today = dayAndHour(now)
  return today.hour >= NIGHT_HOUR && dayAndHour(new Date(recountedAt)).day < today.day
}

const stockWaiting = statement<{ waiting: number }>(
  'shops.stock-waiting',
  "select count(*)::int as waiting from (select 1 from shops.task where channel_id = $1 and kind = 'stock' and state = 'open' and done < wished limit $2) t",
)

/** A first telling of a hundred thousand articles lets what is sold meanwhile go first: it never queues many at once. */
async function untilFewWait({ kernel, shop, isOver }: Session): Promise<void> {
  const isMuch = async () => {
    const [row] = await kernel.database.query(stockWaiting, [shop.channelId, MOST_WAITING])
    return row!.waiting === MOST_WAITING
  }
  while (!isOver() && (await isMuch())) await sleep(LOOK_AGAIN_MS)
}

/**
 * Full recount: what the shop shows of every article, held against what it should. Differences are written down with
 * their beginning and mended. Also how a shop is told everything for the first time, or after something changed for all.
 */
export async function recount(session: Session): Promise<Said> {
  const { kernel, shop } = session
  const of = await countOfListings(kernel.database, shop.channelId)
  let done = 0
  let differing = 0
  let after: string | null = null
  while (!session.isOver()) {
    await untilFewWait(session)
    const listings = await countListingsAfter(kernel.database, shop.channelId, after, PAGE)
    if (listings.length === 0) break
    const shown = new Map((await session.api.readStock(listings)).map((row) => [row.sku, row.shown]))
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
  if (session.isOver()) throw new ShopError('conflict', remark('interrupted'))
  await kernel.database.query(noteRecount, [shop.channelId])
  await saveProgress(kernel.database, shop.channelId, null)
  await forgetOldReceipts(kernel.database)
  return { outcome: 'done', facts: { articles: done, differing } }
}
