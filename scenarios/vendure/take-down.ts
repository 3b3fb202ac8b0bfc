import { setInterval } from 'node:timers'

const LOOK_MS = 300

/**
 * What a program started, and how it ends: in the other order, on Ctrl-C, on SIGTERM, and when the one who started it is
 * gone (npm hands a signal to its shell alone, which ends without a word). What is just being started is waited for, or
 * it would stay behind.
 */
export function takeDown(onStop: () => void) {
  const undo: (() => unknown)[] = []
  let starting: Promise<unknown> = Promise.resolve()
  let stopping: Promise<void> | undefined
  const takeAllDown = async () => {
    await starting.catch(() => undefined)
    for (const step of undo.toReversed()) await step()
  }
  const stop = () => (stopping ??= takeAllDown())
  const end = () => {
    if (stopping) return
    onStop()
    stop().then(
      () => process.exit(0),
      (error) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && end(), LOOK_MS).unref()
  return {
    stop,
    isStopping: () => stopping !== undefined,
    /** Starts something that has to be ended; nothing new once all is being taken down. */
    async keep<T>(start: () => T | Promise<T>, endIt: (started: T) => unknown): Promise<T> {
      if (stopping) throw new Error('stopped')
      const started = (async () => {
        const one = await start()
        undo.push(() => endIt(one))
        return one
      })()
      starting = started
      return started
    },
  }
}
