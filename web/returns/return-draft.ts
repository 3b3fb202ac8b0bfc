import type { z } from 'zod'
import type { returnableLine, takeBack } from '../../common/returns/api.ts'
import type { CallInput } from '../api.ts'
import { emptyHow, type HowDraft, howOf, isWholeHow } from '../payments/how-draft.ts'

export type ReturnableLine = z.output<typeof returnableLine>
type Input = CallInput<typeof takeBack>
type Wish = Input['lines'][number]
export type Reason = Wish['reason']
export type Condition = NonNullable<Wish['condition']>
export type Goods = Wish['goods']
export type Money = NonNullable<Input['money']>

export interface Fate {
  reason: Reason
  condition: Condition
  goods: Goods
}

/** Pieces of one line in one state; a line may have come back in several. */
export interface Entry extends Fate {
  key: string
  line: ReturnableLine
  quantity: number
}

export interface Draft {
  entries: Entry[]
  /** what further lines begin with */
  fate: Fate
  locationId: string | undefined
  money: Money
  how: HowDraft
  /** one correction over all invoices; undefined: as the customer wants */
  collective: boolean | undefined
  exchange: ExchangeDraft
  remark: string
}

/** Other goods for those that came back; none: no exchange. */
export interface ExchangeDraft {
  lines: {
    articleId: string
    articleNumber: string
    name: string
    unit: string
    quantity: number
    unitPrice?: number | undefined
  }[]
  handOver: boolean
  billNow: boolean
}

export const emptyDraft: Draft = {
  entries: [],
  fate: { reason: 'changed-mind', condition: 'as-new', goods: 'restock' },
  locationId: undefined,
  money: 'set-off',
  how: emptyHow(null),
  collective: undefined,
  exchange: { lines: [], handOver: true, billNow: false },
  remark: '',
}

export const quantityOf = (draft: Draft, noteLineId: string): number =>
  draft.entries.reduce((sum, e) => (e.line.noteLineId === noteLineId ? sum + e.quantity : sum), 0)

/** Another quantity of a line makes it one entry again. */
export function withQuantity(draft: Draft, line: ReturnableLine, quantity: number): Draft {
  const before = draft.entries.find((e) => e.line.noteLineId === line.noteLineId)
  const entry: Entry = { ...draft.fate, ...before, key: line.noteLineId, line, quantity }
  const others = draft.entries.filter((e) => e.line.noteLineId !== line.noteLineId)
  return {
    ...draft,
    locationId: draft.locationId ?? line.locationId,
    entries: quantity > 0 ? (before ? replaced(draft.entries, before, entry) : [...others, entry]) : others,
  }
}

function replaced(entries: readonly Entry[], before: Entry, entry: Entry): Entry[] {
  return entries.flatMap((e) => (e === before ? [entry] : e.line.noteLineId === entry.line.noteLineId ? [] : [e]))
}

const ONE_PIECE = 1000

/** One piece of an entry came back in another state. */
export function split(draft: Draft, entry: Entry): Draft {
  const part: Entry = { ...entry, key: `${entry.line.noteLineId} ${draft.entries.length}`, quantity: ONE_PIECE }
  return {
    ...draft,
    entries: draft.entries.flatMap((e) => (e === entry ? [{ ...e, quantity: e.quantity - ONE_PIECE }, part] : [e])),
  }
}

export const canSplit = (entry: Entry): boolean => entry.quantity > ONE_PIECE

/** What did not come back has no state and no place, and the other way round. */
export function changed<F extends Fate>(fate: F, change: Partial<Fate>): F {
  const next = { ...fate, ...change }
  if (change.reason === 'shortage' || change.goods === 'none' || change.condition === 'not-received')
    return { ...next, goods: 'none', condition: 'not-received' }
  if (next.goods === 'none' && fate.goods === 'none')
    return { ...next, goods: 'restock', condition: change.condition ?? 'as-new' }
  return next.condition === 'not-received' ? { ...next, condition: 'as-new' } : next
}

function exchangeOf({ lines, handOver, billNow }: ExchangeDraft): Input['exchange'] {
  if (lines.length === 0) return undefined
  return {
    deliver: handOver ? 'hand-over-now' : 'ship-later',
    billNow: handOver && billNow,
    lines: lines.map(({ articleId, quantity, unitPrice }) => ({ articleId, quantity, unitPrice })),
  }
}

/** Nothing more has to be said before it can be posted. */
export const isWhole = (draft: Draft): boolean => draft.money !== 'refund' || isWholeHow(draft.how)

export function inputOf(draft: Draft): Input | undefined {
  if (draft.entries.length === 0 || draft.locationId === undefined) return undefined
  return {
    locationId: draft.locationId,
    money: draft.money,
    ...(draft.money === 'refund' ? { refund: howOf(draft.how) } : {}),
    collective: draft.collective,
    exchange: exchangeOf(draft.exchange),
    remark: draft.remark.trim() || undefined,
    lines: draft.entries.map(({ line, quantity, reason, condition, goods }) => ({
      noteLineId: line.noteLineId,
      quantity,
      reason,
      condition,
      goods,
    })),
  }
}

/** The line that a scanned code means: of several, the newest that is not chosen whole yet. */
export function lineOfScan(lines: readonly ReturnableLine[], draft: Draft, code: string): ReturnableLine | undefined {
  const matching = lines.filter(
    (line) =>
      line.articleNumber?.toLowerCase() === code.toLowerCase() ||
      (line.gtin !== null && /^\d{8,14}$/.test(code) && line.gtin.padStart(14, '0') === code.padStart(14, '0')),
  )
  return matching.find((line) => quantityOf(draft, line.noteLineId) + ONE_PIECE <= line.returnable) ?? matching[0]
}
