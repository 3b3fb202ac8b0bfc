import type { z } from 'zod'
import type { caseLine, caseRow, shortageCase } from '../../common/links/api.ts'
import { type Database, orNotFound, pageRows, statement } from '../kernel/index.ts'

type Row = z.input<typeof caseRow>
const columns = `c.id, c.number, c.customer_id as "customerId", k.name as "customerName", c.state, c.reported_at as "reportedAt", left(c.words, 160) as excerpt, q.notes, q.lines`
const joins = `join customers.customer k on k.id = c.customer_id
  join lateral (select count(*)::int as lines, jsonb_agg(distinct jsonb_build_object('id', n.id, 'number', n.number)) as notes from links.case_line l join delivery.note n on n.id = l.note_id where l.case_id = c.id) q on true`
const caseRows = statement<Row>(
  'links.find-cases',
  `select ${columns} from links.case c ${joins}
    where ($1::uuid is null or c.id < $1) and ($2::uuid is null or c.customer_id = $2) and ($3 = 'all' or c.state <> 'done')
      and ($4::text is null or c.number ilike '%' || $4 || '%' or k.name ilike '%' || $4 || '%' or q.notes::text ilike '%' || $4 || '%')
    order by c.id desc limit $5 + 1`,
)

/** What customers reported, newest first; `waiting`: nobody has finished it. */
export async function findCases(
  database: Database,
  input: {
    limit: number
    after?: string | undefined
    q?: string | undefined
    customerId?: string | undefined
    show: 'waiting' | 'all'
  },
) {
  const rows = await database.query(caseRows, [
    input.after ?? null,
    input.customerId ?? null,
    input.show,
    input.q?.replace(/[\\%_]/g, '\\$&') ?? null,
    input.limit,
  ])
  return pageRows(rows, input, (r) => r.id)
}

type View = z.input<typeof shortageCase>
const caseById = statement<Omit<View, 'caseLines'>>(
  'links.find-case',
  `select ${columns}, c.words, c.contact, c.language, c.link_id as "linkId",
          coalesce((select jsonb_agg(jsonb_build_object('kind', s.kind, 'words', s.words, 'at', s.at, 'by', coalesce(u.name, a.name, 'Tresen'), 'returnId', s.return_id, 'returnNumber', r.number) order by s.id)
             from links.case_step s left join returns.goods_return r on r.id = s.return_id left join kernel.app_user u on u.id = s.by left join kernel.api_key a on a.id = s.by where s.case_id = c.id), '[]') as steps
     from links.case c ${joins} where c.id = $1`,
)
const linesOfCase = statement<z.input<typeof caseLine>>(
  'links.find-case-lines',
  `select l.position, l.note_id as "noteId", n.number as "noteNumber", l.note_line_id as "noteLineId", o.article_id as "articleId", o.article_number as "articleNumber", o.name, o.unit, l.problem, l.quantity, x.delivered, x.delivered - x.returned as returnable
     from links.case_line l join delivery.note n on n.id = l.note_id join delivery.note_line x on x.id = l.note_line_id join orders.order_line o on o.id = x.order_line_id where l.case_id = $1 order by l.position`,
)

/** One report with its lines and what was done about it. */
export async function findCase(database: Database, input: { id: string }): Promise<View> {
  const [[row], caseLines] = await Promise.all([
    database.query(caseById, [input.id]),
    database.query(linesOfCase, [input.id]),
  ])
  return { ...orNotFound(row, 'case'), caseLines }
}
