import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { recordPayment } from '../../server/payments/index.ts'
import { openTestShop } from '../../tools/test-builders.ts'
import type { TestKernel } from '../../tools/test-kernel.ts'
import { openScreens, type Screens } from './open-screens.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

let screens: Screens
let noteId: string
let unbilledNote: string
beforeAll(async () => {
  screens = await openScreens({ prepare: deliverAndBill, app: { jobs: true } })
})
afterAll(() => screens?.close())

/** A paid invoice over screws, and a note of the same customer that is not billed yet. */
async function deliverAndBill(tresen: TestKernel) {
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

/** As a scanner types: quicker than any hand, Enter at the end. */
const scan = (code: string) =>
  screens.page.evaluate(
    (keys) => {
      const field = document.activeElement ?? document.body
      for (const key of keys)
        field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    },
    [...code, 'Enter'],
  )

test('goods come back in three steps: from the note, by scanner, with every document shown before', async () => {
  const { page, server, wrong, logIn, button, seen } = screens
  await page.goto(`${server.address}/delivery-notes/${noteId}`)
  await logIn()
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
  const { page, tresen, server, wrong, button, seen } = screens
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
