import type { MailTexts } from '../../../common/sending/texts.ts'
import { findMerchant } from '../../branches/index.ts'
import { findFile } from '../../documents/index.ts'
import { sha256, statement, type Work } from '../../kernel/index.ts'
import { makeLink } from '../../links/index.ts'
import { composeMail, type MailFacts } from '../rules/compose-mail.ts'
import { findSettings, LINK } from '../store.ts'
import type { ClaimedMessage } from './claim-message.ts'

type Facts = Pick<MailFacts, 'amount' | 'dueOn' | 'company' | 'customer'>
const factsOf = statement<Facts>(
  'sending.facts',
  `select i.gross + i.rounding - i.prepaid as amount, i.due_on as "dueOn", coalesce((select details->>'name' from branches.merchant), '') as company, c.name as customer
     from documents.document d left join invoicing.invoice i on i.id = d.subject_id join customers.customer c on c.id = $2 where d.id = $1`,
)
const keepWords = statement(
  'sending.keep-words',
  'update sending.message set subject = $2, body = $3, link = $4 where id = $1',
)
const keepAttached = statement(
  'sending.keep-attached',
  "update sending.attempt set attached = $3 where message_id = $1 and number = $2 and outcome = 'begun'",
)

export interface PreparedMessage {
  subject: string
  text: string
  file: { fileName: string; mediaType: string; bytes: Buffer }
}

/**
 * Before the server is spoken to: the words are found once and kept, so that every attempt says the same, and the attempt
 * says by its hash what will be attached. What was changed after it was archived is not sent.
 */
export async function prepareMessage(work: Work, message: ClaimedMessage): Promise<PreparedMessage> {
  const [[facts], file, settings] = await Promise.all([
    work.query(factsOf, [message.documentId, message.customerId]),
    findFile(work, message.documentId, message.format),
    findSettings(work),
  ])
  const { fileName, mediaType, bytes } = file!
  const hash = sha256(bytes)
  if (!hash.equals(file!.sha256)) throw new Error(`${fileName} was changed after it was archived`)
  const words = message.subject === null ? await findWords(work, message, facts!, settings!.texts) : kept(work, message)
  const attached = [{ format: message.format, fileName, sha256: hash.toString('hex'), bytes: bytes.length }]
  work.save(keepAttached, [message.id, message.attempt, JSON.stringify(attached)])
  work.record({ subjectId: message.id, after: { documentId: message.documentId, attempt: message.attempt, attached } })
  const { subject, body, link } = words
  return { subject, text: body.replaceAll('{link}', link ?? ''), file: { fileName, mediaType, bytes } }
}

interface Words {
  subject: string
  body: string
  link: string | null
}

async function findWords(work: Work, message: ClaimedMessage, facts: Facts, texts: MailTexts): Promise<Words> {
  const { id, customerId, documentId, number } = message
  const { publicAddress } = await findMerchant(work)
  const link = publicAddress ? (await makeLink(work, { customerId, documentId })).address : null
  const { subject, text } = composeMail(texts, message, { ...facts, number, link: link && '{link}' })
  work.save(keepWords, [id, subject, text, link && work.secrets.seal(LINK, link)])
  return { subject, body: text, link }
}

function kept(work: Work, { subject, body, link }: ClaimedMessage): Words {
  return { subject: subject!, body: body!, link: link && (work.secrets.open(LINK, link) ?? null) }
}
