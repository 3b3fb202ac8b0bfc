import { countNumbers, inBatches, number, receiveWhatLeft, uuid, withManyRows } from './many-rows.ts'
import type { World } from './world.ts'

/*
 * Years of finished trade: one order of five lines, its note, goods issue, invoice and payment a number; some invoices may be
 * open.
 */
const from = 'from generate_series($1::bigint, $2::bigint) n'
const lineFrom = `${from} cross join generate_series(1, 5) p join bench_article a on a.slot = (n * 7 + p * 13) % (select count(*) from bench_article) cross join bench_place l`
const customer = 'join bench_customer c on c.slot = n.n % (select count(*) from bench_customer)'

// $3: every so manieth invoice is open; 0: none
const isPaid = '($3::int = 0 or n.n % greatest($3::int, 1) > 0)'
const paidBefore = '(n.n - case $3::int when 0 then 0 else n.n / $3::int end)'

const statements = [
  `insert into orders.sales_order (id, number, channel, content_hash, content, customer_id, bill_to, deliver_to, price_mode, payment_method, on_account, ordered_at, net, vat, gross, per_rate)
   select ${uuid('o', 'n.n')}, ${number('AU', 2001, 'n.n')}, 'phone', sha256('x'), '{"lines": 5}', c.id, c.bill_to, c.bill_to, 'net', 'on-delivery-note', true, timestamptz '2001-01-01' + n.n * interval '1 minute', 5000, 950, 5950, '[]'
     from generate_series($1::bigint, $2::bigint) n(n) ${customer}`,
  `insert into orders.order_line (id, order_id, position, kind, article_id, article_number, name, unit, vat_category, vat_rate, unit_price, discount, amount, gross, ordered, delivered, invoiced)
   select ${uuid('l', 'n * 8 + p')}, ${uuid('o', 'n')}, p, 'goods', a.id, a.number, a.number, 'H87', 'S', 1900, 100000, 0, 1000, 1190, 1000, 1000, 1000 ${lineFrom}`,
  `insert into delivery.note (id, number, state, customer_id, deliver_to, location_id, created_at, issued_on, delivered_on, document_id)
   select ${uuid('n', 'n.n')}, ${number('LS', 2001, 'n.n')}, 'issued', c.id, c.bill_to, l.id, now(), '2001-01-01', '2001-01-01', ${uuid('d', 'n.n * 2')}
     from generate_series($1::bigint, $2::bigint) n(n) ${customer} cross join bench_place l`,
  `insert into delivery.note_line (id, note_id, position, order_id, order_line_id, planned, delivered, invoiced)
   select ${uuid('k', 'n * 8 + p')}, ${uuid('n', 'n')}, p, ${uuid('o', 'n')}, ${uuid('l', 'n * 8 + p')}, 1000, 1000, 1000 ${lineFrom}`,
  `insert into stock.movement (id, at, article_id, from_location, quantity, reason, reference_kind, reference_id)
   select ${uuid('m', 'n * 8 + p')}, '2001-01-01', a.id, l.id, 1000, 'goods-issue', 'delivery-note', ${uuid('n', 'n')} ${lineFrom}`,
  `insert into documents.document (id, kind, number, subject_id, snapshot, snapshot_sha256, formats)
   select ${uuid('d', 'n * 2 + s')}, case s when 0 then 'delivery-note' else 'invoice' end, 'x', ${uuid('n', 'n')}, snapshot, sha256(convert_to(snapshot::text, 'UTF8')), '{}'
     from (select n, s, case s when 0 then '{}'::json else '{"invoice":{"totals":{"net":5000,"vat":950,"gross":5950,"amountDue":5950}}}'::json end as snapshot ${from} cross join generate_series(0, 1) s) x`,
  `insert into invoicing.invoice (id, number, kind, customer_id, bill_to, price_mode, issued_on, period_from, period_to, net, vat, rounding, gross, per_rate, document_id, issued_at)
   select ${uuid('i', 'n.n')}, ${number('RE', 2001, 'n.n')}, 'invoice', c.id, c.bill_to, 'net', '2001-01-01', '2001-01-01', '2001-01-01', 5000, 950, 0, 5950, '[{"net": 5000, "vat": 950, "rate": 1900, "category": "S"}]', ${uuid('d', 'n.n * 2 + 1')}, now()
     from generate_series($1::bigint, $2::bigint) n(n) ${customer}`,
  `insert into invoicing.invoice_line (id, invoice_id, position, note_id, note_line_id, order_id, order_line_id, quantity, amount, net, gross, vat_category, vat_rate)
   select ${uuid('j', 'n * 8 + p')}, ${uuid('i', 'n')}, p, ${uuid('n', 'n')}, ${uuid('k', 'n * 8 + p')}, ${uuid('o', 'n')}, ${uuid('l', 'n * 8 + p')}, 1000, 1000, 1000, 1190, 'S', 1900 ${lineFrom}`,
  `insert into receivables.open_item (invoice_id, customer_id, number, issued_on, due_on, amount, open)
   select ${uuid('i', 'n.n')}, c.id, ${number('RE', 2001, 'n.n')}, '2001-01-01', '2001-01-31', 5950, case when ${isPaid} then 0 else 5950 end from generate_series($1::bigint, $2::bigint) n(n) ${customer}`,
  `insert into receivables.entry (id, at, day, customer_id, kind, amount, source_id, number)
   select ${uuid('e', 'n.n * 2 + s')}, now(), '2001-01-01', c.id, case s when 0 then 'invoice' else 'payment' end, case s when 0 then 5950 else -5950 end, case s when 0 then ${uuid('i', 'n.n')} else ${uuid('p', 'n.n')} end, 'x'
     from generate_series($1::bigint, $2::bigint) n(n) ${customer} cross join generate_series(0, 1) s where s = 0 or ${isPaid}`,
  `insert into payments.payment (id, number, customer_id, received_on, method, amount, at)
   select ${uuid('p', 'n.n')}, ${number('ZA', 2001, paidBefore)}, c.id, '2001-01-31', 'transfer', 5950, now() from generate_series($1::bigint, $2::bigint) n(n) ${customer} where ${isPaid}`,
  `insert into receivables.credit (id, customer_id, kind, amount, "left", received_on) select ${uuid('p', 'n.n')}, c.id, 'payment', 5950, 0, '2001-01-31' from generate_series($1::bigint, $2::bigint) n(n) ${customer} where ${isPaid}`,
  `insert into receivables.allocation (id, at, credit_id, invoice_id, amount) select ${uuid('a', 'n.n')}, now(), ${uuid('p', 'n.n')}, ${uuid('i', 'n.n')}, 5950 from generate_series($1::bigint, $2::bigint) n(n) where ${isPaid}`,
  `insert into kernel.journal (id, at, actor_kind, use_case, subject_id, after, request_key, input_hash, output)
   select ${uuid('z', 'n * 8 + p')}, now(), 'system', 'history', ${uuid('o', 'n')}, '{"number": "AU-2001-000001", "gross": 5950}', 'history ' || n || ' ' || p, sha256('x'), '{}' ${from} cross join generate_series(1, 5) p`,
  `insert into kernel.event (id, at, type, data) select ${uuid('v', 'n * 8 + p')}, now(), 'history', '{"number": "AU-2001-000001"}' ${from} cross join generate_series(1, 6) p`,
]

interface HistoryOf {
  customerIds: readonly string[]
  openEvery: number
}

/** So many orders of these customers, of all that the world has if nothing is said. */
export async function writeHistory(
  world: World,
  orders: number,
  { customerIds, openEvery }: HistoryOf = { customerIds: world.customers.map(({ id }) => id), openEvery: 0 },
): Promise<void> {
  await withManyRows(world, customerIds, async (client) => {
    await inBatches('history', orders, async (first, last) => {
      for (const sql of statements)
        await client.query(sql, sql.includes('$3') ? [first, last, openEvery] : [first, last])
    })
    await receiveWhatLeft(client, '2001-01-01')
    await client.query(
      `update receivables.account a set open_items = open_items + (select coalesce(sum(open), 0) from receivables.open_item o where o.customer_id = a.customer_id and o.number like '%-2001-%') where customer_id = any($1)`,
      [customerIds],
    )
    const payments = orders - (openEvery === 0 ? 0 : Math.floor(orders / openEvery))
    await countNumbers(client, 2001, { order: orders, 'delivery-note': orders, invoice: orders, payment: payments })
  })
}
