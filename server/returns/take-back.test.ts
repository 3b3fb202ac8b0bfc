import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import type { TakeBackInput } from '../../common/returns/api.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { findDeliveryNote } from '../delivery/find-delivery-notes.ts'
import { correctInvoice } from '../invoicing/correct-invoice.ts'
import { findInvoice } from '../invoicing/find-invoices.ts'
import { issueInvoice } from '../invoicing/index.ts'
import { findOrder } from '../orders/find-order.ts'
import { recordPayment } from '../payments/index.ts'
import { refundCredit } from '../payments/refund-credit.ts'
import { cancelReturn } from './cancel-return.ts'
import { findReturn, findReturns } from './find-returns.ts'
import { inspectReturn } from './inspect-return.ts'
import { previewReturn } from './preview-return.ts'
import { takeBack } from './take-back.ts'

vi.setConfig({ testTimeout: 30_000 })

let tresen: TestKernel
let shop: TestShop

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  await tresen.close()
})

type Line = TakeBackInput['lines'][number]
const line = (noteLineId: string, pieces: number, change: Partial<Line> = {}): Line => ({
  noteLineId,
  quantity: pieces * ONE,
  reason: 'changed-mind',
  condition: 'as-new',
  goods: 'restock',
  ...change,
})
const inputOf = (lines: Line[], change: Partial<TakeBackInput> = {}): TakeBackInput => ({
  locationId: shop.warehouse,
  money: 'set-off',
  lines,
  ...change,
})
const back = (lines: Line[], change: Partial<TakeBackInput> = {}, key?: string) =>
  tresen.play(takeBack, inputOf(lines, change), key ? { key } : {})
const cancel = (id: string) => tresen.play(cancelReturn, { id, reason: 'doch nicht' })
const invoiceOf = (id: string) => findInvoice(tresen.kernel.database, { id })
const noteOf = (id: string) => findDeliveryNote(tresen.kernel.database, { id })
const statusOf = async (id: string) => (await findOrder(tresen.kernel.database, { id })).status
const pay = (customerId: string, amount: number, invoiceId: string) =>
  tresen.play(recordPayment, {
    customerId,
    amount,
    receivedOn: '2026-11-24',
    method: 'transfer',
    allocations: [{ invoiceId, amount, skonto: 0 }],
  })
async function accountOf(customerId: string) {
  const [row] = await tresen.sql<{ account: number[] }>(
    'select array[open_orders, unbilled, open_items, credits]::int[] as account from receivables.account where customer_id = $1',
    [customerId],
  )
  return row!.account
}
async function onHand(articleId: string) {
  const rows = await tresen.sql<{ place: string; pieces: number }>(
    `select s.purpose as place, sum(l.on_hand)::bigint / 1000 as pieces from stock.level l join branches.stock_location s on s.id = l.location_id where l.article_id = $1 group by 1 having sum(l.on_hand) > 0`,
    [articleId],
  )
  return Object.fromEntries(rows.map((r) => [r.place, Number(r.pieces)]))
}
async function delivered(change: Parameters<TestShop['order']>[0] = {}) {
  const order = await shop.order(change)
  const note = await shop.deliver([order.id])
  return { order, note, lineId: note.lines[0]!.id, articleId: order.lines[0]!.articleId! }
}

