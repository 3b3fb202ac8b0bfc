import type { SentKind } from '../../../common/customers/sending.ts'
import type { Form } from '../../../common/sending/api.ts'
import type { FileFormat } from '../../documents/index.ts'
import { type Database, statement } from '../../kernel/index.ts'

/** A message that is ours to send for the time of the lease, with the attempt that was begun for it. */
export interface ClaimedMessage {
  id: string
  documentId: string
  kind: SentKind
  number: string
  customerId: string
  form: Form
  format: FileFormat
  language: 'de' | 'en'
  recipients: string[]
  reached: string[]
  refused: string[]
  subject: string | null
  body: string | null
  /** sealed */
  link: string | null
  automatic: boolean
  messageId: string
  attempt: number
  tries: number
  firstBegunAt: string
}

// What is due, oldest first, whose file is made. The attempt is written before anything is said to the server: where one
// was begun and never ended, a process died in between, and nobody knows whether the mail went out.
const claim = statement<ClaimedMessage>(
  'sending.claim',
  `with next as (
     select m.id from sending.message m cross join sending.settings s
      where s.active and (s.not_before is null or s.not_before <= now()) and m.state = 'waiting'
        and (m.not_before is null or m.not_before <= now()) and (m.lease_until is null or m.lease_until < now())
        and exists (select from documents.file f where f.document_id = m.document_id and f.format = m.format)
      order by m.id limit 1 for update of m skip locked),
   claimed as (
     update sending.message m set lease_by = $1, lease_until = now() + $2 * interval '1 millisecond', attempts = m.attempts + 1,
       message_id = coalesce(m.message_id, '<' || m.id || '@' || split_part(s.from_address, '@', 2) || '>')
       from next, sending.settings s where m.id = next.id returning m.*),
   lost as (
     update sending.attempt a set outcome = 'unsure', ended_at = now() from claimed c where a.message_id = c.id and a.outcome = 'begun'),
   begun as (
     insert into sending.attempt (message_id, number, begun_at) select id, attempts, now() from claimed)
   select id, document_id as "documentId", kind, number, customer_id as "customerId", form, format, language, recipients, reached, refused, subject, body, link, automatic,
          message_id as "messageId", attempts as attempt, tries, coalesce((select min(a.begun_at) from sending.attempt a where a.message_id = claimed.id), now()) as "firstBegunAt"
     from claimed`,
)

export async function claimMessage(
  database: Database,
  lease: { by: string; forMs: number },
): Promise<ClaimedMessage | undefined> {
  return (await database.query(claim, [lease.by, lease.forMs]))[0]
}
