import { median, round } from '../measure.ts'
import type { Part } from '../run.ts'

/** A server process on a database that is there: from its start to its first answer. */
export const start: Part = {
  name: 'start',
  async run(world, { quick }) {
    const seconds: number[] = []
    for (let i = 0; i < (quick ? 3 : 7); i++) seconds.push((await world.restartServer()).startSeconds)
    const startSeconds = round(median(seconds))
    return {
      figures: { startSeconds },
      targets: [
        {
          what: 'start to ready on existing data, seconds',
          figure: startSeconds,
          target: '<= 2',
          reached: startSeconds <= 2,
        },
      ],
    }
  },
}
