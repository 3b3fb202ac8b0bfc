import { z } from 'zod'
import type { Permission } from './permissions.ts'
import type { RefusalCode } from './refusal-texts.ts'

/**
 * One route as data: server, browser, OpenAPI page and fuzz test all read the same object. A route that changes
 * something takes the header Idempotency-Key; the same key with the same input gets the first answer again.
 */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Fastify path with :parameters */
  path: string
  summary: string
  tag: string
  /** 'public' needs no log-in, 'logged-in' any user or key */
  permission: Permission | 'public' | 'logged-in'
  /** what some inputs need besides; asked before the use case runs */
  also?: readonly { permission: Permission; when(body: z.output<B>): boolean }[]
  params?: P
  query?: Q
  body?: B
  output: O
  refusals: readonly RefusalCode[]
}

export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType>(
  definition: Route<P, Q, B, O>,
): Route<P, Q, B, O> {
  return definition
}

// Shapes that every contract uses.
export const id = z.uuid()
export const moment = z.iso.datetime({ offset: true })
/** whole cents */
export const cents = z.int().min(-90_000_000_000_00).max(90_000_000_000_00)
/** whole thousandths of the unit */
export const quantity = z.int().min(0).max(9_000_000_000)
export const positiveQuantity = z.int().min(1).max(9_000_000_000)
/** ten-thousandths of a euro */
export const unitPrice = z.int().min(0).max(90_000_000_000)
/** hundredths of a percent */
export const vatRate = z.int().min(0).max(10_000)
export const vatCategory = z.enum(['S', 'Z', 'E', 'AE', 'K', 'G', 'O'])
export const priceMode = z.enum(['net', 'gross'])
export const language = z.enum(['de', 'en'])
/** words without control characters, at most n characters */
export const text = (maximum: number) =>
  z
    .string()
    .trim()
    .max(maximum)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that's what is refused
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]*$/, 'control characters')
export const word = (maximum: number) => text(maximum).min(1)
export const countryCode = z.string().regex(/^[A-Z]{2}$/)
export const byId = z.object({ id })
export const nothing = z.object({})

/** Every list is paged: at most 200 rows, `after` is the `next` of the page before. */
export const page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(200).optional(),
})
export const pageOf = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), next: z.string().nullable() })
export type Page = z.output<typeof page>

export type OutputOf<R extends Route> = z.output<R['output']>
