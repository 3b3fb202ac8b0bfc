/** What went wrong with the mail server, and how far we had come. */
export interface SmtpTrouble {
  /** the step it broke off in; `data`: the server had said yes to sender and recipients */
  phase: 'connect' | 'login' | 'envelope' | 'data'
  /** the server's number, if it said one */
  responseCode: number | null
  /** the command that was answered, as the library names it */
  command: string
  /** the whole message was handed over */
  dataSent: boolean
  answer: string
}

export interface RefusedRecipient {
  address: string
  responseCode: number | null
  answer: string
}

/**
 * - again: this message, later
 * - failed: never, as it is
 * - unsure: the whole message was handed over and the receipt didn't come
 * - server: nothing to do with the message; the server can't be used now
 */
export type Verdict = 'again' | 'failed' | 'unsure' | 'server'

const isPermanent = (code: number | null) => code !== null && code >= 500 && code < 600 && code !== 503
/** The message is larger than the server takes. */
const TOO_LARGE = 552

/**
 * What trouble means for the message. RFC 5321: 4yz may pass, 5yz won't; 421 closes the connection and 503 speaks of its
 * state. A sender the server refuses is a matter of the settings.
 */
export function judgeTrouble({ phase, responseCode, command, dataSent }: SmtpTrouble): Verdict {
  if (phase === 'connect' || phase === 'login' || responseCode === 421) return 'server'
  if (command === 'MAIL FROM' && isPermanent(responseCode) && responseCode !== TOO_LARGE) return 'server'
  if (dataSent && responseCode === null) return 'unsure'
  return isPermanent(responseCode) ? 'failed' : 'again'
}

/** Who of the refused won't be asked again. */
export function refusedForGood(refused: readonly RefusedRecipient[]): string[] {
  return refused.filter((r) => isPermanent(r.responseCode)).map((r) => r.address)
}

/** Where a message stands once everybody was asked: who took it, who never will, who may yet. */
export function stateAfter(
  recipients: readonly string[],
  reached: readonly string[],
  refused: readonly string[],
): 'sent' | 'partly' | 'failed' | 'waiting' {
  if (recipients.some((r) => !reached.includes(r) && !refused.includes(r))) return 'waiting'
  const took = recipients.filter((r) => reached.includes(r)).length
  return took === recipients.length ? 'sent' : took > 0 ? 'partly' : 'failed'
}
