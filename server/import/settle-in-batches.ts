const AT_ONCE = 200

/**
 * Many small pieces of work in one transaction, sent without waiting for each other. A failure is thrown when all that
 * was begun has ended, so that nothing is sent after the rollback.
 */
export async function settleInBatches<T>(items: readonly T[], piece: (item: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const settled = await Promise.allSettled(items.slice(from, from + AT_ONCE).map(piece))
    const failed = settled.find((s) => s.status === 'rejected')
    if (failed) throw failed.reason
  }
}
