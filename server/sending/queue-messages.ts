import { type SentKind, sentKinds } from '../../common/customers/sending.ts'
import { type Listener, newId } from '../kernel/index.ts'
import { fileOf, planMessage } from './rules/plan-message.ts'
import { type DocumentRow, findSendable, insertMessages, type NewMessage } from './store.ts'

/**
 * What is issued goes into the outbox of customers who want it by e-mail, once, and is sent when its file is made. The
 * recipients are those of that moment. Customers who want paper leave no trace here.
 */
export const sendingListener: Listener = {
  name: 'sending',
  types: ['document.issued'],
  async queue(database, events) {
    const wanted = events.filter(({ data }) => sentKinds.includes(data.kind as SentKind))
    const ids = [...new Set(wanted.map(({ data }) => data.documentId as string))]
    if (ids.length === 0) return
    const documents = await findSendable(database, ids, sentKinds)
    await insertMessages(database, documents.flatMap(automaticMessage))
  },
}

function automaticMessage(document: DocumentRow): NewMessage[] {
  const plan = planMessage(document)
  if (!plan.wanted) return []
  const { form, recipients, problem } = plan
  return [{ ...messageOf(document), form, format: fileOf(form), recipients, problem, automatic: true }]
}

/** What every message says of its document. */
export function messageOf(document: DocumentRow) {
  const { id: documentId, kind, number, customerId, language } = document
  return { id: newId(), documentId, kind, number, customerId, language, repeats: null, queuedBy: null }
}
