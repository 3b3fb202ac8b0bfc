import type { World } from './world.ts'

const BATCH = 50_000

/*
 * Years of finished trade, written set by set: one order of five lines, its note, goods issue, invoice and payment a
 * number, all consistent, so that every invariant holds over it. Ids count up like those of real rows.
 */
const uuid = (letter: string, expression: string) =>
  `(lpad(to_hex(${letter.charCodeAt(0)}), 2, '0') || '000000-0000-7000-8000-' || lpad(to_hex(${expression}), 12, '0'))::uuid`
const number = (prefix: string) => `'${prefix}-2001-' || lpad(n::text, greatest(6, length(n::text)), '0')`
const from = 'from generate_series($1::bigint, $2::bigint) n'
const lineFrom = `${from} cross join generate_series(1, 5) p join bench_article a on a.slot = (n * 7 + p * 13) % (select count(*) from bench_article) cross join bench_place l`
const customer = 'join bench_customer c on c.slot = n.n % (select count(*) from bench_customer)'

const statements = [
  `insert into orders.sales_order (id, number, channel, content_hash, content, customer_id, bill_to, deliver_to, price_mode, payment_method, on_account, ordered_at, net, vat, gross, per_rate)
   select ${uuid('o', 'n.n')}, ${number('AU').replaceAll('n::', 'n.n::')}, 'phone', sha256('x'), '{"lines": 5}', c.id, c.bill_to, c.bill_to, 'net', 'on-delivery-note', true, timestamptz '2001-01-01' + n.n * interval '1 minute', 5000, 950, 5950, '[]'
     from generate_series($1::bigint, $2::bigint) n(n) ${customer}`,
  `insert into orders.order_line (id, order_id, position, kind, article_id, article_number, name, unit, vat_category, vat_rate, unit_price, discount, amount, gross, ordered, delivered, invoiced)
   select ${uuid('l', 'n * 8 + p')}, ${uuid('o', 'n')}, p, 'goods', a.id, a.number, a.number, 'H87', 'S', 1900, 100000, 0, 1000, 1190, 1000, 1000, 1000 ${lineFrom}`,
  `insert into delivery.note (id, number, state, customer_id, deliver_to, location_id, created_at, issued_on, delivered_on, document_id)
   select ${uuid('n', 'n.n')}, ${number('LS').replaceAll('n::', 'n.n::')}, 'issued', c.id, c.bill_to, l.id, now(), '2001-01-01', '2001-01-01', ${uuid('d', 'n.n * 2')}
     from generate_series($1::bigint, $2::bigint) n(n) ${customer} cross join bench_place l`,
  `insert into delivery.note_line (id, note_id, position, order_id, order_line_id, planned, delivered, invoiced)
   select ${uuid('k', 'n * 8 + p')}, ${uuid('n', 'n')}, p, ${uuid('o', 'n')}, ${uuid('l', 'n * 8 + p')}, 1000, 1000, 1000 ${lineFrom}`,
  `insert into stock.movement (id, at, article_id, from_location, quantity, reason, reference_kind, reference_id)
   select ${uuid('m', 'n * 8 + p')}, '2001-01-01', a.id, l.id, 1000, 'goods-issue', 'delivery-note', ${uuid('n', 'n')} ${lineFrom}`,
  `insert into documents.document (id, kind, number, subject_id, snapshot, snapshot_sha256, formats)
   select ${uuid('d', 'n * 2 + s')}, case s when 0 then 'delivery-note' else 'invoice' end, 'x', ${uuid('n', 'n')}, snapshot, sha256(convert_to(snapshot::text, 'UTF8')), '{}'
     from (select n, s, case s when 0 then '{}'::json else '{"invoice":{"totals":{"net":5000,"vat":950,"gross":5950,"amountDue":5950}}}'::json end as snapshot ${from} cross join generate_series(0, 1) s) x`,
  `insert into invoicing.invoice (id, number, kind, customer_id, bill_to, price_mode, issued_on, period_from, period_to, net, vat, rounding, gross, per_rate, document_id, issued_at)
   select ${uuid('i', 'n.n')}, ${number('RE').replaceAll('n::', 'n.n::')}, 'invoice', c.id, c.bill_to, 'net', '2001-01-01', '2001-01-01', '2001-01-01', 5000, 950, 0, 5950, '[{"net": 5000, "vat": 950, "rate": 1900, "category": "S"}]', ${uuid('d', 'n.n * 2 + 1')}, now()
     from generate_series($1::bigint, $2::bigint) n(n) ${customer}`,
  `insert into invoicing.invoice_line (id, invoice_id, position, note_id, note_line_id, order_id, order_line_id, quantity, amount, net, gross, vat_category, vat_rate)
   select ${uuid('j', 'n * 8 + p')}, ${uuid('i', 'n')}, p, ${uuid('n', 'n')}, ${uuid('k', 'n * 8 + p')}, ${uuid('o', 'n')}, ${uuid('l', 'n * 8 + p')}, 1000, 1000, 1000, 1190, 'S', 1900 ${lineFrom}`,
  `insert into receivables.open_item (invoice_id, customer_id, number, issued_on, due_on, amount, open)
   select ${uuid('i', 'n.n')}, c.id, ${number('RE').replaceAll('n::', 'n.n::')}, '2001-01-01', '2001-01-31', 5950, 0 from generate_series($1::bigint, $2::bigint) n(n) ${customer}`,
  `insert into receivables.entry (id, at, day, customer_id, kind, amount, source_id, number)
   select ${uuid('e', 'n.n * 2 + s')}, now(), '2001-01-01', c.id, case s when 0 then 'invoice' else 'payment' end, case s when 0 then 5950 else -5950 end, case s when 0 then ${uuid('i', 'n.n')} else ${uuid('p', 'n.n')} end, 'x'
     from generate_series($1::bigint, $2::bigint) n(n) ${customer} cross join generate_series(0, 1) s`,
  `insert into payments.payment (id, number, customer_id, received_on, method, amount, at)
   select ${uuid('p', 'n.n')}, ${number('ZA').replaceAll('n::', 'n.n::')}, c.id, '2001-01-31', 'transfer', 5950, now() from generate_series($1::bigint, $2::bigint) n(n) ${customer}`,
  `insert into receivables.credit (id, customer_id, kind, amount, "left", received_on) select ${uuid('p', 'n.n')}, c.id, 'payment', 5950, 0, '2001-01-31' from generate_series($1::bigint, $2::bigint) n(n) ${customer}`,
  `insert into receivables.allocation (id, at, credit_id, invoice_id, amount) select ${uuid('a', 'n')}, now(), ${uuid('p', 'n')}, ${uuid('i', 'n')}, 5950 ${from}`,
  `insert into kernel.journal (id, at, actor_kind, use_case, subject_id, after, request_key, input_hash, output)
   select ${uuid('z', 'n * 8 + p')}, now(), 'system', 'history', ${uuid('o', 'n')}, '{"number": "AU-2001-000001", "gross": 5950}', 'history ' || n || ' ' || p, sha256('x'), '{}' ${from} cross join generate_series(1, 5) p`,
  `insert into kernel.event (id, at, type, data) select ${uuid('v', 'n * 8 + p')}, now(), 'history', '{"number": "AU-2001-000001"}' ${from} cross join generate_series(1, 6) p`,
]

