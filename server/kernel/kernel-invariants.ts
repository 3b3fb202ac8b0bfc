import type { Database } from './database/statement.ts'
import { statement } from './database/statement.ts'
import { breaches, type Invariant } from './invariants.ts'
import { numberText, type SeriesKind } from './numbering.ts'
import { findBrokenSeals } from './seal-journal.ts'

const seriesRows = statement<{ kind: SeriesKind; branch: string; year: number; last: number }>(
  'kernel.series',
  "select kind, branch, year, last from kernel.number_series where kind <> 'customer'",
)
const issuedNumbers = statement<{ kind: string; counter: number; times: number }>(
  'kernel.issued-numbers',
  `select $1::text as kind, substring(number from '[0-9]+$')::bigint as counter, count(*)::int as times from (
     select number from orders.sales_order where $1 = 'order' union all select number from delivery.note where $1 = 'delivery-note' and number is not null
     union all select number from invoicing.invoice where $1 = case kind when 'down-payment' then 'invoice' else kind end union all select number from payments.payment where $1 = 'payment'
     union all select number from payments.refund where $1 = 'refund' union all select number from returns.goods_return where $1 = 'return'
     union all select number from payments.payment_file where $1 = 'payment-file'
     union all select number from links.case where $1 = 'case') n
    where number like $2 group by 2`,
)

/** Numbers of documents are 1 to last, none missing, none twice (§ 14 (4) no. 4 UStG, GoBD). */
const gaplessSeries: Invariant = {
  name: 'no number is missing or twice in a series',
  async findBroken(database: Database) {
    const problems: string[] = []
    for (const { kind, branch, year, last } of await database.query(seriesRows)) {
      const like = numberText(kind, year, branch, 0).replace(/0+$/, '%')
      const counters = await database.query(issuedNumbers, [kind, like])
      const seen = new Set(counters.map((c) => c.counter))
      for (const c of counters)
        if (c.times > 1) problems.push(`${numberText(kind, year, branch, c.counter)} is there ${c.times} times`)
      for (let n = 1; n <= last && problems.length < 50; n++)
        if (!seen.has(n)) problems.push(`${numberText(kind, year, branch, n)} is missing`)
      if (seen.size > last)
        problems.push(`series ${kind} ${year} stands at ${last}, but ${seen.size} numbers were given`)
    }
    return problems
  },
}

const wholeChain: Invariant = { name: 'the hash chain over the journal is whole', findBroken: findBrokenSeals }

export const kernelInvariants: Invariant[] = [
  gaplessSeries,
  wholeChain,
  breaches(
    'every announced event reached its listeners: a document without its files still has its job',
    `select format('document %s of %s has no %s and nobody is making it', d.number, d.created_at, f.format) as breach
       from kernel.event e join kernel.subscription s on s.name = 'documents' and (e.txid, e.position) <= (s.txid, s.position)
       join documents.document d on d.id = (e.data->>'documentId')::uuid cross join unnest(d.formats) as f(format)
      where e.type = 'document.issued' and not exists (select 1 from documents.file x where x.document_id = d.id and x.format = f.format)
        and not exists (select 1 from graphile_worker.jobs j where j.key = 'files-' || case f.format when 'pdf' then 'pages-' else 'data-' end || d.id and j.attempts < j.max_attempts)`,
  ),
  breaches(
    'every announced event reached its listeners: each webhook got each event it wants',
    `select format('webhook %s never got event %s (%s)', w.id, e.id, e.type) as breach
       from kernel.webhook w join kernel.event e on e.at > w.created_at and (w.event_types = '{}' or e.type = any(w.event_types))
       join kernel.subscription s on s.name = 'webhooks' and (e.txid, e.position) <= (s.txid, s.position)
      where w.active and not exists (select 1 from kernel.webhook_delivery d where d.webhook_id = w.id and d.event_id = e.id)`,
  ),
]
