import { z } from 'zod'

/** What a shop is asked and told about. */
export const taskKind = z.enum([
  'take-order',
  'take-customer',
  'stock',
  'show-order',
  'show-article',
  'match',
  'recount',
  'publish',
  'replay',
  'hooks',
])
export type TaskKind = z.output<typeof taskKind>
