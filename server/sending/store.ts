import type { SentKind } from '../../common/customers/sending.ts'
import type { MessageProblem } from '../../common/sending/api.ts'
import type { MailTexts } from '../../common/sending/texts.ts'
import { type Database, statement } from '../kernel/index.ts'
import type { SendableDocument } from './rules/plan-message.ts'

/** The name under which the password of the mail server is sealed. */
export const PASSWORD = 'sending.password'

/** The name under which the customer's link in a mail is sealed. */
export const LINK = 'sending.link'

export interface SettingsRow {
  active: boolean
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  userName: string | null
  /** sealed */
  password: string | null
  fromAddress: string
  fromName: string
  replyTo: string | null
  bcc: string | null
  largestMegabytes: number
  texts: MailTexts
  troubles: number
  trouble: string | null
  restsUntil: string | null
}

const settingsRow = statement<SettingsRow>(
  'sending.settings',
  `select active, host, port, security, user_name as "userName", password, from_address as "fromAddress", from_name as "fromName", reply_to as "replyTo", bcc,
     largest_megabytes as "largestMegabytes", texts, troubles, trouble, case when not_before > now() then not_before end as "restsUntil" from sending.settings`,
)

/** The mail server as it is set up; undefined before the first time. */
export async function findSettings(database: Database): Promise<SettingsRow | undefined> {
  return (await database.query(settingsRow, []))[0]
}

export interface DocumentRow extends SendableDocument {
  id: string
  number: string
  subjectId: string
  customerId: string
  language: 'de' | 'en'
}

type FlatRow = Omit<DocumentRow, 'customer'> &
  Omit<DocumentRow['customer'], 'kind'> & { customerKind: 'company' | 'consumer' }
const documentRows = statement<FlatRow>(
  'sending.documents',
  `select d.id, d.kind, d.number, d.subject_id as "subjectId", d.formats, coalesce((d.snapshot->>'hybrid')::boolean, false) as hybrid, c.id as "customerId", c.language,
          c.kind as "customerKind", c.vat_treatment as "vatTreatment", c.invoice_format as "invoiceFormat", c.email, c.sending
     from documents.document d left join invoicing.invoice i on i.id = d.subject_id left join delivery.note n on n.id = d.subject_id left join returns.goods_return r on r.id = d.subject_id
     join customers.customer c on c.id = coalesce(i.customer_id, n.customer_id, r.customer_id)
    where d.id = any($1) and d.kind = any($2) order by d.id`,
)

/** Documents that are for a customer, with how he wants them. Pick lists are not among them. */
export async function findSendable(
  database: Database,
  ids: readonly string[],
  kinds: readonly SentKind[],
): Promise<DocumentRow[]> {
  const rows = await database.query(documentRows, [ids, kinds])
  return rows.map(({ customerKind, vatTreatment, invoiceFormat, email, sending, ...document }) => ({
    ...document,
    customer: { kind: customerKind, vatTreatment, invoiceFormat, email, sending },
  }))
}

export interface NewMessage {
  id: string
  documentId: string
  kind: SentKind
  number: string
  customerId: string
  form: string
  format: string
  language: 'de' | 'en'
  recipients: readonly string[]
  automatic: boolean
  repeats: string | null
  queuedBy: string | null
  problem: MessageProblem | null
}

const insertRows = statement(
  'sending.insert-messages',
  `insert into sending.message (id, document_id, kind, number, customer_id, form, format, language, recipients, automatic, repeats, queued_by, created_at, state, problem, ended_at)
   select id, "documentId", kind, number, "customerId", form, format, language, array(select jsonb_array_elements_text(recipients)), automatic, repeats, "queuedBy", now(),
          case when problem is null then 'waiting' else 'failed' end, problem, case when problem is not null then now() end
     from jsonb_to_recordset($1) as m(id uuid, "documentId" uuid, kind text, number text, "customerId" uuid, form text, format text, language text, recipients jsonb, automatic boolean, repeats uuid, "queuedBy" uuid, problem text)
   on conflict (document_id) where automatic do nothing`,
)

/** Messages for the outbox; one that can't go out as it is (`problem`) stands there as failed. */
export async function insertMessages(database: Database, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length > 0) await database.query(insertRows, [JSON.stringify(messages)])
}
