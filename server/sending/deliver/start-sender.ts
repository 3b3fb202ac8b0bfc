import { type Kernel, newId } from '../../kernel/index.ts'
import { findSettings } from '../store.ts'
import { claimMessage } from './claim-message.ts'
import { deliverMessage } from './deliver-message.ts'
import { type SendingPace, usualPace } from './pace.ts'

export interface Sender {
  /** looks for messages that are due and begins; never waits for the mail server */
  look(): void
  /** waits until what was begun has come to an end */
  settle(): Promise<void>
  stop(): Promise<void>
}

const AT_ONCE = 3

/**
 * The sender of one process: a few messages at a time, so that a slow one holds up no other. Several processes share the
 * outbox by leases on its rows. While the server is in trouble, one message at a time tries it out.
 */
export function startSender(kernel: Kernel, pace: SendingPace = usualPace): Sender {
  const by = newId()
  const workers: (Promise<void> | undefined)[] = Array.from({ length: AT_ONCE })
  let stopping = false
  const turn = async (place: number) => {
    const settings = await findSettings(kernel.database)
    if (!settings?.active || settings.restsUntil !== null || (settings.troubles > 0 && place > 0)) return false
    const message = await claimMessage(kernel.database, { by, forMs: pace.leaseMs })
    if (!message) return false
    begin(place + 1) // where one is due, there may be more
    await deliverMessage(kernel, message, pace)
    return true
  }
  const work = async (place: number) => {
    while (!stopping && (await turn(place))) {}
  }
  const begin = (place: number) => {
    if (stopping || place >= AT_ONCE) return
    workers[place] ??= work(place)
      .catch((error) => kernel.log.warn({ problem: String(error) }, 'sending was interrupted'))
      .finally(() => {
        workers[place] = undefined
      })
  }
  const settle = async () => {
    while (workers.some(Boolean)) await Promise.all(workers)
  }
  return {
    look: () => begin(0),
    settle,
    async stop() {
      stopping = true
      await settle()
    },
  }
}
