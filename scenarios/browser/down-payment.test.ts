import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { recordPayment } from '../../server/payments/index.ts'
import { openTestShop, type PlacedOrder, type TestShop } from '../../tools/test-builders.ts'
import type { TestKernel } from '../../tools/test-kernel.ts'
import { openScreens, type Screens } from './open-screens.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

let screens: Screens
let shop: TestShop
let order: PlacedOrder
beforeAll(async () => {
  screens = await openScreens({
    app: { jobs: true },
    async prepare(tresen: TestKernel) {
      shop = await openTestShop(tresen)
      const article = await shop.article({ number: 'SCHR-M8', nameDe: 'Schraube M8' })
      order = await shop.order({ lines: [{ article: article.number, quantity: 10 * ONE }] })
    },
  })
})
afterAll(() => screens?.close())

test('thirty percent are asked for ahead, come in, and the invoice over the goods shows what it deducts', async () => {
  const { page, server, wrong, logIn, button, seen, tresen } = screens
  await page.goto(`${server.address}/orders/${order.id}`)
  await logIn()
  await button('Weitere').click()
  await page.getByRole('menuitem', { name: 'Anzahlungsrechnung' }).click()
  await seen('35,70 €')
  await button('Anzahlungsrechnung stellen').click()
  await page.getByRole('heading', { name: 'Anzahlungsrechnung RE-2026-000001' }).waitFor()
  await seen('Noch nichts eingegangen')

  const { customerId } = order
  const money = { customerId, amount: 3_570, receivedOn: '2026-11-24', method: 'transfer', allocations: [] }
  await tresen.play(recordPayment, money)
  await page.reload()
  await seen(/24\.11\.2026, ZA-2026-000001/)
  await seen(/Netto\s30,00\s€,\sMwSt\.\s19\s%/)

  await shop.deliver([order.id])
  await page.goto(`${server.address}/unbilled/${customerId}`)
  await seen('Anzahlung RE-2026-000001')
  await seen('83,30 €')
  await button(/Rechnung über 83,30/).click()
  await page.getByRole('heading', { name: 'Rechnung RE-2026-000002' }).waitFor()
  await seen('Abgezogene Anzahlungen')
  expect(wrong).toEqual([])
})
