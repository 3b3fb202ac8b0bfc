import type { Kernel } from '../../kernel/index.ts'
import type { Connectors } from '../connectors.ts'
import { findConnection, findDueLanes, type Lane } from './connections.ts'
import { runLane } from './run-lane.ts'
import { type Pace, usualPace } from './session.ts'

export interface Sync {
  /** looks for shops with something due and begins; true where work was found. Never waits for a shop. */
  look(): Promise<boolean>
  /** waits until what was begun has come to an end */
  settle(): Promise<void>
  stop(): Promise<void>
}

/**
 * The sync engine of one process: each shop runs on its own, so one that is slow or down holds up no other and no till.
 * Whoever rings the bell calls `look`; several processes share the shops by their leases.
 */
export function startSync(kernel: Kernel, connectors: Connectors, pace: Pace = usualPace): Sync {
  const running = new Map<string, Promise<void>>()
  // rung for while they ran: what they found nothing of at their end is looked for once more
  const rungFor = new Set<string>()
  let stopping = false
  const begin = (channelId: string, lane: Lane): Promise<void> => {
    const key = `${channelId} ${lane}`
    const run =
      running.get(key) ??
      work(channelId, lane)
        .catch((error) =>
          kernel.log.warn({ problem: String(error), shop: channelId, lane }, 'work with a shop was interrupted'),
        )
        .finally(() => {
          running.delete(key)
          if (rungFor.delete(key)) void look().catch(() => undefined)
        })
    running.set(key, run)
    return run
  }
  const work = async (channelId: string, lane: Lane) => {
    const shop = await findConnection(kernel.database, channelId)
    const connector = shop && connectors[shop.kind]
    if (!shop || !connector) return
    const takeOrders = () => begin(channelId, 'in')
    const api = connector.open(shop)
    await runLane({ kernel, shop, connector, api, pace, takeOrders, isOver: () => stopping }, lane)
  }
  const look = async () => {
    if (stopping) return false
    for (const key of running.keys()) rungFor.add(key)
    for (const { channelId, lane } of await findDueLanes(kernel.database, pace.pollEveryMs)) void begin(channelId, lane)
    return false
  }
  return {
    look,
    async settle() {
      while (running.size > 0) await Promise.all(running.values())
    },
    async stop() {
      stopping = true
      await Promise.all(running.values())
    },
  }
}
