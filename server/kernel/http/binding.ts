import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Route } from '../../../common/route.ts'
import type { Database } from '../database/statement.ts'
import type { Identity } from '../identity/sessions.ts'
import type { Kernel } from '../kernel.ts'
import type { Work } from '../use-case.ts'

/** What a handler may know of the request beyond its input. */
export interface Asking {
  identity: Identity | undefined
  kernel: Kernel
}

/** A route of the contract bound to the function that answers it. */
export type Binding =
  | { kind: 'read'; route: Route; answer: (database: Database, input: never, asking: Asking) => Promise<unknown> }
  | {
      kind: 'write'
      route: Route
      useCase: (work: Work, input: never) => Promise<unknown>
      name: string
      confidential: boolean
    }
  | {
      kind: 'raw'
      route: Route
      bytes: boolean
      largest: number | undefined
      handle: (request: FastifyRequest, reply: FastifyReply, asking: Asking) => Promise<unknown>
    }

type Part<T> = [unknown] extends [T] ? unknown : T
/** Path, query and body together, as the handler gets them. */
export type HandlerInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Part<z.output<P>> &
  Part<z.output<Q>> &
  Part<z.output<B>>

/** A question: no transaction, nothing changes. */
export function read<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType>(
  route: Route<P, Q, B, O>,
  answer: (database: Database, input: HandlerInput<P, Q, B>, asking: Asking) => Promise<z.input<O>>,
): Binding {
  return { kind: 'read', route: route as unknown as Route, answer: answer as never }
}

/** A use case: runs in its frame with journal and idempotency key. `confidential`: the answer holds a secret and is not kept. */
export function write<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType>(
  route: Route<P, Q, B, O>,
  useCase: (work: Work, input: HandlerInput<P, Q, B>) => Promise<z.input<O>>,
  options: { confidential?: boolean } = {},
): Binding {
  return {
    kind: 'write',
    route: route as unknown as Route,
    useCase: useCase as never,
    name: nameOf(useCase),
    confidential: options.confidential ?? false,
  }
}

/**
 * A route that speaks HTTP itself: cookies, files, streams. `bytes`: the body comes as a Buffer exactly as it was sent,
 * whatever it says it is; for signatures and files. `largest`: how many bytes it may have, where a file needs more.
 */
export function raw(
  route: Route,
  handle: (request: FastifyRequest, reply: FastifyReply, asking: Asking) => Promise<unknown>,
  { bytes = false, largest }: { bytes?: boolean; largest?: number } = {},
): Binding {
  return { kind: 'raw', route, handle, bytes, largest }
}

/** postGoodsIssue -> post-goods-issue: the name in the journal is the name of the file. */
function nameOf(useCase: { name: string }): string {
  if (!useCase.name) throw new Error('a use case needs a name')
  return useCase.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
