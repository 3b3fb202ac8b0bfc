import type { Day } from '../../common/dates.ts'
import { markBounced } from '../customers/index.ts'
import { orNotFound, refuseNow, statement, type Work } from '../kernel/index.ts'

interface Locked {
  documentId: string
  customerId: string
  state: string
  recipients: string[]
}
const lockMessage = statement<Locked>(
  'sending.lock-message',
  'select document_id as "documentId", customer_id as "customerId", state, recipients from sending.message where id = $1 for update',
)
const cancelRow = statement(
  'sending.cancel-message',
  "update sending.message set state = 'cancelled', ended_at = $2 where id = $1",
)
const returnRow = statement(
  'sending.record-bounce',
  'update sending.message set returned_on = $2, returned_reason = $3 where id = $1',
)

/** A message that waits is not sent. Refuses 'not-waiting'. One that is just being handed over may go all the same. */
export async function cancelMessage(work: Work, { id }: { id: string }): Promise<Record<string, never>> {
  const [found] = await work.query(lockMessage, [id])
  const { state, documentId, customerId } = orNotFound(found, 'message')
  if (state !== 'waiting') refuseNow('not-waiting')
  work.save(cancelRow, [id, work.now])
  work.announce('sending.cancelled', { messageId: id, documentId, customerId })
  work.record({ subjectId: id, after: { state: 'cancelled' } })
  return {}
}

/**
 * A mail came back, as somebody read in the merchant's mailbox: kept with the message, and the addresses are marked on the
 * customer. Refuses 'not-sent', and 'not-a-recipient' for an address it didn't go to.
 */
export async function recordBounce(
  work: Work,
  { id, addresses, reason, on }: { id: string; addresses: readonly string[]; reason: string; on: Day },
): Promise<Record<string, never>> {
  const [found] = await work.query(lockMessage, [id])
  const { state, documentId, customerId, recipients } = orNotFound(found, 'message')
  if (state !== 'sent' && state !== 'partly') refuseNow('not-sent')
  if (addresses.some((address) => !recipients.includes(address))) refuseNow('not-a-recipient')
  work.save(returnRow, [id, on, reason])
  markBounced(work, { customerId, addresses, on, reason })
  work.announce('sending.returned', { messageId: id, documentId, customerId })
  work.record({ subjectId: id, after: { returnedOn: on, addresses: addresses.length } })
  return {}
}
