import { type Database, statement } from '../kernel/index.ts'

/** The papers that belong together, by id; all of one customer. */
export interface Chain {
  noteIds: string[]
  invoiceIds: string[]
  returnIds: string[]
}

const MOST_NOTES = 100

/*
 * From the document to its notes, from them to the other notes of their orders, and from these to whatever billed or took
 * back a line of theirs. Without a document: what is open or not billed. The customer is asked for at every step.
 */
const chainOf = statement<Chain>(
  'links.chain',
  `with subject as (select subject_id as id from documents.document where id = $2),
   first as (
     select n.id from delivery.note n, subject s where n.id = s.id
     union select l.note_id from invoicing.invoice_line l, subject s where l.invoice_id = s.id
     union select l.note_id from returns.line l, subject s where l.return_id = s.id
     union select l.note_id from receivables.open_item o join invoicing.invoice_line l on l.invoice_id = o.invoice_id where $2::uuid is null and o.customer_id = $1 and o.open > 0
     union select n.id from delivery.note n where $2::uuid is null and n.customer_id = $1 and n.billable),
   of_orders as (
     select distinct l.note_id as id from delivery.note_line l
      where $2::uuid is not null and l.order_id in (select x.order_id from delivery.note_line x where x.note_id in (select id from first))),
   notes as (
     select n.id from delivery.note n
      where n.customer_id = $1 and n.state = 'issued' and (n.id in (select id from first) or n.id in (select id from of_orders))
      order by n.id in (select id from first) desc, n.id desc limit ${MOST_NOTES}),
   invoices as (
     select i.id from invoicing.invoice i
      where i.customer_id = $1 and i.id in (select l.invoice_id from invoicing.invoice_line l where l.note_id in (select id from notes))
        and ($2::uuid is not null or exists (select from receivables.open_item o where (o.invoice_id = i.id or o.invoice_id in (select c.invoice_id from invoicing.correction_of c where c.correction_id = i.id)) and o.open > 0)))
   select array(select id from notes)::text[] as "noteIds", array(select id from invoices)::text[] as "invoiceIds",
          array(select r.id from returns.goods_return r where r.customer_id = $1 and r.id in (select l.return_id from returns.line l where l.note_id in (select id from notes)))::text[] as "returnIds"`,
)

/** What a link shows: its document with notes, invoices, corrections and returns of the same chain and customer. */
export async function findChain(
  database: Database,
  link: { customerId: string; documentId: string | null },
): Promise<Chain> {
  return (await database.query(chainOf, [link.customerId, link.documentId]))[0]!
}

const documentsOf = statement<{ documentId: string }>(
  'links.documents-of-chain',
  `select document_id as "documentId" from delivery.note where id = any($1) union all select document_id from invoicing.invoice where id = any($2)
   union all select document_id from returns.goods_return where id = any($3)`,
)
/** The documents of a chain; files of others are not there for who has the link. */
export async function findDocumentIds(database: Database, chain: Chain): Promise<Set<string>> {
  const rows = await database.query(documentsOf, [chain.noteIds, chain.invoiceIds, chain.returnIds])
  return new Set(rows.map((r) => r.documentId))
}
