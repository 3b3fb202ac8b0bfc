import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connectors } from '../../server/shops/connectors.ts'
import { ACCOUNT, type PlainShop, plainShop } from '../../server/shops/sync/plain-shop.ts'
import { openTestShop } from '../../tools/test-builders.ts'
import type { TestKernel } from '../../tools/test-kernel.ts'
import { openScreens, type Screens } from './open-screens.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const quick = { pollEveryMs: 500, freshPollMs: 0, retryMs: 20, leaseMs: 2_000 }
let screens: Screens
let shop: PlainShop
/** the shop refuses new stock, as shops do after somebody changed something over there */
let refuses = false
const before = connectors.woocommerce

beforeAll(async () => {
  screens = await openScreens({ prepare: openShop, app: { jobs: true, shopPace: quick } })
})
afterAll(async () => {
  await screens?.close()
  if (before) connectors.woocommerce = before
  else delete connectors.woocommerce
})

async function openShop(tresen: TestKernel) {
  const here = await openTestShop(tresen)
  await here.article({ number: 'SCHR-4x40-200', nameDe: 'Schrauben 4 x 40', stock: 40 })
  await here.customer({ email: 'kunde@example.org', shopIds: { web: ACCOUNT } })
  shop = plainShop(() => 1)
  shop.addArticle('SCHR-4x40-200', 0, { name: 'Schrauben' })
  connectors.woocommerce = shopThatMayRefuse(shop)
}

function shopThatMayRefuse({ connector }: PlainShop): PlainShop['connector'] {
  return {
    ...connector,
    open(access) {
      const api = connector.open(access)
      return {
        ...api,
        writeStock: async (writes) =>
          refuses
            ? writes.map(({ sku }) => ({
                sku,
                outcome: 'refused',
                shown: shop.available(sku),
                problem: 'Lager gesperrt',
              }))
            : api.writeStock(writes),
      }
    },
  }
}

const tab = (name: string | RegExp) => screens.page.getByRole('navigation', { name: 'web' }).getByRole('link', { name })

test('the administrator connects a shop: a failing test says why, a working one leads to the match', async () => {
  const { page, server, wrong, logIn, button, seen } = screens
  await page.goto(server.address)
  await logIn()
  await page.getByRole('link', { name: 'Shops' }).click()
  await seen('Noch kein Shop angebunden')

  await button('Shop anbinden').click()
  await page.getByRole('combobox', { name: 'Shopsystem' }).click()
  await page.getByRole('option', { name: 'WooCommerce' }).click()
  await page.getByLabel('Adresse des Shops').fill('https://shop.example')
  await page.getByRole('textbox', { name: 'Geheimnis' }).fill('plain-secret')
  await page.getByLabel('Bestellungen übernehmen seit').first().fill('24.11.2026')
  shop.trouble.down = true
  await button('Speichern und testen').click()
  await seen('Die Verbindung steht nicht')
  await seen(/Der Shop antwortet nicht/)
  // a key that was given is only said to be there
  expect(await page.getByRole('textbox', { name: 'Geheimnis' }).inputValue()).toBe('')
  expect(await page.getByRole('textbox', { name: 'Geheimnis' }).getAttribute('placeholder')).toBe('gegeben')

  shop.trouble.down = false
  await button('Verbindung testen').click()
  await seen('Die Verbindung steht')
  await button('Katalog abgleichen').click()
  await page.getByRole('row', { name: /Schrauben/ }).waitFor()
  await seen('Zugeordnet 1')
  await expect.poll(() => shop.available('SCHR-4x40-200'), { timeout: 10_000 }).toBe(40)
  expect(wrong).toEqual([])
})

test('what the shop sells stands in its log a moment later, with what it was', async () => {
  const { page, wrong, seen } = screens
  shop.buy([{ sku: 'SCHR-4x40-200', quantity: 2 }])
  await tab('Protokoll').click()
  const row = page.getByRole('row', { name: /Bestellung holen P-1 Erledigt übernommen/ })
  await row.first().waitFor()
  await row.first().click()
  await seen(/AU-2026-000001/)

  await page.getByRole('searchbox').fill('P-1')
  await expect.poll(() => page.getByRole('row', { name: /Bestand melden/ }).count()).toBe(0)
  await row.first().waitFor()
  expect(wrong).toEqual([])
})

test('stock the shop shows wrongly is listed until what was given up is sent again', async () => {
  const { page, tresen, wrong, button, seen } = screens
  await tab('Abweichungen').click()
  await seen('Keine Abweichungen')
  refuses = true
  shop.setAvailable('SCHR-4x40-200', 3)
  await button('Neu zählen').click()
  await page.getByRole('row', { name: /SCHR-4x40-200 Schrauben 3 38 -35 .* Senden aufgegeben/ }).waitFor()
  expect(
    await page
      .getByRole('link', { name: /^Shops/ })
      .first()
      .textContent(),
  ).toMatch(/1$/)

  await page.getByRole('link', { name: 'Senden aufgegeben' }).click()
  const dead = page.getByRole('row', { name: /Bestand melden SCHR-4x40-200 vom Shop abgelehnt: Lager gesperrt/ })
  await dead.waitFor()
  refuses = false
  await dead.getByRole('button', { name: 'Noch einmal senden' }).click()
  await seen('Nichts aufgegeben')
  await expect.poll(() => shop.available('SCHR-4x40-200'), { timeout: 10_000 }).toBe(38)
  await tab('Abweichungen').click()
  await seen('Keine Abweichungen')
  expect(wrong).toEqual([])
  expect(await tresen.findBroken()).toEqual([])
})
