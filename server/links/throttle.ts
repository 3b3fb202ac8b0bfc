import { type Database, type Kernel, refuseNow, sha256, statement } from '../kernel/index.ts'

/** How often within how many seconds. */
export interface Limit {
  most: number
  seconds: number
}

const hitBucket = statement<{ hits: number }>(
  'links.hit-bucket',
  `insert into links.throttle as t (bucket, since, hits) values ($1, $2::timestamptz, 1)
   on conflict (bucket) do update set hits = case when t.since <= $2::timestamptz - make_interval(secs => $3) then 1 else t.hits + 1 end,
     since = case when t.since <= $2::timestamptz - make_interval(secs => $3) then $2::timestamptz else t.since end
   returning hits`,
)
const hitsOfBucket = statement<{ hits: number }>(
  'links.hits-of-bucket',
  'select hits from links.throttle where bucket = $1 and since > $2::timestamptz - make_interval(secs => $3)',
)
const forgetBuckets = statement(
  'links.forget-buckets',
  "delete from links.throttle where since < $1::timestamptz - interval '1 day'",
)

/** Counted in the database, over all processes; an address only as a hash, and for a day at most. */
const bucketOf = (what: string) => sha256(`links ${what}`)

/** Counts one more and refuses what is too much. */
export async function hit(kernel: Kernel, what: string, { most, seconds }: Limit): Promise<void> {
  const [row] = await kernel.database.query(hitBucket, [bucketOf(what), kernel.now(), seconds])
  if (row!.hits > most) refuseNow('too-many-requests', { minutes: Math.ceil(seconds / 60) })
}

/** Refuses where it was too much already, and counts nothing. */
export async function refuseBeyond(kernel: Kernel, what: string, { most, seconds }: Limit): Promise<void> {
  const [row] = await kernel.database.query(hitsOfBucket, [bucketOf(what), kernel.now(), seconds])
  if (row && row.hits >= most) refuseNow('too-many-requests', { minutes: Math.ceil(seconds / 60) })
}

export async function forgetOld(database: Database, now: Date): Promise<void> {
  await database.query(forgetBuckets, [now])
}
