import { median, round } from '../measure.ts'
import { seeded } from '../play-chain.ts'
import type { Part } from '../run.ts'
import { makeWorld } from '../world.ts'
import { writeHistory } from '../write-history.ts'
import { measureChain } from './chain.ts'

/** The chain on a database with years of orders behind it and on a young one, turn by turn. */
export const growth: Part = {
  name: 'growth',
  async run(world, { quick }) {
    const [orders, count, rounds] = quick ? [20_000, 60, 3] : [1_000_000, 200, 9]
    const random = seeded(5)
    const young = await makeWorld()
    try {
      await Promise.all([young.server(), world.server()])
      await writeHistory(world, orders)
      for (const place of [young, world]) await measureChain(place, 8, 3 * count, random)
      const turns: { young: number; old: number }[] = []
      for (let i = 0; i < rounds; i++)
        turns.push({
          young: (await measureChain(young, 8, count, random)).p50Ms,
          old: (await measureChain(world, 8, count, random)).p50Ms,
        })
      await world.mustHold('growth')
      const ratio = round(median(turns.map((t) => t.old / t.young)))
      const [youngP50Ms, oldP50Ms] = [median(turns.map((t) => t.young)), median(turns.map((t) => t.old))]
      return {
        figures: { growth: { orders, ratio, youngP50Ms, oldP50Ms } },
        targets: [
          {
            what: `the chain with ${orders} orders of history against none`,
            figure: ratio,
            target: '<= 1.3',
            reached: ratio <= 1.3,
          },
        ],
      }
    } finally {
      await young.end()
    }
  },
}
