import { type Facts, isRefusal, type Refusal, type RefusalCode, refuse, type Thing } from '../../common/refusal.ts'

/** Carries a refusal out of a use case: the frame rolls back, the route answers with its code and facts. */
export class RefusalError extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(`${refusal.code} ${JSON.stringify(refusal.facts)}`)
    this.name = 'RefusalError'
    this.refusal = refusal
  }
}

/** The decision of a rule, or its refusal thrown to the frame. */
export function orRefuse<T>(decision: T | Refusal): T {
  if (isRefusal(decision)) throw new RefusalError(decision)
  return decision as T
}

/** Refuses at once. */
export function refuseNow(code: RefusalCode, facts: Facts = {}): never {
  throw new RefusalError(refuse(code, facts))
}

/** The value, or "does not exist" with a name the clerk understands. */
export function orNotFound<T>(value: T | undefined | null, what: Thing): T {
  if (value === undefined || value === null) refuseNow('not-found', { what })
  return value
}
