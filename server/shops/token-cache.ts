/*
 * Tokens that shops give for a while. They are asked for once and shared by all who speak with the same shop from this
 * process: Shopware allows ten in ten seconds. Kept by a hash of the keys, so that new keys are never answered by old tokens.
 */

interface Kept {
  token: Promise<string>
  until: number
}

const kept = new Map<string, Kept>()

/** The token for `key`, asked for by `fetchToken` when there is none, it is about to end, or it was asked for and refused. */
export async function cachedToken(
  key: string,
  fetchToken: () => Promise<{ token: string; seconds: number }>,
  now = Date.now(),
): Promise<string> {
  const found = kept.get(key)
  if (found && found.until > now) return found.token
  const asked = fetchToken()
  const entry: Kept = { token: asked.then(({ token }) => token), until: now + 60_000 }
  kept.set(key, entry)
  // whoever waits for it hears of its failure; nobody may be waiting
  entry.token.catch(() => undefined)
  try {
    const { seconds } = await asked
    // a minute early, so that none ends on its way
    entry.until = now + Math.max(seconds - 60, 1) * 1000
  } catch (error) {
    if (kept.get(key) === entry) kept.delete(key)
    throw error
  }
  return entry.token
}

/** The shop no longer takes it (keys changed, app installed anew): the next call asks for another. */
export function forgetToken(key: string): void {
  kept.delete(key)
}
