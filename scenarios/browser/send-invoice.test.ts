import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openMailServer } from '../../server/sending/test-smtp.ts'
import { openTestShop } from '../../tools/test-builders.ts'
import { openScreens, type Screens } from './open-screens.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let screens: Screens
let smtp: Awaited<ReturnType<typeof openMailServer>>
let number: string
beforeAll(async () => {
  smtp = await openMailServer()
  screens = await openScreens({
    app: { jobs: true },
    prepare: async (tresen) => {
      const shop = await openTestShop(tresen)
      number = (await shop.billed({ of: (await shop.customer({ email: 'buch@quast.example' })).number })).invoice.number
    },
  })
})
afterAll(async () => {
  await screens?.close()
  await smtp?.close()
})

test('the mail server is set up, an invoice is sent by hand, stands in the outbox, and comes back', async () => {
  const { page, server, wrong, button, seen } = screens
  await page.goto(`${server.address}/outbox`)
  await screens.logIn()
  await seen('Der Mailserver ist noch nicht eingerichtet')
  await button('Einrichten').click()
  await page.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1')
  await page.getByRole('textbox', { name: 'Port' }).fill(String(smtp.port))
  await page.getByRole('combobox', { name: 'Verschlüsselung' }).click()
  await page.getByRole('option', { name: 'keine' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Sperling')
  await page.getByLabel('Adresse', { exact: true }).fill('rechnung@sperling.example')
  await button('Speichern').click()
  await seen('Gespeichert')
  await page.getByLabel('Testmail an', { exact: true }).fill('chef@sperling.example')
  await button('Testmail senden').click()
  await seen('Angenommen · 250')

  await page.goto(`${server.address}/invoices`)
  await page.getByRole('link', { name: number }).click()
  await seen('Dieser Kunde bekommt solche Belege nicht von selbst per E-Mail.')
  await button('Senden').click()
  const panel = page.getByRole('dialog')
  expect(await panel.getByLabel('An', { exact: true }).inputValue()).toBe('buch@quast.example')
  await panel.getByLabel('An', { exact: true }).fill('buch@quast.example, chef@quast.example')
  await panel.getByRole('button', { name: 'Senden' }).click()
  await page.getByRole('link', { name: 'verschickt', exact: true }).waitFor()
  expect(smtp.taken.at(-1)!.to).toEqual(['buch@quast.example', 'chef@quast.example'])

  await page.getByRole('link', { name: 'Postausgang' }).click()
  await page.getByRole('link', { name: number }).click()
  await seen('taken as 2')
  await seen(`Rechnung ${number}`)
  await button('Weitere Aktionen').click()
  await page.getByRole('menuitem', { name: 'Kam zurück' }).click()
  await page.getByRole('checkbox', { name: 'chef@quast.example' }).check()
  await page.getByRole('textbox', { name: 'Grund' }).fill('550 unbekannt')
  await page.getByRole('dialog').getByRole('button', { name: 'Kam zurück' }).click()
  await seen('Vermerkt')
  await button('Erneut senden').click()
  await seen('Von chef@quast.example kam schon einmal eine Mail zurück.')
  expect(wrong).toEqual([])
})