describe('what is not billed yet', () => {
  test('returned uninvoiced rest completes the order: billed nine of ten, one came back', async () => {
    const { order, note, lineId } = await delivered()
    const invoice = await tresen.play(issueInvoice, { lines: [{ noteLineId: lineId, quantity: 9 * ONE }] })
    await pay(order.customerId, invoice.amountDue, invoice.id)
    expect((await statusOf(order.id)).invoicing).toBe('partly-invoiced')
    const { id, corrections } = await back([line(lineId, 1)])
    expect(corrections).toEqual([])
    expect(await statusOf(order.id)).toMatchObject({ order: 'completed', invoicing: 'invoiced', payment: 'paid' })
    expect((await noteOf(note.id)).invoicing).toBe('invoiced')
    expect(await accountOf(order.customerId)).toEqual([0, 0, 0, 0])
    await cancel(id)
    expect((await noteOf(note.id)).invoicing).toBe('partly-invoiced')
    expect((await statusOf(order.id)).invoicing).toBe('partly-invoiced')
  })

  test('can no longer be billed, and all of it back leaves nothing to do', async () => {
    const { order, note, lineId, articleId } = await delivered()
    await back([line(lineId, 10)])
    expect(await refusalOf(shop.bill([note.id]))).toBe('nothing-to-invoice')
    expect(await statusOf(order.id)).toMatchObject({ order: 'completed', invoicing: 'nothing-to-invoice' })
    expect(await onHand(articleId)).toEqual({ sale: 100 })
    expect(await accountOf(order.customerId)).toEqual([0, 0, 0, 0])
  })

  test('is billed less what came back in one step, over several notes, to the cent of the pieces that stay', async () => {
    const { number } = await shop.customer()
    const [a, b] = [await delivered({ of: number }), await delivered({ of: number })]
    await back([line(a.lineId, 3), line(b.lineId, 10)])
    const invoice = await shop.bill([a.note.id])
    expect(invoice.gross).toBe(8_330)
    expect(await refusalOf(shop.bill([b.note.id]))).toBe('nothing-to-invoice')
    expect(await refusalOf(shop.bill([a.note.id]))).toBe('nothing-to-invoice')
  })

  test('goes first: of six billed and four not, five back take one off the invoice', async () => {
    const { note, lineId } = await delivered()
    const invoice = await tresen.play(issueInvoice, { lines: [{ noteLineId: lineId, quantity: 6 * ONE }] })
    const { corrections } = await back([line(lineId, 5)])
    expect(corrections.map((c) => c.gross)).toEqual([1_190])
    expect((await noteOf(note.id)).noteLines[0]).toMatchObject({ returned: 5 * ONE, invoiced: 5 * ONE })
    expect(await invoiceOf(invoice.id)).toMatchObject({ payment: 'unpaid', partlyCorrected: true, open: 5_950 })
  })
})

describe('what is billed', () => {
  test('gets a credit note that names its invoice and closes what is open of it', async () => {
    const { order, lineId } = { ...(await delivered()) }
    const invoice = await tresen.play(issueInvoice, { lines: [{ noteLineId: lineId }] })
    const { corrections, credit } = await back([line(lineId, 3)])
    const credited = await invoiceOf(corrections[0]!.id)
    expect(credited).toMatchObject({ kind: 'correction', gross: -3_570, corrects: { number: invoice.number } })
    expect(credit).toBe(0)
    expect(await accountOf(order.customerId)).toEqual([0, 0, 11_900 - 3_570, 0])
    const [document] = await tresen.sql<{ said: { typeCode: string; totals: { amountDue: number } } }>(
      "select snapshot->'invoice' as said from documents.document where id = $1",
      [credited.documentId],
    )
    expect(document!.said).toMatchObject({ typeCode: '381', totals: { amountDue: 3_570 } })
  })

  test('gets a correction with negative figures where the customer wants that', async () => {
    const { number } = await shop.customer({ creditDocument: 'correction' })
    const { lineId } = await delivered({ of: number })
    await tresen.play(issueInvoice, { lines: [{ noteLineId: lineId }] })
    const { corrections } = await back([line(lineId, 3)])
    const { documentId } = await invoiceOf(corrections[0]!.id)
    const [document] = await tresen.sql<{ said: { typeCode: string; totals: { amountDue: number } } }>(
      "select snapshot->'invoice' as said from documents.document where id = $1",
      [documentId],
    )
    expect(document!.said).toMatchObject({ typeCode: '384', totals: { amountDue: -3_570 } })
  })

  test('in thirds comes back to the cent, also where a third is no whole cent', async () => {
    const article = await shop.article({ listPrice: 33_300 })
    const { order, lineId } = await delivered({
      lines: [{ article: article.number, quantity: 3 * ONE, amount: 1_000 }],
    })
    const invoice = await tresen.play(issueInvoice, { lines: [{ noteLineId: lineId }] })
    const given: number[] = []
    for (let i = 0; i < 3; i++) given.push((await back([line(lineId, 1)])).corrections[0]!.gross)
    expect(given.reduce((a, b) => a + b)).toBe(invoice.gross)
    expect((await invoiceOf(invoice.id)).payment).toBe('corrected')
    expect(await accountOf(order.customerId)).toEqual([0, 0, 0, 0])
  })

  test('one return over several notes and invoices: one slip, a correction for each', async () => {
    const { number } = await shop.customer()
    const article = await shop.article()
    const lines = [{ article: article.number, quantity: 5 * ONE }]
    const first = await delivered({ of: number, lines })
    const second = await delivered({ of: number, lines })
    const [a, b] = [await shop.bill([first.note.id]), await shop.bill([second.note.id])]
    const asked = inputOf(
      [{ articleId: article.id, quantity: 7 * ONE, reason: 'defective', condition: 'used', goods: 'quarantine' }],
      { customerId: first.order.customerId },
    )
    const preview = await previewReturn(tresen.kernel.database, asked)
    const done = await tresen.play(takeBack, asked)
    // newest delivery first
    expect(preview.corrections.map((c) => [c.invoiceNumber, c.gross])).toEqual([
      [b.number, 5_950],
      [a.number, 2_380],
    ])
    expect(done.corrections.map((c) => c.gross)).toEqual([5_950, 2_380])
    const shown = await findReturn(tresen.kernel.database, { id: done.id })
    expect(shown.notes).toHaveLength(2)
    expect(shown.chain.map((c) => c.kind).sort()).toEqual(
      ['order', 'order', 'delivery-note', 'delivery-note', 'invoice', 'invoice', 'correction', 'correction'].sort(),
    )
    expect((await invoiceOf(b.id)).payment).toBe('corrected')
    expect((await invoiceOf(a.id)).open).toBe(5_950 - 2_380)
  })

  test('after a partial billing and a correction of it never credits more than stands', async () => {
    const { lineId } = await delivered()
    const first = await tresen.play(issueInvoice, { lines: [{ noteLineId: lineId, quantity: 4 * ONE }] })
    await tresen.play(correctInvoice, { id: first.id, reason: 'falsch' })
    const second = await tresen.play(issueInvoice, { lines: [{ noteLineId: lineId, quantity: 10 * ONE }] })
    const { corrections } = await back([line(lineId, 10)])
    expect(corrections.map((c) => c.gross)).toEqual([second.gross])
    expect(await refusalOf(back([line(lineId, 1)]))).toBe('more-than-returnable')
  })
})

