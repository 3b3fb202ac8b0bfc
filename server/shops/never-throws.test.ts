import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newOrder } from '../../common/orders/api.ts'
import { amountsOf, type Captured, fixturesOf, noOptions } from './fixture-orders.ts'
import { readShopOrders, type ShopFormat } from './read-shop-orders.ts'

const strange = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    '',
    '0',
    '-1',
    '1e9',
    'NaN',
    'EUR',
    'Cancelled',
    0,
    -1,
    0.5,
    1e21,
    Number.NaN,
    Number.MAX_SAFE_INTEGER,
    true,
    [],
    {},
  ),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.integer(),
  fc.jsonValue(),
)

/** Where in a document a mutation strikes: a number for each level, taken modulo what is there. */
const mutations = fc.array(
  fc.record({ way: fc.array(fc.nat(), { minLength: 1, maxLength: 7 }), value: strange, remove: fc.boolean() }),
  { minLength: 1, maxLength: 4 },
)

function strike(document: Captured, way: readonly number[], value: unknown, remove: boolean): void {
  let at = document
  for (const [level, step] of way.entries()) {
    const keys = Object.keys(at)
    if (keys.length === 0) return
    const key = keys[step % keys.length]!
    if (level < way.length - 1 && typeof at[key] === 'object' && at[key] !== null) {
      at = at[key]
      continue
    }
    if (remove) delete at[key]
    else at[key] = value
    return
  }
}

describe.each(['woocommerce', 'vendure', 'shopify', 'shopware'] as ShopFormat[])('%s', (format) => {
  const { load, orders } = fixturesOf(format)

  test('a mutated real order is an order or has a reason, and what is accepted is the shop total', () => {
    fc.assert(
      fc.property(fc.constantFrom(...orders), mutations, (name, strikes) => {
        const document = load(name)
        for (const { way, value, remove } of strikes) strike(document, way, value, remove)
        for (const found of readShopOrders(format, document, noOptions)) {
          expect(found.order !== null || found.problems.length > 0).toBe(true)
          if (found.order === null) continue
          expect(newOrder.safeParse(found.order).success).toBe(true)
          if (found.problems.length > 0) continue
          const { gross, net } = found.order.totals!
          const ours = amountsOf(found)
          if (found.order.priceMode === 'gross') expect(ours.payable).toBe(gross)
          else expect(ours.net).toBe(net)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('any JSON at all is read without an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (document) => {
        for (const found of readShopOrders(format, document, noOptions)) expect(found.problems).not.toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})
