import type { MessageProblem } from '../../../common/sending/api.ts'
import { statement, type Work } from '../../kernel/index.ts'
import { type RefusedRecipient, refusedForGood, stateAfter, type Verdict } from '../rules/judge-answer.ts'
import { isGivenUp, pauseAfter, restOfServer } from '../rules/pauses.ts'

/** How an attempt ended. */
export interface AttemptEnd {
  id: string
  attempt: number
  verdict: Verdict | 'taken'
  code: number | null
  answer: string
  accepted: readonly string[]
  refused: readonly RefusedRecipient[]
  /** a code with words, where the reason is ours and not the server's */
  problem?: MessageProblem | undefined
  retryMs: number
  chance: number
}

interface Locked {
  documentId: string
  customerId: string
  recipients: string[]
  reached: string[]
  refused: string[]
  attempts: number
  tries: number
  state: string
}
const lockMessage = statement<Locked>(
  'sending.lock-attempted',
  `select document_id as "documentId", customer_id as "customerId", recipients, reached, refused, attempts, tries, state from sending.message where id = $1 for update`,
)
const endAttempt = statement<{ number: number }>(
  'sending.end-attempt',
  `update sending.attempt set outcome = $3, ended_at = $4, code = $5, answer = $6 where message_id = $1 and number = $2 and outcome = 'begun' returning number`,
)
const saveState = statement(
  'sending.save-state',
  `update sending.message set state = $2, reached = $3, refused = $4, tries = $5, problem = $6, not_before = case when $7::int is not null then now() + $7 * interval '1 millisecond' end,
     ended_at = $8, lease_by = null, lease_until = null where id = $1`,
)
const noteTrouble = statement<{ troubles: number }>(
  'sending.note-trouble',
  'update sending.settings set troubles = troubles + 1, trouble = $1 returning troubles',
)
const restServer = statement(
  'sending.rest',
  `update sending.settings set not_before = now() + $1 * interval '1 millisecond'`,
)
const clearTrouble = statement(
  'sending.clear-trouble',
  'update sending.settings set troubles = 0, trouble = null, not_before = null where troubles > 0',
)

const outcomes = { taken: 'sent', again: 'again', failed: 'failed', unsure: 'unsure', server: 'again' } as const

/**
 * The proof: what the server said to an attempt, and where the message stands now. Trouble of the server doesn't count
 * against the message; the server rests instead. An attempt that was taken for lost meanwhile changes nothing more.
 */
export async function recordAttempt(work: Work, end: AttemptEnd): Promise<Record<string, never>> {
  const [message] = await work.query(lockMessage, [end.id])
  const { verdict, code } = end
  const ended = await work.query(endAttempt, [end.id, end.attempt, outcomes[verdict], work.now, code, end.answer])
  if (!message || ended.length === 0 || message.attempts !== end.attempt) return {}
  const next = nextState(message, end)
  if (verdict === 'server') {
    const [{ troubles } = { troubles: 1 }] = await work.query(noteTrouble, [end.answer.slice(0, 500)])
    work.save(restServer, [restOfServer(troubles, end.retryMs, end.chance)])
  } else work.save(clearTrouble, [])
  work.save(saveState, [
    end.id,
    next.state,
    next.reached,
    next.refused,
    next.tries,
    next.problem,
    next.pauseMs,
    next.state === 'waiting' ? null : work.now,
  ])
  const { documentId, customerId } = message
  const type =
    next.state === 'waiting' ? 'sending.delayed' : next.state === 'failed' ? 'sending.failed' : 'sending.sent'
  work.announce(type, { messageId: end.id, documentId, customerId })
  work.record({
    subjectId: end.id,
    after: { attempt: end.attempt, outcome: outcomes[verdict], code, state: next.state },
  })
  return {}
}

function nextState(message: Locked, end: AttemptEnd) {
  const reached = [...new Set([...message.reached, ...end.accepted])]
  const refused = [...new Set([...message.refused, ...refusedForGood(end.refused)])]
  const tries = message.tries + (end.verdict === 'server' ? 0 : 1)
  const said = end.problem ?? end.answer
  // all of the message refused: nobody who is left will get it
  const open = message.recipients.filter((r) => !reached.includes(r))
  const asked =
    end.verdict === 'failed'
      ? stateAfter(message.recipients, reached, open)
      : stateAfter(message.recipients, reached, refused)
  if (asked !== 'waiting')
    return {
      state: asked,
      reached,
      refused,
      tries,
      problem: asked === 'sent' ? null : problemOf(end, said),
      pauseMs: null,
    }
  if (message.state === 'cancelled')
    return { state: 'cancelled', reached, refused, tries, problem: null, pauseMs: null }
  if (isGivenUp(tries)) {
    const state = reached.length > 0 ? 'partly' : 'failed'
    return { state, reached, refused, tries, problem: said, pauseMs: null }
  }
  const pauseMs = end.verdict === 'server' ? null : pauseAfter(tries, end.retryMs, end.chance)
  return { state: 'waiting', reached, refused, tries, problem: problemOf(end, said), pauseMs }
}

/** Where some were refused and the mail went out, what the server said to them is the reason. */
function problemOf(end: AttemptEnd, said: string): string {
  return end.refused.length > 0 && end.problem === undefined
    ? end.refused
        .map((r) => r.answer)
        .join(' · ')
        .slice(0, 1000)
    : said
}
