import type { Remark } from '../../common/shops/api.ts'
import type { Format } from '../ui/format.ts'
import type { Words } from '../words/words.ts'

/** A remark of the engine as a sentence: its words with the facts in them. */
export function say({ code, facts }: Remark, w: Words, f: Format): string {
  return w.shops.remarks[code].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name] ?? ''
    if (typeof fact === 'string') return fact
    return name === 'amount' ? f.euros(fact) : f.count(fact)
  })
}

/** All of them, and what the other side said itself. */
export function sayAll(remarks: readonly Remark[], said: string | null, w: Words, f: Format): string {
  const ours = remarks.map((one) => say(one, w, f)).join(', ')
  if (said === null) return ours
  return ours === '' ? said : `${ours}: ${said}`
}
