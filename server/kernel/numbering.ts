import type { Day } from '../../common/dates.ts'
import { yearOf } from '../../common/dates.ts'
import { statement } from './database/statement.ts'
import type { Work } from './use-case.ts'

/** Kinds of number series and the letters in front of their numbers. */
const series = {
  order: { prefix: 'AU', yearly: true, width: 6 },
  'delivery-note': { prefix: 'LS', yearly: true, width: 6 },
  invoice: { prefix: 'RE', yearly: true, width: 6 },
  correction: { prefix: 'RK', yearly: true, width: 6 },
  return: { prefix: 'RS', yearly: true, width: 6 },
  case: { prefix: 'ME', yearly: true, width: 6 },
  refund: { prefix: 'ER', yearly: true, width: 6 },
  'payment-file': { prefix: 'UE', yearly: true, width: 6 },
  payment: { prefix: 'ZA', yearly: true, width: 6 },
  customer: { prefix: 'K', yearly: false, width: 5 },
} as const

export type SeriesKind = keyof typeof series

const takeNumber = statement<{ last: number }>(
  'kernel.take-number',
  `insert into kernel.number_series (kind, branch, year, last) values ($1, $2, $3, 1)
   on conflict (kind, branch, year) do update set last = kernel.number_series.last + 1
   returning last`,
)

/**
 * The next number of a series by kind, branch and year (§ 14 (4) no. 4 UStG): gapless, because it is taken inside the
 * transaction and given back with it. The row stays locked until commit: take it last.
 */
export async function nextNumber(work: Work, kind: SeriesKind, day: Day = work.today, branch = ''): Promise<string> {
  const { yearly } = series[kind]
  const year = yearly ? yearOf(day) : 0
  const [row] = await work.query(takeNumber, [kind, branch, year])
  return numberText(kind, year, branch, row!.last)
}

/** LS-2026-000123, with a branch LS-GOE-2026-000123. */
export function numberText(kind: SeriesKind, year: number, branch: string, count: number): string {
  const { prefix, yearly, width } = series[kind]
  return [
    prefix,
    ...(branch ? [branch] : []),
    ...(yearly ? [String(year)] : []),
    String(count).padStart(width, '0'),
  ].join('-')
}
