import { breaches } from '../kernel/invariants.ts'

export const sendingInvariants = [
  breaches(
    'what was sent has a receipt of the server, and went out as it was archived',
    `select format('%s %s: no receipt', m.kind, m.number) as breach from sending.message m
      where m.state = 'sent' and not exists (select from sending.attempt a where a.message_id = m.id and a.outcome = 'sent')
     union all
     select format('%s %s: %s is not the file that was archived', m.kind, m.number, f->>'fileName') from sending.message m join sending.attempt a on a.message_id = m.id, jsonb_array_elements(a.attached) f
      where not exists (select from documents.file d where d.document_id = m.document_id and d.format = f->>'format' and encode(d.sha256, 'hex') = f->>'sha256')`,
  ),
  breaches(
    'a message is sent only when the server took it for every recipient',
    `select format('%s %s', kind, number) as breach from sending.message
      where state = 'sent' and not recipients <@ reached or state <> 'waiting' and ended_at is null`,
  ),
]
