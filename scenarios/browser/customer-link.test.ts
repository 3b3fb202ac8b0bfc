import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { openTestShop } from '../../tools/test-builders.ts'
import type { TestKernel } from '../../tools/test-kernel.ts'
import { openScreens, type Screens } from './open-screens.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 })

let screens: Screens
let phone: Page
const sold: { noteId: string; invoiceId: string } = { noteId: '', invoiceId: '' }
beforeAll(async () => {
  screens = await openScreens({ prepare: deliverAndBill, app: { jobs: true } })
  const browser = screens.page.context().browser()!
  const context = await browser.newContext({
    locale: 'de-DE',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  phone = await context.newPage()
  phone.setDefaultTimeout(15_000)
  phone.on('pageerror', (error) => screens.wrong.push(String(error)))
  phone.on('console', (said) => /Content Security Policy/i.test(said.text()) && screens.wrong.push(said.text()))
})
afterAll(() => screens?.close())

async function deliverAndBill(tresen: TestKernel) {
  const shop = await openTestShop(tresen)
  const { number } = await shop.customer({ name: 'Malerbetrieb Quast' })
  const article = await shop.article({ number: 'SCHR-M8', nameDe: 'Schraube M8', nameEn: 'Screw M8', stock: 50 })
  const { noteId, invoice } = await shop.billed({
    of: number,
    lines: [{ article: article.number, quantity: 10 * ONE }],
  })
  sold.noteId = noteId
  sold.invoiceId = invoice.id
}

const words = 'Zwei fehlen. <img src=x onerror="window.hacked = true">'
let address = ''

test('at the note the goods are signed for, and the customer gets a link', async () => {
  const { page, server, logIn, button, seen } = screens
  await page.goto(`${server.address}/delivery-notes/${sold.noteId}`)
  await logIn()
  await button('Empfang bestätigen').click()
  await page.getByLabel('Wer nimmt die Ware an?').fill('Balduin Quast')
  const field = await page.locator('.signature-pad').boundingBox()
  await page.mouse.move(field!.x + 30, field!.y + 60)
  await page.mouse.down()
  for (let i = 1; i <= 12; i++) await page.mouse.move(field!.x + 30 + i * 20, field!.y + 60 + (i % 3) * 20)
  await page.mouse.up()
  await inPanel('Bestätigen').click()
  await page.getByRole('img', { name: 'Unterschrift von Balduin Quast' }).waitFor()

  await button('Link anlegen').click()
  await seen('noch nicht geöffnet')
  address = (await page.locator('.link-address code').textContent())!
  expect(address).toMatch(/\/k\/[\w-]{32}$/)
})

test('on his phone he sees what came and what it costs, takes the PDF, and reports what is missing', async () => {
  await phone.goto(address)
  await phone.getByRole('heading', { level: 1, name: /^Lieferschein LS-2026-000001$/ }).waitFor()
  await phone.getByText('10 Stück').waitFor()
  await phone.getByRole('img', { name: 'Unterschrift von Balduin Quast' }).waitFor()
  await phone.getByRole('img', { name: 'GiroCode über 116,62 €' }).waitFor()
  await phone.getByRole('button', { name: /Ohne Skonto/ }).click()
  await phone.getByRole('img', { name: 'GiroCode über 119,00 €' }).waitFor()
  await expect
    .poll(
      async () => {
        await phone.reload()
        return phone.getByRole('link', { name: 'PDF LS-2026-000001' }).count()
      },
      { timeout: 30_000, interval: 1_000 },
    )
    .toBe(1)
  const pdf = await phone.getByRole('link', { name: 'PDF LS-2026-000001' }).getAttribute('href')
  const file = await fetch(`${screens.server.address}${pdf}`)
  expect([file.status, (await file.text()).slice(0, 5)]).toEqual([200, '%PDF-'])

  expect(await tooSmall(phone)).toEqual([])
  expect(await isTooWide(phone)).toBe(false)
  await phone.getByRole('button', { name: 'Etwas fehlt oder ist beschädigt' }).click()
  await phone.getByRole('button', { name: 'Mehr: Schraube M8, Fehlt' }).click()
  await phone.getByRole('button', { name: 'Mehr: Schraube M8, Fehlt' }).click()
  await phone.getByLabel('Was ist passiert?').fill(words)
  await phone.getByLabel('Telefon oder E-Mail').fill('0171 23125')
  expect(await tooSmall(phone)).toEqual([])
  await phone.getByRole('button', { name: 'Meldung senden' }).click()
  await phone.getByText('Danke, die Meldung ist da.').waitFor()
  await phone.locator('.thanks-number', { hasText: 'ME-2026-000001' }).waitFor()
  await phone.getByRole('button', { name: 'Schließen' }).last().click()
  await phone.getByText('In Bearbeitung').waitFor()
  await phone.getByText(words).waitFor()
})

test('the clerk sees it counted, reads his words as words, and takes the goods off in the return desk', async () => {
  const { page, button, seen } = screens
  await page.locator('.nav-link', { hasText: 'Meldungen' }).locator('.nav-count', { hasText: '1' }).waitFor()
  await page.getByRole('link', { name: /Meldungen/ }).click()
  await page.getByRole('link', { name: 'ME-2026-000001' }).click()
  await seen(words)
  await button('Antworten').click()
  await page.getByRole('button', { name: 'Danke, wir sehen nach.' }).click()
  await inPanel('Antworten').click()
  await seen('Beantwortet')

  await button('Rücknahme anlegen').click()
  const quantity = page.getByLabel('Menge: Schraube M8').first()
  await expect.poll(() => quantity.inputValue(), { timeout: 10_000 }).toBe('2')
  await button('Weiter').click()
  await seen('Was wird aus der Ware?')
  expect(await page.getByLabel('Grund: Schraube M8').inputValue()).toBe('Fehlmenge')
  await button('Weiter').click()
  await button('Zurücknehmen').click()
  await page.getByRole('heading', { name: 'Rücknahme RS-2026-000001' }).waitFor()
  await page.getByRole('link', { name: /Meldungen/ }).click()
  await seen('Keine Meldungen')
})

test('the customer reads the answer and what it changed, in his language', async () => {
  await phone.reload()
  await phone.getByText('Danke, wir sehen nach.').waitFor()
  await phone.getByText('Mit Rücknahme RS-2026-000001 berichtigt.').waitFor()
  await phone.getByText('2 Stück zurückgegeben').waitFor()
  await phone.getByRole('button', { name: 'EN', exact: true }).click()
  await phone.getByText('Put right by return RS-2026-000001.').waitFor()
  await phone
    .getByRole('listitem')
    .filter({ hasText: /^Screw M8/ })
    .first()
    .waitFor()
  expect(await phone.evaluate(() => 'hacked' in window)).toBe(false)
})

test('at the invoice the link is seen to have been opened; revoked it shows who to ask', async () => {
  const { page, server, wrong, button, seen } = screens
  await page.goto(`${server.address}/delivery-notes/${sold.noteId}`)
  await seen(/geöffnet, zuletzt|^geöffnet/)
  await button('Sperren').click()
  await seen('Gesperrt')
  await page.goto(`${server.address}/invoices/${sold.invoiceId}`)
  await seen('Noch kein Link für den Kunden.')
  await phone.reload()
  await phone.getByRole('heading', { name: 'Dieser Link zeigt nichts (mehr)' }).waitFor()
  await phone.getByRole('link', { name: '+49 3581 23125-0' }).waitFor()
  expect(await screens.tresen.findBroken()).toEqual([])
  expect(wrong).toEqual([])
})

const inPanel = (name: string) => screens.page.locator('.panel-buttons').getByRole('button', { name })

/** What a thumb would miss. */
const tooSmall = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, a, input, textarea')]
      .filter((e) => {
        const { width, height } = e.getBoundingClientRect()
        return width > 0 && (width < 44 || height < 44)
      })
      .map((e) => e.outerHTML.slice(0, 80)),
  )
const isTooWide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
