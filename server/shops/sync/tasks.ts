import type { Remark, TaskKind } from '../../../common/shops/api.ts'
import { type Database, statement } from '../../kernel/index.ts'
import { withoutPersons } from '../rules/said-by-shop.ts'

export interface Task {
  id: string
  kind: TaskKind
  objectId: string
  /** what was wished when the work began; done is set to this, so a wish that came meanwhile stays open */
  wished: number
  attempts: number
}

// Asked for again while it waits, it stays one row; given up and asked for again, it is tried again.
const wish = (at: string) => `insert into shops.task as t (id, channel_id, kind, object_id, wished_at)
  select gen_random_uuid(), w.channel_id, w.kind, w.object_id, ${at} from (`
const again = `) w order by w.channel_id, w.kind, w.object_id
  on conflict (channel_id, kind, object_id) do update set wished = t.wished + 1, state = 'open',
    attempts = case when t.done < t.wished and t.state = 'open' then t.attempts else 0 end,
    not_before = case when t.done < t.wished and t.state = 'open' then t.not_before end,
    wished_at = case when t.done < t.wished then least(t.wished_at, excluded.wished_at) else excluded.wished_at end`

/** 'behind': done at once where nothing else is to do, but what is wished within the next minute goes first */
type Place = 'next' | 'behind'
const wishedAt = { next: 'clock_timestamp()', behind: "clock_timestamp() + interval '1 minute'" }

/** The SQL of wishes from rows that a select finds: columns channel_id, kind, object_id, each once. */
export function wishSql(select: string, place: Place = 'next'): string {
  return `${wish(wishedAt[place])}${select}${again}`
}

export function wishFrom(name: string, select: string, place?: Place) {
  return statement(name, wishSql(select, place))
}

const these = 'select distinct $1::uuid as channel_id, $2::text as kind, o as object_id from unnest($3::text[]) o'
const wishTasks = { next: wishFrom('shops.wish', these), behind: wishFrom('shops.wish-behind', these, 'behind') }

export async function wishFor(
  database: Database,
  channelId: string,
  kind: TaskKind,
  objectIds: readonly string[],
  place: Place = 'next',
): Promise<void> {
  if (objectIds.length > 0) await database.query(wishTasks[place], [channelId, kind, objectIds])
}

const dueTasks = statement<Task>(
  'shops.due-tasks',
  `select id, kind, object_id as "objectId", wished, attempts from shops.task
    where channel_id = $1 and kind = any($2) and state = 'open' and done < wished and (not_before is null or not_before <= now())
    order by wished_at limit $3`,
)

export function findDueTasks(
  database: Database,
  channelId: string,
  kinds: readonly TaskKind[],
  limit: number,
): Promise<Task[]> {
  return database.query(dueTasks, [channelId, kinds, limit])
}

const finishTasks = statement(
  'shops.finish-tasks',
  `update shops.task t set done = greatest(t.done, f.wished), attempts = 0, not_before = null, problem = null, remarks = '[]', state = 'open'
     from jsonb_to_recordset($1) as f(id uuid, wished bigint) where t.id = f.id`,
)

export async function finish(database: Database, tasks: readonly Task[]): Promise<void> {
  if (tasks.length > 0)
    await database.query(finishTasks, [JSON.stringify(tasks.map(({ id, wished }) => ({ id, wished })))])
}

/** Why something didn't work: what we say about it, and what the other side said itself. */
export interface Why {
  remarks: readonly Remark[]
  said: string | null
}

const failTasks = statement(
  'shops.fail-tasks',
  `update shops.task set attempts = attempts + 1, problem = $2, remarks = $5, state = $3, not_before = now() + $4 * interval '1 millisecond' where id = any($1)`,
)

export async function putOff(
  database: Database,
  tasks: readonly Task[],
  { why, pauseMs, dead }: { why: Why; pauseMs: number; dead: boolean },
): Promise<void> {
  if (tasks.length > 0)
    await database.query(failTasks, [
      tasks.map((t) => t.id),
      why.said === null ? null : withoutPersons(why.said).slice(0, 500),
      dead ? 'dead' : 'open',
      pauseMs,
      JSON.stringify(why.remarks),
    ])
}

// Not those that were given up: they are shown, and a person knows.
const ordersComing = statement<{ waiting: boolean }>(
  'shops.orders-coming',
  `select exists (select 1 from shops.task where channel_id = $1 and kind = 'take-order' and state = 'open' and done < wished) as waiting`,
)

export async function ordersAreComing(database: Database, channelId: string): Promise<boolean> {
  return (await database.query(ordersComing, [channelId]))[0]!.waiting
}

const goOnNow = statement(
  'shops.go-on',
  "update shops.task set not_before = null where channel_id = $1 and state = 'open' and done < wished and not_before is not null",
)

/** The shop can be spoken with again: what was put off because it couldn't is due at once. */
export async function goOn(database: Database, channelId: string): Promise<void> {
  await database.query(goOnNow, [channelId])
}

const reopen = statement<{ id: string }>(
  'shops.reopen-tasks',
  `update shops.task set state = 'open', attempts = 0, not_before = null, wished_at = now() where channel_id = $1 and state = 'dead' and ($2::uuid is null or id = $2) returning id`,
)

/** What was given up is tried again: one task or all. The number of them. */
export async function reopenTasks(database: Database, channelId: string, taskId: string | null): Promise<number> {
  return (await database.query(reopen, [channelId, taskId])).length
}
