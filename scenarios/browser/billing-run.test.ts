import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createUser } from '../../server/kernel/identity/users.ts'
import { type TestApp, testApp } from '../../tools/test-app.ts'
import { openTestShop, testAddress } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { type OpenBrowser, openBrowser } from './open-browser.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const password = 'ein langes Kennwort'
let tresen: TestKernel
let server: TestApp
let opened: OpenBrowser
let page: Page
let screens: string
const wrong: string[] = []

beforeAll(async () => {
  screens = mkdtempSync(join(tmpdir(), 'tresen-screens-'))
  const { build } = await import('vite')
  await build({
    configFile: join(import.meta.dirname, '../../vite.config.ts'),
    logLevel: 'error',
    build: { outDir: screens },
  })
  tresen = await testKernel()
  await deliver()
  const now = () => new Date('2026-11-24T11:00:00Z')
  server = await testApp(tresen, { jobs: true, webDirectory: screens, now })
  await tresen.play(createUser, { login: 'chef', name: 'Hannelore Chef', role: 'administrator', password })
  opened = await openBrowser()
  page = await opened.browser.newPage({ locale: 'de-DE', viewport: { width: 1280, height: 900 } })
  await page.clock.setFixedTime(now())
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => wrong.push(String(error)))
  page.on('response', (response) => response.status() >= 500 && wrong.push(`${response.status()} ${response.url()}`))
})
afterAll(async () => {
  await opened?.close()
  await server?.app.close()
  await tresen?.close()
  rmSync(screens, { recursive: true, force: true })
})

/** Three customers: one by the month, one whose invoice breaks a rule, one who complains. */
async function deliver() {
  const shop = await openTestShop(tresen)
  const customer = (name: string, change: object) =>
    shop.customer({ name, billTo: { ...testAddress, name }, ...change })
  const monthly = await customer('Holzbau Kräher GmbH', { billingRule: 'monthly' })
  const abroad = await customer('Fliesen Wagner', {
    vatTreatment: 'intra-community',
    billTo: { ...testAddress, name: 'Fliesen Wagner', country: 'AT' },
  })
  const weekly = await customer('Malerbetrieb Quast', { billingRule: 'weekly', invoiceGrouping: 'order' })
  for (const [day, { number }] of [
    ['2026-10-05', monthly],
    ['2026-10-20', monthly],
    ['2026-11-03', monthly],
    ['2026-11-12', weekly],
    ['2026-11-20', abroad],
  ] as const) {
    tresen.setDay(day)
    await shop.deliver([(await shop.order({ of: number })).id])
  }
  tresen.setDay('2026-11-24')
  await tresen.sql(`update catalog.article set list_price = list_price + 5000`)
}

const button = (name: string | RegExp) => page.getByRole('button', { name })
const row = (name: string) => page.getByRole('row').filter({ hasText: name })

test('accounting looks at what is due, prepares the run, leaves one out, issues the rest and sees what was refused', async () => {
  await page.goto(server.address)
  await page.getByLabel('Anmeldename').fill('chef')
  await page.getByLabel('Kennwort', { exact: true }).fill(password)
  await button('Anmelden').click()
  await page.getByRole('heading', { name: 'Aufträge' }).waitFor()

  await page.getByRole('link', { name: 'Zu berechnen' }).click()
  await row('Holzbau Kräher GmbH').getByText('238,00').waitFor()
  await button('Fällig').click()
  await row('Malerbetrieb Quast').waitFor()

  await button('Lauf vorbereiten').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Lauf vorbereiten' }).click()
  await page.getByText('3 über 457,00').waitFor()

  await row('Malerbetrieb Quast').getByRole('button', { name: 'Auslassen' }).click()
  await button('Kunde reklamiert').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Auslassen' }).click()
  await row('Kunde reklamiert').waitFor()

  await button('2 Rechnungen stellen').click()
  await page.getByText('Fertig').waitFor({ timeout: 30_000 })
  await page.getByText(/BR-IC-02/).waitFor()
  await row('Holzbau Kräher GmbH').getByRole('link', { name: 'RE-2026-000001' }).click()
  await page.getByRole('heading', { name: /RE-2026-000001/ }).waitFor()
  await page.getByText('238,00').first().waitFor()

  await page.getByRole('link', { name: 'Zu berechnen' }).click()
  await row('Malerbetrieb Quast').click()
  await page.getByText('vereinbart 10,00, heute 10,50').waitFor()
  await button(/Rechnung über 119,00\s€ stellen/).waitFor()

  await page.getByRole('link', { name: 'Zu berechnen' }).first().click()
  await button('Je Monat').click()
  await page.getByText('11/2026').first().waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV', exact: true }).click(),
  ])
  expect(download.suggestedFilename()).toBe('geliefert-nicht-berechnet-2026-11-24.csv')
  expect(readFileSync(await download.path(), 'utf8')).toContain('Malerbetrieb Quast')

  expect(wrong).toEqual([])
  expect(await tresen.findBroken()).toEqual([])
})