describe('the money', () => {
  test('of a paid invoice is set off against the oldest open one', async () => {
    const { number } = await shop.customer()
    const [paid, open] = [await delivered({ of: number }), await delivered({ of: number })]
    const [a, b] = [await shop.bill([paid.note.id]), await shop.bill([open.note.id])]
    await pay(paid.order.customerId, a.amountDue, a.id)
    await back([line(paid.lineId, 10)])
    expect((await invoiceOf(b.id)).open).toBe(0)
    expect(await accountOf(paid.order.customerId)).toEqual([0, 0, 0, 0])
  })

  test('stays as credit, or goes back and stands in the ledger', async () => {
    const { order, note, lineId } = await delivered()
    const invoice = await shop.bill([note.id])
    await pay(order.customerId, invoice.amountDue, invoice.id)
    const kept = await back([line(lineId, 2)], { money: 'credit' })
    expect(kept.credit).toBe(2_380)
    expect(await accountOf(order.customerId)).toEqual([0, 0, 0, 2_380])
    const out = await tresen.play(refundCredit, {
      id: kept.corrections[0]!.id,
      amount: 1_000,
      method: 'cash',
      paidOn: '2026-11-24',
    })
    expect(out.left).toBe(1_380)
    const refunded = await back([line(lineId, 3)], { money: 'refund' })
    expect([refunded.refunded, refunded.credit]).toEqual([3_570, 0])
    expect(await accountOf(order.customerId)).toEqual([0, 0, 0, 1_380])
    const [balance] = await tresen.sql<{ sum: number }>(
      'select sum(amount)::bigint as sum from receivables.entry where customer_id = $1',
      [order.customerId],
    )
    expect(balance!.sum).toBe(-1_380)
  })

  test('refunds are never more than the credit', async () => {
    const { order, note, lineId } = await delivered()
    const invoice = await shop.bill([note.id])
    await pay(order.customerId, invoice.amountDue, invoice.id)
    const { corrections } = await back([line(lineId, 1)], { money: 'credit' })
    const refund = { id: corrections[0]!.id, amount: 1_191, method: 'transfer' as const, paidOn: '2026-11-24' }
    expect(await refusalOf(tresen.play(refundCredit, refund))).toBe('refund-exceeds-credit')
  })
})

