import type pg from 'pg'
import type { World } from './world.ts'

/*
 * Rows written set by set, all consistent, so that every invariant holds over them. Ids count up like those of real rows;
 * a letter keeps the kinds apart.
 */
export const uuid = (letter: string, expression: string) =>
  `(lpad(to_hex(${letter.charCodeAt(0)}), 2, '0') || '000000-0000-7000-8000-' || lpad(to_hex(${expression}), 12, '0'))::uuid`
/** The number of a document; `n` is the expression that counts. */
export const number = (prefix: string, year: number, n = 'n') =>
  `'${prefix}-${year}-' || lpad(${n}::text, greatest(6, length(${n}::text)), '0')`

/** Customers, articles and the place as numbered slots, no triggers or foreign keys: the rows are consistent by themselves. */
export async function withManyRows(
  world: World,
  customerIds: readonly string[],
  write: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const client = await world.pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query("set session_replication_role = 'replica'")
    await client.query(
      "create temp table bench_article as select row_number() over (order by id) - 1 as slot, id, number from catalog.article where number like 'A-%'",
    )
    await client.query(
      `create temp table bench_customer as select row_number() over (order by c.id) - 1 as slot, c.id, a.id as bill_to
         from customers.customer c join customers.address a on a.customer_id = c.id and a.role = 'bill-to' where c.id = any($1)`,
      [customerIds],
    )
    await client.query('create temp table bench_place as select id from branches.stock_location limit 1')
    for (const table of ['bench_article', 'bench_customer', 'bench_place']) await client.query(`analyze ${table}`)
    await write(client)
    await client.query('vacuum analyze')
  } finally {
    client.release(true)
  }
}

/** One batch after the other, with its progress. */
export async function inBatches(
  what: string,
  count: number,
  write: (first: number, last: number) => Promise<void>,
): Promise<void> {
  for (let first = 1; first <= count; first += BATCH) {
    const last = Math.min(first + BATCH - 1, count)
    await write(first, last)
    process.stderr.write(`\r       ${what} ${last}/${count}`)
  }
  process.stderr.write('\n')
}

/** What the goods issues of a day took must have come in. */
export async function receiveWhatLeft(client: pg.PoolClient, day: string): Promise<void> {
  await client.query(
    `insert into stock.movement (id, at, article_id, to_location, quantity, reason)
     select gen_random_uuid(), $1::date, article_id, from_location, sum(quantity), 'goods-receipt' from stock.movement where at = $1::date and reason = 'goods-issue' group by 3, 4`,
    [day],
  )
}

export async function countNumbers(client: pg.PoolClient, year: number, last: Record<string, number>): Promise<void> {
  for (const [kind, count] of Object.entries(last))
    await client.query("insert into kernel.number_series (kind, branch, year, last) values ($1, '', $2, $3)", [
      kind,
      year,
      count,
    ])
}

const BATCH = 50_000
