import type pg from 'pg'
import { connect, runTogether } from '../server/kernel/database/connect.ts'
import { type Statement, statement } from '../server/kernel/database/statement.ts'
import { newId } from '../server/kernel/index.ts'
import { copyOf, copyProtection, copyTables } from './copy-tables.ts'
import type { World } from './world.ts'

/*
 * The least durable SQL for the rows of one chain: copies of our tables, plain writes in five transactions, each sent at
 * one go. No reads, no decisions, no documents composed, no HTTP. What a server that thinks nothing could reach on this
 * machine.
 */
const TABLES = [
  'orders.sales_order',
  'orders.order_line',
  'stock.reservation',
  'stock.movement',
  'delivery.note',
  'delivery.note_line',
  'documents.document',
  'invoicing.invoice',
  'invoicing.invoice_line',
  'receivables.open_item',
  'receivables.entry',
  'receivables.credit',
  'receivables.allocation',
  'payments.payment',
  'kernel.journal',
  'kernel.event',
  'stock.level',
  'receivables.account',
  'kernel.number_series',
]
const bare = (sql: string) => TABLES.reduce((text, table) => text.replaceAll(table, copyOf(table)), sql)
const write = (name: string, sql: string) => statement(`bare.${name}`, bare(sql))

const lines = 'jsonb_to_recordset($1) as l(id uuid, n int, article uuid, o uuid, ol uuid, note uuid, nl uuid, inv uuid)'
const order = write(
  'order',
  'insert into orders.sales_order select (jsonb_populate_record(null::orders.sales_order, $1)).*',
)
const orderLines = write(
  'order-lines',
  `insert into orders.order_line (id, order_id, position, kind, article_id, article_number, name, unit, vat_category, vat_rate, unit_price, discount, amount, gross, ordered)
  select l.ol, l.o, l.n, 'goods', l.article, 'A-1', 'Schraube', 'H87', 'S', 1900, 12500, 0, 125, 149, 1000 from ${lines}`,
)
const reserve = write('reserve', `insert into stock.reservation select l.ol, $2, l.article, l.o, 1000 from ${lines}`)
const levels = write(
  'levels',
  'update stock.level set reserved = reserved + $2::bigint, on_hand = on_hand + $3::bigint where article_id = any($1) and location_id = $4',
)
const account = write('account', 'update receivables.account set open_orders = open_orders + 1 where customer_id = $1')
const series = write('series', 'update kernel.number_series set last = last + 1 where kind = $1')
const journal = write(
  'journal',
  `insert into kernel.journal (id, at, actor_kind, use_case, subject_id, after, request_key, input_hash, output) values ($1, now(), 'system', 'bare', $1, $2, $4, $3, $2)`,
)
const events = write(
  'events',
  `insert into kernel.event (id, at, type, data) select gen_random_uuid(), now(), 'bare', $1 from generate_series(1, $2)`,
)
const note = write(
  'note',
  `insert into delivery.note (id, customer_id, deliver_to, location_id, created_at) values ($1, $2, $2, $3, now())`,
)
const noteLines = write(
  'note-lines',
  `insert into delivery.note_line (id, note_id, position, order_id, order_line_id, planned) select l.nl, l.note, l.n, l.o, l.ol, 1000 from ${lines}`,
)
const planned = write(
  'planned',
  'update orders.order_line set planned = planned + $2::bigint, delivered = delivered + $3::bigint, invoiced = invoiced + $4::bigint where id = any($1)',
)
const unreserve = write('unreserve', 'delete from stock.reservation where order_line_id = any($1) and location_id = $2')
const issueNote = write(
  'issue-note',
  `update delivery.note set state = 'issued', number = $2, issued_on = current_date, delivered_on = current_date, document_id = $1, billable = true where id = $1`,
)
const deliverLines = write(
  'deliver-lines',
  'update delivery.note_line set delivered = delivered + 1000 where id = any($1)',
)
const billLines = write('bill-lines', 'update delivery.note_line set invoiced = invoiced + 1000 where id = any($1)')
const movements = write(
  'movements',
  `insert into stock.movement (id, at, article_id, from_location, quantity, reason, reference_kind, reference_id) select l.id, now(), l.article, $2, 1000, 'goods-issue', 'delivery-note', l.note from ${lines}`,
)
const document = write(
  'document',
  `insert into documents.document (id, kind, number, subject_id, snapshot, snapshot_sha256, formats) values ($1, 'x', 'x', $1, $2, $3, '{pdf}')`,
)
const billed = write('billed', 'update delivery.note set billable = false where id = $1')
const invoice = write(
  'invoice',
  `insert into invoicing.invoice (id, number, kind, customer_id, bill_to, price_mode, issued_on, period_from, period_to, net, vat, rounding, gross, per_rate, document_id, issued_at)
  values ($1, $2, 'invoice', $3, $3, 'net', current_date, current_date, current_date, 1, 0, 0, 1, '[]', $1, now())`,
)
const invoiceLines = write(
  'invoice-lines',
  `insert into invoicing.invoice_line (id, invoice_id, position, note_id, note_line_id, order_id, order_line_id, quantity, amount, net, gross, vat_category, vat_rate)
  select l.id, l.inv, l.n, l.note, l.nl, l.o, l.ol, 1000, 125, 125, 149, 'S', 1900 from ${lines}`,
)
const openItem = write(
  'open-item',
  'insert into receivables.open_item (invoice_id, customer_id, number, issued_on, amount, open) values ($1, $2, $3, current_date, 744, 744)',
)
const entry = write(
  'entry',
  `insert into receivables.entry (id, at, day, customer_id, kind, amount, source_id, number) values ($1, now(), current_date, $2, 'invoice', 744, $1, 'x')`,
)
const payment = write(
  'payment',
  `insert into payments.payment (id, number, customer_id, received_on, method, amount, at) values ($1, $2, $3, current_date, 'transfer', 744, now())`,
)
const credit = write(
  'credit',
  `insert into receivables.credit (id, customer_id, kind, amount, "left", received_on) values ($1, $2, 'payment', 744, 0, current_date)`,
)
const allocation = write(
  'allocation',
  'insert into receivables.allocation (id, at, credit_id, invoice_id, amount) values ($1, now(), $1, $2, 744)',
)
const settle = write('settle', 'update receivables.open_item set open = 0 where invoice_id = $1')

