import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { apiKey, httpClient, testApp } from '../../tools/test-app.ts'
import { openTestShop } from '../../tools/test-builders.ts'
import type { TestKernel } from '../../tools/test-kernel.ts'
import { openScreens, type Screens } from './open-screens.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

let screens: Screens
beforeAll(async () => {
  screens = await openScreens({ prepare: importOrder, app: { jobs: true } })
})
afterAll(() => screens?.close())

/** The shop's order is there already, as the connector brings it every day. */
async function importOrder(tresen: TestKernel) {
  const shop = await openTestShop(tresen)
  for (const number of ['SCHR-4x40-200', 'DUEB-8x40-100', 'SAEG-190-24Z'])
    await shop.article({ number, nameDe: `Artikel ${number}`, stock: 50 })
  await shop.customer({ name: 'Holzbau Kräher GmbH & Co. KG', vatId: 'DE999999999', shopIds: { web: '2' } })
  const importer = await testApp(tresen)
  const { authorization } = await apiKey(tresen)
  const file = readFileSync(
    new URL('../../server/shops/woocommerce/fixtures/01-company-vat-lieferschein.json', import.meta.url),
    'utf8',
  )
  const path = '/api/orders/import?format=woocommerce&channel=web'
  const { body } = await httpClient(importer.address, { authorization })('POST', path, { body: file })
  expect(body.orders[0]).toMatchObject({ outcome: 'accepted', gross: 11_734 })
  await importer.app.close()
}

test('a clerk takes a web order through note, goods issue, invoice and payment by clicking', async () => {
  const { page, tresen, server, wrong, logIn, button, seen } = screens
  await page.goto(server.address)
  await logIn()

  await page.getByRole('heading', { name: 'Aufträge' }).waitFor()
  await page
    .getByRole('link', { name: /AU-2026-000001/ })
    .first()
    .click()
  await page.getByRole('heading', { name: /AU-2026-000001/ }).waitFor()
  await seen('Holzbau Kräher GmbH & Co. KG')
  await button('Lieferschein anlegen').click()

  await button('Warenausgang buchen').first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Warenausgang buchen' }).click()
  await page.getByRole('heading', { name: /LS-2026-000001/ }).waitFor()

  await page
    .getByRole('link', { name: /AU-2026-000001/ })
    .first()
    .click()
  await button('Rechnung stellen').click()
  await button(/Rechnung über 117,34\s€ stellen/).click()
  await page.getByRole('heading', { name: /RE-2026-000001/ }).waitFor()

  const link = page.getByRole('link', { name: /PDF/ }).first()
  await link.waitFor({ timeout: 30_000 })
  const pdf = await page.request.get(new URL((await link.getAttribute('href'))!, server.address).href)
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')

  await page
    .getByRole('link', { name: /AU-2026-000001/ })
    .first()
    .click()
  await button('Zahlung erfassen').click()
  await page.getByLabel('Betrag').first().fill('117,34')
  await button('Zahlung erfassen').last().click()
  await seen(/ZA-2026-000001/)

  const [order] = await tresen.sql<{ id: string }>('select id from orders.sales_order')
  await page.goto(`${server.address}/orders/${order!.id}`)
  await seen('Abgeschlossen')
  expect(wrong).toEqual([])
  expect(await tresen.findBroken()).toEqual([])
})

test('what one clerk does appears on the other’s screen by itself', async () => {
  const { page, tresen, server, wrong } = screens
  await page.goto(`${server.address}/orders`)
  await page.getByRole('heading', { name: 'Aufträge' }).waitFor()
  const shop = await tresen.sql<{ number: string }>("select number from catalog.article where number = 'SAEG-190-24Z'")
  const { authorization } = await apiKey(tresen)
  const { body } = await httpClient(server.address, { authorization })('POST', '/api/orders', {
    body: {
      channel: 'phone',
      paymentMethod: 'on-invoice',
      customer: { vatId: 'DE999999999' },
      lines: [{ article: shop[0]!.number, quantity: ONE }],
    },
  })
  await page
    .getByRole('link', { name: new RegExp(body.number) })
    .first()
    .waitFor()
  expect(wrong).toEqual([])
})
