import { newArticle } from '../../common/catalog/api.ts'
import { saveArticles } from '../../server/catalog/index.ts'
import { newId } from '../../server/kernel/index.ts'
import { receiveGoods } from '../../server/stock/index.ts'
import { median, round, withClients } from '../measure.ts'
import type { Part } from '../run.ts'
import type { World } from '../world.ts'

/** Eight clients want the same article, more than there is, against eight clients who each want their own. */
export const hotArticle: Part = {
  name: 'hotArticle',
  async run(world, { quick }) {
    const [count, rounds] = quick ? [160, 3] : [800, 5]
    const ratios: number[] = []
    let oversold = 0
    await orders(world, count, (i) => world.articles[i % 8]!)
    for (let r = 0; r < rounds; r++) {
      const number = `HOT-${r}-${Date.now()}`
      const id = await hotOne(world, number, Math.round(count / 2))
      const cold = await orders(world, count, (i) => world.articles[(i * 7) % world.articles.length]!)
      const hot = await orders(world, count, () => number)
      ratios.push(hot / cold)
      const { rows } = await world.pool.query<{ over: number }>(
        'select greatest(reserved - on_hand, 0)::int as over from stock.level where article_id = $1',
        [id],
      )
      oversold += rows[0]!.over
    }
    await world.mustHold('hotArticle')
    const ratio = round(median(ratios))
    return {
      figures: { hotArticle: { oversold, ratio } },
      targets: [
        { what: 'one hot article, 8 clients: oversold', figure: oversold, target: '0', reached: oversold === 0 },
        {
          what: 'one hot article: rate against articles of their own',
          figure: ratio,
          target: '>= 0.5',
          reached: ratio >= 0.5,
        },
      ],
    }
  },
}

async function hotOne(world: World, number: string, pieces: number): Promise<string> {
  const id = newId()
  await world.play(
    function saveHot(work, article: Parameters<typeof saveArticles>[1][number]) {
      return saveArticles(work, [article])
    },
    { ...newArticle.parse({ number, nameDe: number, listPrice: 10_000 }), id },
  )
  await world.play(receiveGoods, { locationId: world.locationId, lines: [{ articleId: id, quantity: pieces * 1000 }] })
  return id
}

async function orders(world: World, count: number, article: (i: number) => string): Promise<number> {
  const { client } = await world.server()
  const from = performance.now()
  await withClients(8, count, (i) => {
    const customerNumber = world.customers[i % world.customers.length]!.number
    return client.post('/api/orders', {
      channel: 'phone',
      customer: { customerNumber },
      paymentMethod: 'on-delivery-note',
      lines: [{ article: article(i), quantity: 1000 }],
    })
  })
  return count / ((performance.now() - from) / 1000)
}
