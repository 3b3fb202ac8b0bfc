import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestShop } from '../../tools/test-builders.ts'
import { openScreens, password, type Screens } from './open-screens.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const fixtures = join(import.meta.dirname, '../../server/inbox/fixtures')
let screens: Screens
beforeAll(async () => {
  screens = await openScreens({
    prepare: openTestShop,
    user: { login: 'buch', name: 'Berta Buch', role: 'accounting' },
  })
})
afterAll(() => screens?.close())

test('accounting drops what others sent, reads it beside its findings, and is told what is no e-invoice', async () => {
  const { page, server, wrong } = screens
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
