import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Day } from '../../common/dates.ts'
import { dayOf } from '../../common/dates.ts'
import type { Language } from '../../common/refusal.ts'
import { canonicalJson, sha256 } from './canonical.ts'
import { dropUnsent, run, runTogether } from './database/connect.ts'
import { type Database, type Statement, statement } from './database/statement.ts'
import { newId } from './ids.ts'
import type { Kernel } from './kernel.ts'
import { RefusalError, refuseNow } from './refusal-error.ts'
import type { SecretBox } from './secret-box.ts'

/** Who acts: a person, a program with a key, or Tresen itself (import, demo, command line). */
export interface Actor {
  kind: 'user' | 'api-key' | 'system'
  id: string | null
}

export const systemActor: Actor = { kind: 'system', id: null }

/** The one transaction of a use case. Nobody else begins or commits. */
export interface Work extends Database {
  readonly now: Date
  readonly today: Day
  readonly actor: Actor
  /** in which whoever asks is answered */
  readonly language: Language
  readonly secrets: SecretBox
  /** the id of the journal entry that will be written */
  readonly journalId: string
  /** A write nobody waits for: it is sent at once and must succeed before the commit counts. */
  save(statement: Statement<unknown>, values: readonly unknown[]): void
  /** A past fact for listeners, inserted with the commit. Ids only, no personal data. */
  announce(type: string, data: Record<string, unknown>): void
  /** What the journal shall say; ids and figures only, no personal data. */
  record(entry: { subjectId?: string; before?: unknown; after?: unknown }): void
}

export interface Call<I> {
  /** verb of the use case, as in its file name */
  name: string
  actor: Actor
  /** Idempotency-Key of the caller; the same key with the same input gets the first answer again */
  key?: string | undefined
  input: I
  /** left out: German */
  language?: Language
  /** input or answer hold a secret: neither the answer nor a hash of the input is kept, so the key can't be used again */
  confidential?: boolean
}

interface Known {
  input_hash: Buffer
  output: unknown
}

const findKnown = statement<Known>(
  'kernel.find-known-request',
  'select input_hash, output from kernel.journal where request_key = $1',
)

