import type { z } from 'zod'
import { recipientsFor, sentKinds } from '../../common/customers/sending.ts'
import type { attempt, getDocumentSending, getSendingState, message, messageRow } from '../../common/sending/api.ts'
import { findBounced } from '../customers/index.ts'
import { type Database, orNotFound, pageRows, statement } from '../kernel/index.ts'
import { formFor, formsOf, isConsentMissing } from './rules/plan-message.ts'
import { findSendable, findSettings } from './store.ts'

type Row = z.input<typeof messageRow>
const rowColumns = `m.id, m.document_id as "documentId", m.kind, m.number, d.subject_id as "subjectId", m.customer_id as "customerId", c.name as "customerName", m.form, m.recipients, m.automatic, m.state, m.problem, m.attempts,
  case when m.state = 'waiting' then m.not_before end as "nextAt", m.created_at as "createdAt", m.ended_at as "endedAt", m.returned_on as "returnedOn",
  exists (select from documents.file f where f.document_id = m.document_id and f.format = m.format) as "fileReady"`
const rowJoins = 'join documents.document d on d.id = m.document_id join customers.customer c on c.id = m.customer_id'

const messageRows = statement<Row>(
  'sending.find-messages',
  `select ${rowColumns} from sending.message m ${rowJoins}
    where ($1::uuid is null or m.id < $1) and ($2::uuid is null or m.customer_id = $2) and ($5::uuid is null or m.document_id = $5)
      and ($3::text is null or m.number ilike '%' || $3 || '%' or c.name ilike '%' || $3 || '%' or c.number ilike $3 || '%' or array_to_string(m.recipients, ' ') ilike '%' || $3 || '%')
      and ($4 = 'all' or $4 = 'waiting' and m.state = 'waiting' or $4 = 'sent' and m.state = 'sent' and m.returned_on is null or $4 = 'failed' and m.state in ('failed', 'partly') or $4 = 'returned' and m.returned_on is not null)
    order by m.id desc limit $6 + 1`,
)

interface Asked {
  limit: number
  after?: string | undefined
  q?: string | undefined
  customerId?: string | undefined
  show: 'all' | 'waiting' | 'sent' | 'failed' | 'returned'
}

/** The outbox, newest first. */
export async function findMessages(database: Database, input: Asked) {
  const rows = await database.query(messageRows, [
    input.after ?? null,
    input.customerId ?? null,
    input.q?.replace(/[\\%_]/g, '\\$&') ?? null,
    input.show,
    null,
    input.limit,
  ])
  return pageRows(rows, input, (row) => row.id)
}

const messageById = statement<Omit<z.input<typeof message>, 'bounced' | 'log'>>(
  'sending.find-message',
  `select ${rowColumns}, m.language, array(select r from unnest(m.reached) r where r = any(m.recipients)) as reached, m.refused, m.subject, m.body, m.message_id as "messageId", m.returned_reason as "returnedReason",
          m.repeats, array(select r.id from sending.message r where r.repeats = m.id order by r.id)::text[] as "repeatedBy"
     from sending.message m ${rowJoins} where m.id = $1`,
)
const attemptsOf = statement<z.input<typeof attempt>>(
  'sending.attempts',
  `select number, begun_at as "begunAt", ended_at as "endedAt", outcome, code, answer, attached from sending.attempt where message_id = $1 order by number desc limit 200`,
)

/** One message with what the server said each time. */
export async function findMessage(database: Database, { id }: { id: string }): Promise<z.input<typeof message>> {
  const [[row], log] = await Promise.all([database.query(messageById, [id]), database.query(attemptsOf, [id])])
  const found = orNotFound(row, 'message')
  const marked = await bouncedOf(database, found.customerId)
  return { ...found, bounced: found.recipients.filter((r) => marked.has(r.toLowerCase())), log }
}

async function bouncedOf(database: Database, customerId: string): Promise<Set<string>> {
  return new Set((await findBounced(database, customerId)).map((b) => b.address))
}

/** What was sent of a document, and how it would be sent now. */
export async function findDocumentSending(
  database: Database,
  { id }: { id: string },
): Promise<z.input<typeof getDocumentSending.output>> {
  const [[found], settings, messages] = await Promise.all([
    findSendable(database, [id], sentKinds),
    findSettings(database),
    database.query(messageRows, [null, null, null, 'all', id, 50]),
  ])
  const document = orNotFound(found, 'document')
  const { kind, customer } = document
  return {
    setUp: settings?.active ?? false,
    byEmail: customer.sending.kinds.includes(kind),
    forms: formsOf(document).map((form) => ({ form, consentMissing: isConsentMissing(document, form) })),
    form: formFor(document),
    recipients: [...recipientsFor(kind, customer.sending, customer.email)],
    bounced: [...(await bouncedOf(database, document.customerId))],
    messages,
  }
}

const counts = statement<{ waiting: number; failed: number }>(
  'sending.counts',
  `select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state in ('failed', 'partly'))::int as failed from sending.message
    where state in ('waiting', 'failed', 'partly') and not exists (select from sending.message r where r.repeats = sending.message.id)`,
)

/** Whether mail can go out, and how much waits or wants somebody. */
export async function findSendingState(database: Database): Promise<z.input<typeof getSendingState.output>> {
  const [settings, [count]] = await Promise.all([findSettings(database), database.query(counts, [])])
  return {
    setUp: settings !== undefined,
    active: settings?.active ?? false,
    trouble: settings?.trouble ?? null,
    restsUntil: settings?.restsUntil ?? null,
    ...count!,
  }
}
