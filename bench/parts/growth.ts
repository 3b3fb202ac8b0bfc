import { median, round } from '../measure.ts'
import { seeded } from '../play-chain.ts'
import type { Part } from '../run.ts'
import { writeHistory } from '../write-history.ts'
import { measure } from './chain.ts'

/** The chain on a young database and on one with years of orders behind it. */
export const growth: Part = {
  name: 'growth',
  async run(world, { quick }) {
    const [orders, count, rounds] = quick ? [20_000, 80, 3] : [1_000_000, 400, 5]
    const random = seeded(5)
    const times = async () => {
      await measure(world, 8, count, random)
      const found: number[] = []
      for (let i = 0; i < rounds; i++) found.push((await measure(world, 8, count, random)).p50Ms)
      return median(found)
    }
    const young = await times()
    await writeHistory(world, orders)
    const old = await times()
    await world.mustHold('growth')
    return { growth: { orders, ratio: round(old / young), youngP50Ms: round(young, 1), oldP50Ms: round(old, 1) } }
  },
  targets: (r) => [
    [
      `the chain with ${r.growth.orders} orders of history against none`,
      r.growth.ratio,
      '<= 1.3',
      r.growth.ratio <= 1.3,
    ],
  ],
}
