const HOUR_MS = 3_600_000
/** After so many attempts a message is given up and shown: with pauses up to four hours that's a day and a half. */
const MOST_ATTEMPTS = 16
const LONGEST_UNITS = (4 * HOUR_MS) / 60_000

/** How long a message waits after so many attempts; `chance` is between 0 and 1 and spreads those that failed together. */
export function pauseAfter(attempts: number, unitMs: number, chance: number): number {
  const units = Math.min(2 ** Math.min(Math.max(attempts - 1, 0), 20), LONGEST_UNITS)
  return Math.round(units * unitMs * (0.75 + chance / 2))
}

export function isGivenUp(attempts: number): boolean {
  return attempts >= MOST_ATTEMPTS
}

/** How long the server rests after so many troubles in a row: at most a quarter of an hour, so that mending it is soon seen. */
export function restOfServer(troubles: number, unitMs: number, chance: number): number {
  return Math.min(pauseAfter(troubles, unitMs, chance), 15 * unitMs)
}
