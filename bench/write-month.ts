import { newCustomer } from '../common/customers/api.ts'
import { addCustomers } from '../server/customers/index.ts'
import { perform, systemActor } from '../server/kernel/index.ts'
import { countNumbers, inBatches, number, receiveWhatLeft, uuid, withManyRows } from './many-rows.ts'
import type { World } from './world.ts'

const NOTES_EACH = 30
export const LINES_EACH = 5
const DAY = '2002-01-31'

/* A month of deliveries on delivery note that nobody has billed: one order of five lines and its note a number. */
const from = 'from generate_series($1::bigint, $2::bigint) n(n)'
const customer = 'join bench_customer c on c.slot = n.n % (select count(*) from bench_customer)'
const lineFrom = `${from} cross join generate_series(1, ${LINES_EACH}) p join bench_article a on a.slot = (n.n * 7 + p * 13) % (select count(*) from bench_article) cross join bench_place l`
const line = 'n.n * 8 + p'

const statements = [
  `insert into orders.sales_order (id, number, channel, content_hash, content, customer_id, bill_to, deliver_to, price_mode, payment_method, on_account, ordered_at, net, vat, gross, per_rate)
   select ${uuid('O', 'n.n')}, ${number('AU', 2002, 'n.n')}, 'phone', sha256('x'), '{"lines": 5}', c.id, c.bill_to, c.bill_to, 'net', 'on-delivery-note', true, timestamptz '2002-01-01' + n.n * interval '1 second', 5000, 950, 5950, '[]' ${from} ${customer}`,
  `insert into orders.order_line (id, order_id, position, kind, article_id, article_number, name, unit, vat_category, vat_rate, unit_price, discount, amount, gross, ordered, delivered)
   select ${uuid('L', line)}, ${uuid('O', 'n.n')}, p, 'goods', a.id, a.number, a.number, 'H87', 'S', 1900, 100000, 0, 1000, 1190, 1000, 1000 ${lineFrom}`,
  `insert into documents.document (id, kind, number, subject_id, snapshot, snapshot_sha256, formats)
   select ${uuid('D', 'n.n')}, 'delivery-note', ${number('LS', 2002, 'n.n')}, ${uuid('N', 'n.n')}, '{}', sha256('{}'), '{}' ${from}`,
  `insert into delivery.note (id, number, state, customer_id, deliver_to, location_id, created_at, issued_on, delivered_on, document_id, billable)
   select ${uuid('N', 'n.n')}, ${number('LS', 2002, 'n.n')}, 'issued', c.id, c.bill_to, l.id, now(), day, day, ${uuid('D', 'n.n')}, true
     ${from} ${customer} cross join bench_place l cross join lateral (select date '${DAY}' - (n.n % 30)::int as day) d`,
  `insert into delivery.note_line (id, note_id, position, order_id, order_line_id, planned, delivered)
   select ${uuid('K', line)}, ${uuid('N', 'n.n')}, p, ${uuid('O', 'n.n')}, ${uuid('L', line)}, 1000, 1000 ${lineFrom}`,
  `insert into stock.movement (id, at, article_id, from_location, quantity, reason, reference_kind, reference_id)
   select ${uuid('M', line)}, '${DAY}', a.id, l.id, 1000, 'goods-issue', 'delivery-note', ${uuid('N', 'n.n')} ${lineFrom}`,
]

export interface Month {
  customerIds: string[]
  notes: number
  lines: number
}

/** So many customers who are billed monthly, each with thirty notes of five lines. */
export async function writeMonth(world: World, customers: number): Promise<Month> {
  const customerIds = await makeCustomers(world, customers)
  const notes = customers * NOTES_EACH
  await withManyRows(world, customerIds, async (client) => {
    await inBatches('notes', notes, async (first, last) => {
      for (const sql of statements) await client.query(sql, [first, last])
    })
    await receiveWhatLeft(client, DAY)
    await client.query(
      `update receivables.account a set unbilled = s.unbilled from (
         select o.customer_id, sum(l.gross) as unbilled from orders.sales_order o join orders.order_line l on l.order_id = o.id group by 1) s
        where s.customer_id = a.customer_id and a.customer_id = any($1)`,
      [customerIds],
    )
    await countNumbers(client, 2002, { order: notes, 'delivery-note': notes })
  })
  return { customerIds, notes, lines: notes * LINES_EACH }
}

async function makeCustomers(world: World, count: number): Promise<string[]> {
  const made: string[] = []
  for (let at = 0; at < count; at += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, count - at) }, (_, i) => monthlyBilled(at + i))
    const call = { name: 'add-customers', actor: systemActor, input: { at } }
    made.push(...(await perform(world.kernel, call, (work) => addCustomers(work, rows))).map(({ id }) => id))
  }
  return made
}

function monthlyBilled(i: number) {
  const billTo = { name: `Monatskunde ${i} GmbH`, street: 'Am Anger 1', postalCode: '02826', city: 'Görlitz' }
  const customer = newCustomer.parse({
    kind: 'company',
    name: billTo.name,
    email: `m${i}@kunde.example`,
    billTo,
    mayBuyOnDeliveryNote: true,
    creditLimit: 9_000_000_000_00,
    billingRule: 'monthly',
    paymentTerms: { netDays: 30, skonto: [{ days: 8, percent: 200 }] },
  })
  return { ...customer, number: `M-${i}` }
}