describe('the goods', () => {
  test('go to the shelf, to quarantine, to scrap, to the supplier, or never came back', async () => {
    const { lineId, articleId } = await delivered()
    await back([
      line(lineId, 1),
      line(lineId, 2, { goods: 'quarantine', condition: 'not-inspected' }),
      line(lineId, 3, { goods: 'scrap', condition: 'damaged' }),
      line(lineId, 2, { goods: 'supplier', condition: 'used' }),
      line(lineId, 2, { goods: 'none', condition: 'not-received', reason: 'shortage' }),
    ])
    expect(await onHand(articleId)).toEqual({ sale: 91, quarantine: 2, scrap: 3, supplier: 2 })
  })

  test('for sale again go to the order that waits, those in quarantine do not', async () => {
    const article = await shop.article({ stock: 10 })
    const { lineId } = await delivered({ lines: [{ article: article.number, quantity: 10 * ONE }] })
    const waiting = await shop.order({ lines: [{ article: article.number, quantity: 4 * ONE }] })
    await back([line(lineId, 3, { goods: 'quarantine' })])
    expect((await statusOf(waiting.id)).delivery).toBe('waiting-for-goods')
    await back([line(lineId, 4)])
    expect((await statusOf(waiting.id)).delivery).toBe('ready')
  })

  test('in quarantine are decided about later, each piece once', async () => {
    const { lineId, articleId } = await delivered()
    const { id } = await back([line(lineId, 5, { goods: 'quarantine' })])
    const shown = await findReturn(tresen.kernel.database, { id })
    const decide = (pieces: number, goods: 'restock' | 'scrap') =>
      tresen.play(inspectReturn, {
        id,
        locationId: shop.warehouse,
        lines: [{ lineId: shown.returnLines[0]!.id, quantity: pieces * ONE, condition: 'opened' as const, goods }],
      })
    await decide(3, 'restock')
    await decide(1, 'scrap')
    expect(await onHand(articleId)).toEqual({ sale: 93, quarantine: 1, scrap: 1 })
    expect(await refusalOf(decide(2, 'restock'))).toBe('not-in-quarantine')
    expect(await refusalOf(cancel(id))).toBe('inspected-already')
    const waiting = await findReturns(tresen.kernel.database, { limit: 50, show: 'waiting' })
    expect(waiting.rows.map((r) => [r.id, r.waiting])).toContainEqual([id, ONE])
  })
})

