import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestShop, testAddress } from '../../tools/test-builders.ts'
import type { TestKernel } from '../../tools/test-kernel.ts'
import { openScreens, type Screens } from './open-screens.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

let screens: Screens
beforeAll(async () => {
  screens = await openScreens({ prepare: deliver, app: { jobs: true }, clock: new Date('2026-11-24T11:00:00Z') })
})
afterAll(() => screens?.close())

/** Three customers: one by the month, one whose invoice breaks a rule, one who complains. */
async function deliver(tresen: TestKernel) {
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

const row = (name: string) => screens.page.getByRole('row').filter({ hasText: name })

test('accounting looks at what is due, prepares the run, leaves one out, issues the rest and sees what was refused', async () => {
  const { page, tresen, server, wrong, logIn, button } = screens
  await page.goto(server.address)
  await logIn()
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
