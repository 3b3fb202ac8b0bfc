import { setTimeout as sleep } from 'node:timers/promises'
import { type Kernel, perform, systemActor } from '../../kernel/index.ts'
import { judgeTrouble } from '../rules/judge-answer.ts'
import { findSettings, PASSWORD, type SettingsRow } from '../store.ts'
import { buildMail } from './build-mail.ts'
import type { ClaimedMessage } from './claim-message.ts'
import type { SendingPace } from './pace.ts'
import { type PreparedMessage, prepareMessage } from './prepare-message.ts'
import { type AttemptEnd, recordAttempt } from './record-attempt.ts'
import { handOver, SmtpError, type SmtpServer } from './smtp.ts'

type Ending = Pick<AttemptEnd, 'verdict' | 'code' | 'answer' | 'accepted' | 'refused' | 'problem'>
const nothing = { code: null, accepted: [], refused: [] } as const

/** One attempt from beginning to end. No transaction is open while the mail server is spoken to. */
export async function deliverMessage(kernel: Kernel, message: ClaimedMessage, pace: SendingPace): Promise<void> {
  const ending = await attempt(kernel, message, pace).catch((error): Ending => {
    kernel.log.error({ problem: String(error), message: message.id }, 'a mail could not be sent')
    return { ...nothing, verdict: 'again', answer: 'internal fault' }
  })
  const input = { ...ending, id: message.id, attempt: message.attempt, retryMs: pace.retryMs, chance: Math.random() }
  await patiently(() => perform(kernel, { name: 'record-attempt', actor: systemActor, input }, recordAttempt))
}

async function attempt(kernel: Kernel, message: ClaimedMessage, pace: SendingPace): Promise<Ending> {
  const settings = await findSettings(kernel.database)
  if (!settings) return { ...nothing, verdict: 'server', answer: 'no mail server' }
  const server = serverOf(kernel, settings)
  if (server === null)
    return { ...nothing, verdict: 'server', answer: 'the password can not be read with the key of this server' }
  const prepared = await perform(
    kernel,
    { name: 'prepare-message', actor: systemActor, input: message },
    prepareMessage,
  )
  if (prepared.file.bytes.length > settings.largestMegabytes * 1_000_000)
    return {
      ...nothing,
      verdict: 'failed',
      answer: `${prepared.file.bytes.length} bytes`,
      problem: 'attachment-too-large',
    }
  const wanted = settings.bcc ? [...message.recipients, settings.bcc] : message.recipients
  const to = wanted.filter((r) => !message.reached.includes(r) && !message.refused.includes(r))
  const mail = await buildMail(mailOf(message, settings, prepared))
  try {
    const receipt = await handOver(server, { from: settings.fromAddress, to }, mail, pace.patience)
    return { ...receipt, verdict: 'taken' }
  } catch (error) {
    if (!(error instanceof SmtpError)) throw error
    const { trouble, refused } = error
    return { code: trouble.responseCode, answer: trouble.answer, accepted: [], refused, verdict: verdictOf(error) }
  }
}

/** Recipients that were all refused are looked at one by one; the message as such wasn't. */
function verdictOf({ trouble, refused }: SmtpError): Ending['verdict'] {
  return refused.length > 0 && trouble.command === 'RCPT TO' ? 'again' : judgeTrouble(trouble)
}

/** null: the password was sealed with another key. */
export function serverOf(kernel: Pick<Kernel, 'secrets'>, settings: SettingsRow): SmtpServer | null {
  const { host, port, security, userName, password: sealed } = settings
  const password = sealed === null ? null : kernel.secrets.open(PASSWORD, sealed)
  if (password === undefined) return null
  return { host, port, security, user: userName, password }
}

function mailOf(message: ClaimedMessage, settings: SettingsRow, { subject, text, file }: PreparedMessage) {
  return {
    messageId: message.messageId,
    date: new Date(message.firstBegunAt),
    language: message.language,
    from: { name: settings.fromName, address: settings.fromAddress },
    replyTo: settings.replyTo,
    to: message.recipients,
    subject,
    text,
    automatic: message.automatic,
    attachment: file,
  }
}

const BETWEEN_MS = 500
const TRIES = 10

/** The receipt is in hand and must be written down; a database that restarts is waited for. */
async function patiently(write: () => Promise<unknown>): Promise<void> {
  for (let i = 1; ; i++) {
    try {
      await write()
      return
    } catch (error) {
      if (i === TRIES) throw error
      await sleep(BETWEEN_MS * i, undefined, { ref: false })
    }
  }
}
