import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createUser } from '../../server/kernel/identity/users.ts'
import { type TestApp, testApp } from '../../tools/test-app.ts'
import { openTestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { type OpenBrowser, openBrowser } from './open-browser.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const password = 'ein langes Kennwort'
const fixtures = join(import.meta.dirname, '../../server/inbox/fixtures')
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
  await openTestShop(tresen)
  server = await testApp(tresen, { webDirectory: screens })
  await tresen.play(createUser, { login: 'buch', name: 'Berta Buch', role: 'accounting', password })
  opened = await openBrowser()
  page = await opened.browser.newPage({ locale: 'de-DE', viewport: { width: 1280, height: 900 } })
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

test('accounting drops what others sent, reads it beside its findings, and is told what is no e-invoice', async () => {
  await page.goto(server.address)
  await page.getByLabel('Anmeldename').fill('buch')
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Rechnungseingang' }).click()
  const drop = (file: string | { name: string; mimeType: string; buffer: Buffer }) =>
    page.locator('input[type=file]').setInputFiles(file)

  await drop({ name: 'brief.html', mimeType: 'text/html', buffer: Buffer.from('<html></html>') })
  await page.getByText('Die Datei ist keine E-Rechnung').waitFor()

  await drop(join(fixtures, 'zugferd-corpus/fail/Avoir_FR_type380_EN16931.pdf'))
  await page.getByRole('heading', { name: 'Erhaltene Rechnung AV-2017-0005' }).waitFor()
  await page.getByText('gemeint ist wohl eine Gutschrift').waitFor()
  await page.getByText('Rechnungsart · BT-3 · TRESEN-CREDIT').waitFor()
  expect(await page.getByRole('table', { name: 'Positionen' }).textContent()).toContain("Nougat de l'Abbaye 250g")
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Datei speichern' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('Avoir_FR_type380_EN16931.pdf')

  await page.getByRole('link', { name: 'Rechnungseingang' }).first().click()
  await page.getByText('1 Hinweis').waitFor()
  await drop(join(fixtures, 'xrechnung-testsuite/01.21a-INVOICE_ubl.xml'))
  await page.getByRole('heading', { name: 'Erhaltene Rechnung 18383' }).waitFor()
  await page.getByText('Keine Regel ist verletzt.').waitFor()
  expect(wrong).toEqual([])
})
