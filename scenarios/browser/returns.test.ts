import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { createUser } from '../../server/kernel/identity/users.ts'
import { recordPayment } from '../../server/payments/index.ts'
import { type TestApp, testApp } from '../../tools/test-app.ts'
import { openTestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { type OpenBrowser, openBrowser } from './open-browser.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const password = 'ein langes Kennwort'
let tresen: TestKernel
let server: TestApp
let opened: OpenBrowser
let page: Page
let screens: string
let noteId: string
let unbilledNote: string
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
  await deliverAndBill()
  server = await testApp(tresen, { jobs: true, webDirectory: screens })
  await tresen.play(createUser, { login: 'chef', name: 'Hannelore Chef', role: 'administrator', password })
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

/** A paid invoice over screws, and a note of the same customer that is not billed yet. */
async function deliverAndBill() {
  const shop = await openTestShop(tresen)
  const { number } = await shop.customer({ name: 'Malerbetrieb Quast' })
  const article = await shop.article({ number: 'SCHR-M8', nameDe: 'Schraube M8', gtin: '4006381333931', stock: 50 })
  const lines = [{ article: article.number, quantity: 10 * ONE }]
  const paid = await shop.billed({ of: number, lines })
  noteId = paid.noteId
  const amount = paid.invoice.amountDue
  await tresen.play(recordPayment, {
    customerId: paid.customerId,
    amount,
    receivedOn: '2026-11-24',
    method: 'transfer',
    allocations: [{ invoiceId: paid.invoice.id, amount, skonto: 0 }],
  })
  unbilledNote = (await shop.deliver([(await shop.order({ of: number, lines })).id])).number
}

const button = (name: string | RegExp) => page.getByRole('button', { name })
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor()
/** As a scanner types: quicker than any hand, Enter at the end. */
const scan = (code: string) =>
  page.evaluate(
    (keys) => {
      const field = document.activeElement ?? document.body
      for (const key of keys)
        field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    },
    [...code, 'Enter'],
  )

test('goods come back in three steps: from the note, by scanner, with every document shown before', async () => {
  await page.goto(`${server.address}/delivery-notes/${noteId}`)
  await page.getByLabel('Anmeldename').fill('chef')
  await page.getByLabel('Kennwort', { exact: true }).fill(password)
  await button('Anmelden').click()
  await button('Rücknahme').click()

  await page.getByRole('heading', { name: 'Ware zurücknehmen' }).waitFor()
  await seen('Schraube M8')
  await scan('4006381333931')
  const quantity = page.getByLabel('Menge: Schraube M8').first()
  await expect.poll(() => quantity.inputValue(), { timeout: 5_000 }).toBe('1')
  await scan('SCHR-M8')
  await expect.poll(() => quantity.inputValue(), { timeout: 5_000 }).toBe('2')
  await button('Mehr').first().click()
  await expect.poll(() => quantity.inputValue(), { timeout: 5_000 }).toBe('3')
  await button('Weiter').click()

  await seen('Was wird aus der Ware?')
  await page.getByLabel('Grund: Schraube M8').click()
  await page.getByRole('option', { name: 'Defekt' }).click()
  await button('Ein Stück anders').click()
  await page.getByLabel('Was wird aus der Ware?: Schraube M8').last().click()
  await page.getByRole('option', { name: 'Quarantäne' }).click()
  await button('Weiter').click()

  await page.getByText('Erstatten', { exact: true }).click()
  await seen('Erstattung')
  const consequences = await page.getByTestId('consequences').textContent()
  expect(consequences).toContain('Rechnungskorrektur zu RE-2026-000001')
  expect(consequences?.match(/35,70/g)).toHaveLength(2)
  await button('Zurücknehmen').click()

  await page.getByRole('heading', { name: 'Rücknahme RS-2026-000001' }).waitFor()
  await seen('Ware zu prüfen')
  await page.getByRole('link', { name: 'RK-2026-000001' }).waitFor()
  await button('Über Ware entscheiden').click()
  await button('Buchen').click()
  await seen('Zurückgenommen')
  expect(wrong).toEqual([])
})

test('what is not billed only makes its note smaller, and a return is cancelled with a reason', async () => {
  await page.goto(`${server.address}/returns/new`)
  await seen('Kunde wählen, oder Lieferschein oder Artikel scannen.')
  await scan(unbilledNote)
  await button('Alles').first().click()
  await button('Weiter').click()
  await button('Weiter').click()
  await seen('Nichts davon war berechnet, es fließt kein Geld.')
  await button('Zurücknehmen').click()
  await page.getByRole('heading', { name: 'Rücknahme RS-2026-000002' }).waitFor()

  await button('Weitere Aktionen').click()
  await page.getByRole('menuitem', { name: 'Stornieren' }).click()
  await page.getByRole('button', { name: 'Falscher Kunde' }).click()
  await button('Stornieren').click()
  await seen('Storniert')
  await page.goto(`${server.address}/returns`)
  await page.getByRole('link', { name: 'RS-2026-000001' }).waitFor()
  expect(await tresen.findBroken()).toEqual([])
  expect(wrong).toEqual([])
})