describe('a return', () => {
  test('is posted once, whoever sends it twice', async () => {
    const { lineId } = await delivered()
    const both = await Promise.all([back([line(lineId, 6)], {}, 'same'), back([line(lineId, 6)], {}, 'same')])
    expect(both[0].number).toBe(both[1].number)
    const twice = await Promise.all([refusalOf(back([line(lineId, 3)])), refusalOf(back([line(lineId, 3)]))])
    expect(twice.filter((t) => t === 'more-than-returnable')).toHaveLength(1)
  })

  test('never takes back more than was delivered, also past the rules', async () => {
    const { lineId } = await delivered()
    expect(await refusalOf(back([line(lineId, 6), line(lineId, 5)]))).toBe('more-than-returnable')
    await expect(tresen.sql('update delivery.note_line set returned = 11000 where id = $1', [lineId])).rejects.toThrow(
      /billed_once/,
    )
  })

  test('for two customers, or from a place that is not for sale, is refused', async () => {
    const [a, b] = [await delivered(), await delivered()]
    expect(await refusalOf(back([line(a.lineId, 1), line(b.lineId, 1)]))).toBe('different-customers')
    expect(await refusalOf(back([line(a.lineId, 1)], { locationId: a.note.id }))).toBe('unknown-location')
  })

  test('of an article looks back only as far as the return period', async () => {
    const { order, articleId } = await delivered()
    const wish = { articleId, quantity: ONE, reason: 'other', condition: 'used', goods: 'restock' } as const
    tresen.setDay('2027-03-01')
    expect(await refusalOf(back([wish], { customerId: order.customerId }))).toBe('more-than-returnable')
    tresen.setDay('2026-11-24')
    expect(await back([wish], { customerId: order.customerId })).toMatchObject({ corrections: [] })
  })

  test('cancelled restores everything: note, order, invoice, stock and account', async () => {
    const { order, note, lineId, articleId } = await delivered()
    const invoice = await tresen.play(issueInvoice, { lines: [{ noteLineId: lineId, quantity: 7 * ONE }] })
    await pay(order.customerId, invoice.amountDue, invoice.id)
    const before = await state(order, note.id, articleId)
    const { id } = await back([line(lineId, 5)], { money: 'credit' })
    expect(await accountOf(order.customerId)).toEqual([0, 0, 0, 2_380])
    const { corrections } = await cancel(id)
    expect(corrections).toHaveLength(1)
    expect(await state(order, note.id, articleId)).toEqual(before)
    expect(await refusalOf(cancel(id))).toBe('return-cancelled')
    expect(await invoiceOf(corrections[0]!.id)).toMatchObject({ gross: 2_380, open: 0, payment: 'paid' })
    // and the goods can come back again
    expect((await back([line(lineId, 5)])).corrections.map((c) => c.gross)).toEqual([2_380])
  })

  test('cancelled while its transfer still waits: nobody is paid, nothing is owed', async () => {
    const { order, note, lineId } = await delivered()
    const invoice = await shop.bill([note.id])
    await pay(order.customerId, invoice.amountDue, invoice.id)
    const { id } = await back([line(lineId, 10)], { money: 'refund', refund: { method: 'transfer' } })
    expect(await accountOf(order.customerId)).toEqual([0, 0, 0, 0])
    await cancel(id)
    expect(await accountOf(order.customerId)).toEqual([0, 0, 0, 0])
    const outcomes = await tresen.sql(
      'select o.outcome from payments.refund r join payments.refund_outcome o on o.refund_id = r.id where r.customer_id = $1',
      [order.customerId],
    )
    expect(outcomes).toEqual([{ outcome: 'cancelled' }])
  })

  test('cancelled after its money went back is owed again', async () => {
    const { order, note, lineId } = await delivered()
    const invoice = await shop.bill([note.id])
    await pay(order.customerId, invoice.amountDue, invoice.id)
    const { id } = await back([line(lineId, 2)], { money: 'refund', refund: { method: 'cash' } })
    const { corrections } = await cancel(id)
    expect(await invoiceOf(corrections[0]!.id)).toMatchObject({ open: 2_380, payment: 'unpaid' })
    expect(await accountOf(order.customerId)).toEqual([0, 0, 2_380, 0])
  })

  test('cannot be cancelled where its goods are gone', async () => {
    const article = await shop.article({ stock: 10 })
    const { lineId } = await delivered({ lines: [{ article: article.number, quantity: 10 * ONE }] })
    const { id } = await back([line(lineId, 10)])
    await delivered({ lines: [{ article: article.number, quantity: 8 * ONE }] })
    expect(await refusalOf(cancel(id))).toBe('below-zero')
  })

  test('owns its corrections: they are not taken back alone', async () => {
    const { note, lineId } = await delivered()
    await shop.bill([note.id])
    const { corrections } = await back([line(lineId, 2)])
    expect(await refusalOf(tresen.play(correctInvoice, { id: corrections[0]!.id, reason: 'falsch' }))).toBe(
      'correction-of-return',
    )
  })

  test('does not reopen its order, whatever for', async () => {
    for (const reason of ['undelivered', 'refused', 'wrong-delivery', 'shortage'] as const) {
      const { order, note, lineId } = await delivered()
      await shop.bill([note.id])
      await back([line(lineId, 10, { reason })])
      expect(await statusOf(order.id)).toMatchObject({ order: 'completed', delivery: 'delivered' })
    }
  })
})

async function state(order: { id: string; customerId: string }, noteId: string, articleId: string) {
  const { noteLines, invoicing } = await noteOf(noteId)
  const { status, lines } = await findOrder(tresen.kernel.database, { id: order.id })
  return [noteLines, invoicing, status, lines, await onHand(articleId), await accountOf(order.customerId)]
}
