import { sentKinds } from '../../common/customers/sending.ts'
import type { Form } from '../../common/sending/api.ts'
import { orNotFound, refuseNow, statement, type Work } from '../kernel/index.ts'
import { messageOf } from './queue-messages.ts'
import { fileOf, formsOf, isConsentMissing } from './rules/plan-message.ts'
import { findSendable, insertMessages } from './store.ts'

interface Sending {
  recipients: readonly string[]
  form: Form
}

/**
 * The clerk sends a document by hand, whatever the customer's usual way is. Refuses 'not-sendable' for a form the document
 * doesn't have, and 'consent-missing' for one the customer must have agreed to.
 */
export async function sendDocument(
  work: Work,
  { id, recipients, form }: Sending & { id: string },
): Promise<{ id: string }> {
  return queueByHand(work, id, { recipients, form }, null)
}

const messageById = statement<{ documentId: string; form: Form; state: string }>(
  'sending.message-to-repeat',
  'select document_id as "documentId", form, state from sending.message where id = $1',
)

/** The same document once more, after it failed, came back or got lost: a new message that names the first. */
export async function sendAgain(
  work: Work,
  { id, recipients }: { id: string; recipients: readonly string[] },
): Promise<{ id: string }> {
  const [found] = await work.query(messageById, [id])
  const first = orNotFound(found, 'message')
  if (first.state === 'waiting') refuseNow('still-waiting')
  return queueByHand(work, first.documentId, { recipients, form: first.form }, id)
}

async function queueByHand(work: Work, documentId: string, { recipients, form }: Sending, repeats: string | null) {
  const [found] = await findSendable(work, [documentId], sentKinds)
  const document = orNotFound(found, 'document')
  if (!formsOf(document).includes(form)) refuseNow('not-sendable', { document: document.number })
  if (isConsentMissing(document, form)) refuseNow('consent-missing')
  const message = {
    ...messageOf(document),
    form,
    format: fileOf(form),
    recipients: [...new Set(recipients)],
    problem: null,
    automatic: false,
    repeats,
    queuedBy: work.actor.id,
  }
  await insertMessages(work, [message])
  const { id, customerId } = message
  work.announce('sending.queued', { messageId: id, documentId, customerId })
  work.record({ subjectId: id, after: { documentId, form, recipients: message.recipients.length, repeats } })
  return { id }
}