export async function writeHistory(world: World, orders: number): Promise<void> {
  const client = await world.pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query("set session_replication_role = 'replica'") // no triggers or foreign keys: the rows are consistent by themselves
    await client.query(
      "create temp table bench_article as select row_number() over (order by id) - 1 as slot, id, number from catalog.article where number like 'A-%'",
    )
    await client.query(
      "create temp table bench_customer as select row_number() over (order by c.id) - 1 as slot, c.id, a.id as bill_to from customers.customer c join customers.address a on a.customer_id = c.id and a.role = 'bill-to'",
    )
    await client.query('create temp table bench_place as select id from branches.stock_location limit 1')
    for (const table of ['bench_article', 'bench_customer', 'bench_place']) await client.query(`analyze ${table}`)
    for (let first = 1; first <= orders; first += BATCH) {
      const last = Math.min(first + BATCH - 1, orders)
      for (const sql of statements) await client.query(sql, [first, last])
      process.stderr.write(`\r       history ${last}/${orders}`)
    }
    process.stderr.write('\n')
    // what the goods issues took must have come in
    await client.query(`insert into stock.movement (id, at, article_id, to_location, quantity, reason)
      select gen_random_uuid(), '2001-01-01', article_id, from_location, sum(quantity), 'goods-receipt' from stock.movement where at = '2001-01-01' and reason = 'goods-issue' group by 3, 4`)
    for (const kind of ['order', 'delivery-note', 'invoice', 'payment'])
      await client.query("insert into kernel.number_series (kind, branch, year, last) values ($1, '', 2001, $2)", [
        kind,
        orders,
      ])
    await client.query('vacuum analyze')
  } finally {
    client.release(true)
  }
}
