import { median, round } from '../measure.ts'
import type { Part } from '../run.ts'

/** A server process on a database that is there: from its start to its first answer. */
export const start: Part = {
  name: 'start',
  async run(world) {
    const seconds: number[] = []
    for (let i = 0; i < 3; i++) seconds.push((await world.restartServer()).startSeconds)
    return { startSeconds: round(median(seconds)) }
  },
  targets: (r) => [['start to ready on existing data, seconds', r.startSeconds, '<= 2', r.startSeconds <= 2]],
}
