import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { findDeliveredNotBilled, writeDeliveredNotBilled } from '../billing/find-delivered-not-billed.ts'
import { cancelReturn } from './cancel-return.ts'
import { takeBack } from './take-back.ts'

vi.setConfig({ testTimeout: 30_000 })

let tresen: TestKernel
let shop: TestShop

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
})
afterAll(async () => {
  await tresen.close()
})

const notBilled = async (day: string) => {
  const { months } = await findDeliveredNotBilled(tresen.kernel.database, day)
  return months.reduce((sum, row) => sum + row.net, 0)
}
const rowsOf = async (day: string) => {
  let text = ''
  for await (const part of writeDeliveredNotBilled(tresen.kernel.database, day)) text += part
  return text.trim().split('\r\n').length - 1
}

test('what came back after a key day was delivered on it, billed or not, also when the return was taken back', async () => {
  tresen.setDay('2026-10-30')
  const order = await shop.order()
  const note = await shop.deliver([order.id])
  const other = await shop.order()
  const billed = await shop.deliver([other.id])
  await shop.bill([billed.id])
  expect(await notBilled('2026-10-31')).toBe(10_000)

  tresen.setDay('2026-11-10')
  const back = (noteLineId: string) =>
    tresen.play(takeBack, {
      locationId: shop.warehouse,
      money: 'set-off' as const,
      lines: [
        {
          noteLineId,
          quantity: 4 * ONE,
          reason: 'changed-mind' as const,
          condition: 'as-new' as const,
          goods: 'restock' as const,
        },
      ],
    })
  const unbilledReturn = await back(note.lines[0]!.id)
  const billedReturn = await back(billed.lines[0]!.id)
  expect([await notBilled('2026-10-31'), await rowsOf('2026-10-31')]).toEqual([10_000, 1])
  expect(await notBilled('2026-11-10')).toBe(6_000)

  tresen.setDay('2026-11-20')
  for (const { id } of [unbilledReturn, billedReturn]) await tresen.play(cancelReturn, { id, reason: 'doch nicht' })
  expect([await notBilled('2026-10-31'), await notBilled('2026-11-10'), await notBilled('2026-11-20')]).toEqual([
    10_000, 6_000, 10_000,
  ])
})
