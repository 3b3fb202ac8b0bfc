/** Chance that falls the same way each time: the demo looks the same on every machine. */
export interface Random {
  /** a whole number from `least` to `most` */
  between(least: number, most: number): number
  one<T>(of: readonly T[]): T
  /** some of them, each at most once, in an order of chance */
  some<T>(of: readonly T[], count: number): T[]
}

export function randomFrom(seed: number): Random {
  const next = mulberry32(seed)
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const one = <T>(of: readonly T[]): T => of[between(0, of.length - 1)]!
  const some = <T>(of: readonly T[], count: number): T[] => {
    const left = [...of]
    return Array.from({ length: Math.min(count, of.length) }, () => left.splice(between(0, left.length - 1), 1)[0]!)
  }
  return { between, one, some }
}

/** A small generator of even quality for 32-bit seeds; the numbers are no secret. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
