import type { HoldReason, ParkReason } from '../../common/orders/api.ts'
import type { Words } from '../words/words.ts'
import type { Format } from './format.ts'

const amounts = new Set(['limit', 'exposure', 'exceededBy', 'missing', 'stated', 'computed', 'amount'])
const days = new Set(['day', 'dueOn'])

/** The facts of a reason in the figures of the language. */
function shown(facts: Record<string, unknown>, f: Format): Record<string, string> {
  return new Proxy<Record<string, string>>(
    {},
    {
      get: (_, name) => {
        const value = facts[String(name)]
        if (value === undefined || value === null || value === '') return '–'
        if (amounts.has(String(name)) && typeof value === 'number') return f.euros(value)
        if (days.has(String(name)) && typeof value === 'string') return f.day(value)
        return String(value)
      },
    },
  )
}

type Say = (facts: Record<string, string>) => string

export function sayHold(reason: HoldReason, w: Words, f: Format): string {
  return (w.orders.hold[reason.code] as Say)(shown(reason.facts, f))
}

export function sayParked(reason: ParkReason, w: Words, f: Format): string {
  return (w.orders.parked.reasons[reason.code] as Say)(shown(reason.facts, f))
}
