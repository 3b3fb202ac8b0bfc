import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newOrder } from '../../common/orders/api.ts'
import { ONE } from '../../common/quantity.ts'
import { placeOrder } from '../../server/orders/index.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import type { TestKernel } from '../../tools/test-kernel.ts'
import { openScreens, type Screens } from './open-screens.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

let screens: Screens
let shop: TestShop
let customerId: string
let heldId: string
beforeAll(async () => {
  screens = await openScreens({ prepare: orderAlike })
})
afterAll(() => screens?.close())

async function orderAlike(tresen: TestKernel) {
  shop = await openTestShop(tresen)
  customerId = (await shop.customer({ name: 'Malerbetrieb Quast', vatId: 'DE136695976' })).id
  heldId = (await buy(tresen)).orderId!
}

/** Somebody with an account of his own in the shop, who typed the VAT id of Malerbetrieb Quast. */
async function buy({ play }: TestKernel) {
  const { number } = await shop.article({ nameDe: 'Wandfarbe' })
  const order = newOrder.parse({
    channel: 'web',
    externalNumber: `W-${number}`,
    paymentMethod: 'on-delivery-note',
    customer: { shopCustomerId: '4711', email: 'neu@example.org', vatId: 'DE136695976' },
    deliverTo: { name: 'Baustelle Nord', street: 'Am Kanal 5', postalCode: '02625', city: 'Bautzen' },
    lines: [{ article: number, quantity: ONE }],
  })
  return play(placeOrder, order)
}

test('an order of somebody alike: “Ist dieser Kunde” links and releases, the next one goes through', async () => {
  const { page, server, tresen, logIn, button, seen } = screens
  await page.goto(`${server.address}/orders/${heldId}`)
  await logIn()
  await seen('Dieser Auftrag ist angehalten')
  await seen(/Shop-Konto 4711; .* Gleich ist nur die USt-IdNr\./)
  await button('Freigeben').click()
  const panel = page.getByRole('dialog')
  await panel.getByText('Am Kanal 5').waitFor()
  await panel.getByLabel('Ist dieser Kunde: Konto mit Malerbetrieb Quast verbinden').check()
  await panel.getByRole('button', { name: 'Beim Kunden nachgefragt' }).click()
  await panel.getByRole('button', { name: 'Verbinden und freigeben' }).click()
  await seen('Konto verbunden, Auftrag freigegeben')
  await button('Lieferschein anlegen').waitFor()
  expect((await buy(tresen)).outcome).toBe('accepted')
})

test('at the customer his accounts are listed, unlinked and linked by hand', async () => {
  const { page, server, tresen, wrong, button, seen } = screens
  await page.goto(`${server.address}/customers/${customerId}`)
  await seen('Konten im Webshop')
  await button('Konto 4711 lösen').click()
  await page.getByText('Konten im Webshop').waitFor({ state: 'detached' })
  expect((await buy(tresen)).outcome).toBe('on-hold')
  await button('Weitere Aktionen').click()
  await page.getByRole('menuitem', { name: 'Shop-Konto verbinden' }).click()
  await page.getByLabel('Kennung des Kontos im Shop').fill('4711')
  await button('Verbinden').click()
  await button('Konto 4711 lösen').waitFor()
  expect((await buy(tresen)).outcome).toBe('accepted')
  expect(wrong).toEqual([])
})
