import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { correctInvoice } from '../invoicing/index.ts'
import { findDeliveredNotBilled, writeDeliveredNotBilled } from './find-delivered-not-billed.ts'

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

const months = async (day: string) =>
  (await findDeliveredNotBilled(tresen.kernel.database, day)).months.map((m) => [m.month, m.vatRate, m.net, m.vat])
async function csv(day: string) {
  let text = ''
  for await (const part of writeDeliveredNotBilled(tresen.kernel.database, day)) text += part
  return text
}

test('the adviser sees by month of delivery what was not billed on a day, whatever was billed or taken back later', async () => {
  tresen.setDay('2026-10-30')
  const full = await shop.article({ nameDe: 'Rohr "1/2"' })
  const reduced = await shop.article({ vatClass: 'reduced' })
  const lines = [
    { article: full.number, quantity: 2_500 },
    { article: reduced.number, quantity: ONE },
  ]
  const order = await shop.order({ lines })
  const note = await shop.deliver([order.id])
  const whole = [
    ['2026-10', 1_900, 2_500, 475],
    ['2026-10', 700, 1_000, 70],
  ]
  expect(await months('2026-10-31')).toEqual(whole)
  tresen.setDay('2026-11-05')
  const invoice = await shop.bill([note.id])
  expect(await months('2026-10-31')).toEqual(whole)
  expect(await months('2026-11-05')).toEqual([])
  tresen.setDay('2026-11-09')
  await tresen.play(correctInvoice, { id: invoice.id, reason: 'falsch' })
  expect([await months('2026-10-31'), await months('2026-11-05'), await months('2026-11-09')]).toEqual([
    whole,
    [],
    whole,
  ])
  expect(await months('2026-10-29')).toEqual([])

  const text = await csv('2026-10-31')
  expect(text.startsWith('\uFEFFMonat;Lieferdatum;Lieferschein;')).toBe(true)
  const rows = text.trim().split('\r\n')
  expect(rows).toHaveLength(3)
  expect(rows[1]).toContain(`2026-10;30.10.2026;${note.number};`)
  expect(rows[1]).toContain(';"Rohr ""1/2""";2,500;H87;19,00;25,00;4,75;29,75')
})