export interface BareMinimum {
  chain(random: () => number): Promise<void>
  end(): Promise<void>
}

/**
 * In a schema of its own. 'protected' copies refuse what our tables refuse; 'unprotected' ones know neither foreign keys
 * nor final rows.
 */
export async function prepareBareMinimum(world: World, schema: 'protected' | 'unprotected'): Promise<BareMinimum> {
  const pool = connect(world.url, { max: 8, name: `tresen-${schema}`, planOnce: true })
  pool.on('connect', (client) => client.query(`set search_path to bare_${schema}`))
  await pool.query(`drop schema if exists bare_${schema} cascade; create schema bare_${schema}`)
  await copyTables(pool, TABLES)
  if (schema === 'protected') await copyProtection(pool, TABLES)
  for (const table of ['stock.level', 'receivables.account', 'kernel.number_series'])
    await pool.query(`insert into ${copyOf(table)} select * from ${table}`)
  const { rows } = await pool.query<{ article_id: string }>('select article_id from stock.level')
  const { rows: samples } = await pool.query('select to_jsonb(s) as row from orders.sales_order s limit 1')
  const { rows: snapshots } = await pool.query<{ kind: string; snapshot: string }>(
    "select distinct on (kind) kind, snapshot::text as snapshot from documents.document where kind in ('delivery-note', 'invoice')",
  )
  const texts = {
    note: snapshots.find((s) => s.kind === 'delivery-note')!.snapshot,
    invoice: snapshots.find((s) => s.kind === 'invoice')!.snapshot,
  }
  const articles = rows.map((r) => r.article_id)
  return {
    chain: (random) =>
      bareChain(pool, { world, articles, sample: samples[0]!.row as Record<string, unknown>, texts }, random),
    end: () => pool.end(),
  }
}

interface Surroundings {
  world: World
  articles: string[]
  sample: Record<string, unknown>
  texts: { note: string; invoice: string }
}

const hash = Buffer.alloc(32)
const small = JSON.stringify({ number: 'AU-2026-000001', lines: 5, gross: 12_345 })

async function bareChain(
  pool: pg.Pool,
  { world, articles, sample, texts }: Surroundings,
  random: () => number,
): Promise<void> {
  const [o, n, inv, pay] = [newId(), newId(), newId(), newId()]
  const customer = world.customers[Math.floor(random() * world.customers.length)]!.id
  const picked = [...new Set(Array.from({ length: 5 }, () => articles[Math.floor(random() * articles.length)]!))].sort()
  const made = picked.map((article, i) => ({
    id: newId(),
    n: i + 1,
    article,
    o,
    ol: newId(),
    note: n,
    nl: newId(),
    inv,
  }))
  const rows = JSON.stringify(made)
  const [orderLineIds, noteLineIds] = [made.map((l) => l.ol), made.map((l) => l.nl)]
  const place = world.locationId
  const done = (eventCount: number): Write[] => [
    [journal, [newId(), small, hash, newId()]],
    [events, [small, eventCount]],
  ]
  const head = JSON.stringify({ ...sample, id: o, number: o, external_number: null })
  await transaction(pool, [
    [account, [customer]],
    [levels, [picked, 1000, 0, place]],
    [order, [head]],
    [orderLines, [rows]],
    [reserve, [rows, place]],
    [series, ['order']],
    ...done(2),
  ])
  await transaction(pool, [
    [note, [n, customer, place]],
    [noteLines, [rows]],
    [planned, [orderLineIds, 1000, 0, 0]],
    ...done(1),
  ])
  await transaction(pool, [
    [account, [customer]],
    [levels, [picked, -1000, -1000, place]],
    [unreserve, [orderLineIds, place]],
    [deliverLines, [noteLineIds]],
    [issueNote, [n, n]],
    [planned, [orderLineIds, -1000, 1000, 0]],
    [movements, [rows, place]],
    [document, [newId(), texts.note, hash]],
    [series, ['delivery-note']],
    ...done(3),
  ])
  await transaction(pool, [
    [account, [customer]],
    [invoice, [inv, inv, customer]],
    [invoiceLines, [rows]],
    [billLines, [noteLineIds]],
    [billed, [n]],
    [planned, [orderLineIds, 0, 0, 1000]],
    [openItem, [inv, customer, inv]],
    [entry, [newId(), customer]],
    [document, [newId(), texts.invoice, hash]],
    [series, ['invoice']],
    ...done(2),
  ])
  await transaction(pool, [
    [settle, [inv]],
    [account, [customer]],
    [payment, [pay, pay, customer]],
    [credit, [pay, customer]],
    [entry, [newId(), customer]],
    [allocation, [pay, inv]],
    [series, ['payment']],
    ...done(1),
  ])
}

const begin = statement('kernel.begin', 'begin')
const commit = statement('kernel.commit', 'commit')

type Write = [Statement<unknown>, unknown[]]

async function transaction(pool: pg.Pool, writes: readonly Write[]): Promise<void> {
  const client = await pool.connect()
  try {
    const all: readonly Write[] = [[begin, []], ...writes, [commit, []]]
    await Promise.all(all.map(([what, values]) => runTogether(client, what, values)))
  } finally {
    client.release()
  }
}
