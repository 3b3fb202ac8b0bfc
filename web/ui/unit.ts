import type { Words } from '../words/words.ts'

const ONE = 1000

/** The word of a unit beside its quantity: 1 Packung, 5 Packungen. A code without a word stands for itself. */
export function unitName(w: Words, code: string, quantity: number = ONE): string {
  return (quantity === ONE ? undefined : w.unitsMany[code]) ?? w.units[code] ?? code
}