const writeJournal = statement(
  'kernel.write-journal',
  `with announced as (
     insert into kernel.event (id, at, type, data) select e.id, $2, e.type, e.data from jsonb_to_recordset($12) as e(id uuid, type text, data jsonb))
   insert into kernel.journal (id, at, actor_kind, actor_id, use_case, subject_id, before, after, request_key, input_hash, output)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
)

const begin = statement('kernel.begin', 'begin')
const commitAll = statement('kernel.commit', 'commit')

const ATTEMPTS = 5

/**
 * The frame around every use case: one transaction, the idempotency key with a hash of the input, the use case, its
 * journal entry and events, commit. A refusal rolls back whole. Deadlocks and lost races are tried again.
 */
export async function perform<I, O>(
  kernel: Kernel,
  call: Call<I>,
  useCase: (work: Work, input: I) => Promise<O>,
): Promise<O> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await performOnce(kernel, call, useCase)
    } catch (error) {
      if (!isLostRace(error) || attempt === ATTEMPTS) throw error
    }
  }
}

async function performOnce<I, O>(
  kernel: Kernel,
  call: Call<I>,
  useCase: (work: Work, input: I) => Promise<O>,
): Promise<O> {
  const client = await kernel.pool.connect()
  let broken = true
  const requestKey = call.key === undefined ? null : `${call.actor.id ?? call.actor.kind} ${call.name} ${call.key}`
  // a hash would let whoever reads the journal try passwords against it
  const inputHash = requestKey === null ? null : call.confidential ? randomBytes(32) : sha256(canonicalJson(call.input))
  const work = new Transaction(kernel, call, client)
  try {
    work.save(begin, [])
    const output = await useCase(work, call.input)
    await work.commit(call.name, requestKey, inputHash, call.confidential ? undefined : output)
    broken = false
    if (work.events.length > 0) kernel.wake()
    return output
  } catch (error) {
    dropUnsent(client)
    await client.query('rollback')
    broken = !(error instanceof RefusalError)
    // a request that comes again is refused by the rules, or at commit by its key: then it gets its first answer
    const [known] = requestKey === null ? [] : await run(client, findKnown, [requestKey])
    if (known) return replay<O>(known, inputHash)
    throw work.causeOf(error)
  } finally {
    client.release(broken)
  }
}

function replay<O>(known: Known, inputHash: Buffer | null): O {
  if (inputHash === null || known.output === null || !known.input_hash.equals(inputHash)) refuseNow('key-reused')
  return known.output as O
}

class Transaction implements Work {
  readonly now: Date
  readonly today: Day
  readonly actor: Actor
  readonly language: Language
  readonly secrets: SecretBox
  readonly journalId = newId()
  readonly events: { id: string; type: string; data: Record<string, unknown> }[] = []
  private readonly client: pg.PoolClient
  private readonly writes: Promise<unknown>[] = []
  private firstFailure: unknown
  private entry: { subjectId?: string; before?: unknown; after?: unknown } = {}

  constructor(
    kernel: Kernel,
    { actor, language = 'de' }: Pick<Call<unknown>, 'actor' | 'language'>,
    client: pg.PoolClient,
  ) {
    this.now = kernel.now()
    this.today = dayOf(this.now)
    this.actor = actor
    this.language = language
    this.secrets = kernel.secrets
    this.client = client
  }

  query<Row>(what: Statement<Row>, values: readonly unknown[] = []): Promise<Row[]> {
    const answer = runTogether(this.client, what, values).then(({ rows }) => rows as Row[])
    answer.catch((error) => this.remember(error))
    return answer
  }

  save(what: Statement<unknown>, values: readonly unknown[]): void {
    this.sent(runTogether(this.client, what, values))
  }

  sent(write: Promise<unknown>): void {
    write.catch((error) => this.remember(error)) // looked at in commit
    this.writes.push(write)
  }

  private remember(error: unknown): void {
    this.firstFailure ??= error
  }

  /** After a failure PostgreSQL answers everything with "transaction is aborted"; the first one says why. */
  causeOf(error: unknown): unknown {
    return error instanceof pg.DatabaseError && error.code === '25P02' ? (this.firstFailure ?? error) : error
  }

  announce(type: string, data: Record<string, unknown>): void {
    this.events.push({ id: newId(), type, data })
  }

  record(entry: { subjectId?: string; before?: unknown; after?: unknown }): void {
    this.entry = entry
  }

  async commit(name: string, requestKey: string | null, inputHash: Buffer | null, output: unknown): Promise<void> {
    const { subjectId, before, after } = this.entry
    this.save(writeJournal, [
      this.journalId,
      this.now,
      this.actor.kind,
      this.actor.id,
      name,
      subjectId ?? null,
      jsonOrNull(before),
      jsonOrNull(after),
      requestKey,
      inputHash,
      requestKey === null ? null : jsonOrNull(output),
      JSON.stringify(this.events),
    ])
    const commit = runTogether(this.client, commitAll)
    this.sent(commit)
    const results = await Promise.allSettled(this.writes)
    const failures = results.flatMap((r) => (r.status === 'rejected' ? [r.reason as unknown] : []))
    if (failures.length > 0) throw this.causeOf(failures[0])
    if ((await commit).command !== 'COMMIT') throw new Error('the transaction was rolled back at commit')
  }
}

function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

/**
 * Deadlock, serialization failure, or the same unique thing at the same moment (an idempotency key, a shop's order, a
 * number somebody chose): the next attempt sees the winner and answers as if it had come later.
 */
function isLostRace(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['40001', '40P01', '23505'].includes(error.code ?? '')
}
