import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type TestShop, testAddress } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { findOrder } from '../orders/find-order.ts'
import { handOverPaymentFile } from '../payments/hand-over-payment-file.ts'
import { recordPayment } from '../payments/index.ts'
import { makePaymentFile } from '../payments/make-payment-file.ts'
import { cancelReturn } from '../returns/cancel-return.ts'
import { inspectReturn } from '../returns/inspect-return.ts'
import { takeBack } from '../returns/take-back.ts'
import { correctInvoice } from './correct-invoice.ts'
import { findInvoice, previewInvoice } from './find-invoices.ts'
import { issueDownPayment } from './issue-down-payment.ts'
import { issueInvoice } from './issue-invoice.ts'

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

const read = (id: string) => findInvoice(tresen.kernel.database, { id })
const correct = (id: string) => tresen.play(correctInvoice, { id, reason: 'falscher Preis' })
const billLines = (lines: { noteLineId: string; quantity?: number }[]) => tresen.play(issueInvoice, { lines })
const statusOf = async (id: string) => (await findOrder(tresen.kernel.database, { id })).status
const accountOf = async (customerId: string) =>
  (
    await tresen.sql<{ account: number[] }>(
      'select array[open_orders, unbilled, open_items, credits]::int[] as account from receivables.account where customer_id = $1',
      [customerId],
    )
  )[0]!.account

describe('an invoice', () => {
  test('over one note takes all of it, with due day and Skonto of the customer', async () => {
    const { invoice, customerId } = await shop.billed()
    expect(await read(invoice.id)).toMatchObject({
      net: 10_000,
      vat: 1_900,
      gross: 11_900,
      dueOn: '2026-12-24',
      skonto: [{ percent: 200, until: '2026-12-04', discount: 238, payable: 11_662 }],
      payment: 'unpaid',
      collective: false,
    })
    expect(await accountOf(customerId)).toEqual([0, 0, 11_900, 0])
  })

  test('says before, when issued and ever after the same amount, also where gross prices leave a cent over', async () => {
    const article = await shop.article()
    for (const unitPrice of [100, 300, 900, 1_500, 119_900, 12_300]) {
      const lines = [{ article: article.number, quantity: ONE, unitPrice }]
      const order = await shop.order({ channel: 'web', lines })
      const note = await shop.deliver([order.id])
      const preview = await previewInvoice(tresen.kernel.database, { noteIds: [note.id] })
      const invoice = await shop.bill([note.id])
      const shown = await read(invoice.id)
      expect([preview.gross, invoice.gross, invoice.amountDue, shown.gross]).toEqual(Array(4).fill(unitPrice / 100))
    }
  })

  test('over part of a note leaves the rest to bill', async () => {
    const order = await shop.order()
    const note = await shop.deliver([order.id])
    await billLines([{ noteLineId: note.lines[0]!.id, quantity: 3 * ONE }])
    expect((await statusOf(order.id)).invoicing).toBe('partly-invoiced')
    const rest = await shop.bill([note.id])
    expect((await read(rest.id)).lines.map((l) => l.quantity)).toEqual([7 * ONE])
    expect((await statusOf(order.id)).invoicing).toBe('invoiced')
  })

  test('collective over notes of several orders takes each delivered piece once', async () => {
    const { number } = await shop.customer()
    const [a, b] = [await shop.order({ of: number }), await shop.order({ of: number })]
    const first = await shop.deliver([a.id], { [a.lines[0]!.id]: 4 * ONE })
    const second = await shop.deliver([a.id, b.id])
    const invoice = await read((await shop.bill([first.id, second.id, first.id])).id)
    expect(invoice).toMatchObject({ collective: true, net: 20_000, gross: 23_800 })
    expect(invoice.notes.map((n) => n.number)).toEqual([first.number, second.number])
    expect(invoice.lines.map((l) => l.quantity)).toEqual([4 * ONE, 6 * ONE, 10 * ONE])
    expect(await refusalOf(shop.bill([first.id, second.id]))).toBe('nothing-to-invoice')
  })

  test('for two customers, two addresses or two price modes is refused', async () => {
    const { number } = await shop.customer()
    const noteOf = async (change: object) => (await shop.deliver([(await shop.order({ of: number, ...change })).id])).id
    const mine = await noteOf({})
    expect(await refusalOf(shop.bill([mine, (await shop.deliver([(await shop.order()).id])).id]))).toBe(
      'different-buyers',
    )
    expect(await refusalOf(shop.bill([mine, await noteOf({ billTo: { ...testAddress, city: 'Zittau' } })]))).toBe(
      'different-buyers',
    )
    expect(await refusalOf(shop.bill([mine, await noteOf({ channel: 'web' })]))).toBe('different-buyers')
  })

  test('billed by two clerks at the same moment is issued once, whichever way they chose it', async () => {
    for (let i = 0; i < 5; i++) {
      const order = await shop.order()
      const note = await shop.deliver([order.id])
      const both = await Promise.all([
        refusalOf(shop.bill([note.id])),
        refusalOf(billLines([{ noteLineId: note.lines[0]!.id, quantity: 10 * ONE }])),
      ])
      expect(both.filter((outcome) => typeof outcome === 'object')).toHaveLength(1)
      expect(await tresen.sql('select 1 from invoicing.invoice_line where note_id = $1', [note.id])).toHaveLength(1)
    }
  })

  test('ten collective invoices at once over notes that overlap bill no piece twice', async () => {
    const { number } = await shop.customer()
    const notes = await Promise.all(
      Array.from({ length: 6 }, async () => (await shop.deliver([(await shop.order({ of: number })).id])).id),
    )
    const picks = Array.from({ length: 10 }, (_, i) => [notes[i % 6]!, notes[(i + 1) % 6]!, notes[(i + 3) % 6]!])
    await Promise.all(picks.map((noteIds) => refusalOf(shop.bill(noteIds))))
    const [sum] = await tresen.sql<{ pieces: number }>(
      'select sum(quantity)::int / 1000 as pieces from invoicing.invoice_line where note_id = any($1)',
      [notes],
    )
    expect(sum!.pieces).toBe(60)
  })

  test('of three parts of a line that does not divide comes to the agreed amount, corrected in between or not', async () => {
    const article = await shop.article({ listPrice: 0 })
    const order = await shop.order({ lines: [{ article: article.number, quantity: 3 * ONE, amount: 100 }] })
    const lineId = order.lines[0]!.id
    const notes = [1, 2, 3].map(() => undefined)
    const delivered = []
    for (const _ of notes) delivered.push(await shop.deliver([order.id], { [lineId]: ONE }))
    const first = await shop.bill([delivered[0]!.id])
    const second = await shop.bill([delivered[1]!.id])
    expect([(await read(first.id)).net, (await read(second.id)).net]).toEqual([33, 34])
    await correct(first.id)
    const last = await shop.bill([delivered[0]!.id, delivered[2]!.id])
    expect((await read(last.id)).net).toBe(66)
  })
})

describe('the database itself', () => {
  test('refuses to bill more than was delivered', async () => {
    const note = await shop.deliver([(await shop.order()).id])
    await expect(
      tresen.sql('update delivery.note_line set invoiced = delivered + 1 where note_id = $1', [note.id]),
    ).rejects.toThrow(/billed_once/)
    await expect(
      tresen.sql('update orders.order_line set invoiced = delivered + 1 where id = $1', [note.lines[0]!.orderLineId]),
    ).rejects.toThrow(/not_more_than_delivered/)
  })

  test('changes and deletes no row that is a record', async () => {
    const { invoice, customerId } = await shop.billed()
    const { id: returnId } = await everyKindOfReturn()
    await tresen.play(recordPayment, {
      customerId,
      amount: 5_000,
      receivedOn: '2026-11-24',
      method: 'transfer',
      allocations: [],
    })
    const [archived] = await tresen.sql<{ document_id: string }>(
      'select document_id from invoicing.invoice where id = $1',
      [invoice.id],
    )
    await tresen.sql("insert into documents.file values ($1, 'pdf', 'x.pdf', 'application/pdf', 'x', 'x')", [
      archived!.document_id,
    ])
    await tresen.sql("insert into kernel.seal (number, to_txid, to_position, rows, hash) values (99, 1, 1, 1, 'x')")
    await tresen.sql(
      "insert into inbox.received values (gen_random_uuid(), now(), null, 'x.xml', 'application/xml', 'x', 'x', 'x', 'x', null, null, 'x', 'EUR', null, 0, 0)",
    )
    const placed = await shop.order({ paymentMethod: 'prepayment' })
    const ahead = { customerId: placed.customerId, amount: 11_900, receivedOn: '2026-11-24', method: 'transfer' }
    await tresen.play(recordPayment, { ...ahead, orderId: placed.id, allocations: [] })
    await tresen.play(issueDownPayment, { orderId: placed.id, percent: 10_000 })
    await shop.bill([(await shop.deliver([placed.id])).id])
    await tresen.sql('insert into invoicing.collective_part values ($1, $1, 1, 0, false)', [invoice.id])
    await tresen.sql('insert into returns.exchange values ($1, gen_random_uuid())', [returnId])
    await withoutChecks(
      `insert into links.case_line values (gen_random_uuid(), 1, gen_random_uuid(), gen_random_uuid(), 'missing', 1);
       insert into links.case_step values (gen_random_uuid(), gen_random_uuid(), 'answered', 'x', null, now(), null);
       insert into delivery.receipt values (gen_random_uuid(), gen_random_uuid(), 1, 'x', now(), null, null, now(), null);`,
    )
    const finals = await tresen.sql<{ name: string; column: string }>(`
      select c.oid::regclass::text as name, (select attname from pg_attribute where attrelid = c.oid and attnum = 1)::text as column
        from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid where p.proname = 'refuse_change' and t.tgqual is null and t.tgtype & 24 = 24 order by 1`)
    expect(finals.map((f) => f.name)).toEqual([
      'delivery.receipt',
      'documents.document',
      'documents.file',
      'inbox.received',
      'invoicing.collective_part',
      'invoicing.down_payment_use',
      'invoicing.invoice',
      'invoicing.invoice_line',
      'kernel.event',
      'kernel.journal',
      'kernel.seal',
      'links.case_line',
      'links.case_step',
      'payments.payment',
      'payments.payment_file',
      'payments.payment_file_item',
      'payments.payment_file_step',
      'payments.refund',
      'payments.refund_outcome',
      'receivables.allocation',
      'receivables.entry',
      'returns.cancellation',
      'returns.exchange',
      'returns.goods_return',
      'returns.inspection',
      'returns.line',
      'stock.movement',
    ])
    for (const { name, column } of finals) {
      await expect(tresen.sql(`update ${name} set ${column} = ${column}`), name).rejects.toThrow(/are final/)
      await expect(tresen.sql(`delete from ${name}`), name).rejects.toThrow(/are final|foreign key/)
    }
    await withoutChecks('delete from links.case_line; delete from links.case_step; delete from delivery.receipt;')
    await tresen.sql('alter table kernel.seal disable trigger seal_final')
    await tresen.sql('delete from kernel.seal where number = 99')
    await tresen.sql('alter table kernel.seal enable trigger seal_final')
    for (const [table, trigger] of [
      ['invoicing.collective_part', 'collective_part_final'],
      ['returns.exchange', 'exchange_final'],
    ]) {
      await tresen.sql(`alter table ${table} disable trigger ${trigger}`)
      await tresen.sql(`delete from ${table}`)
      await tresen.sql(`alter table ${table} enable trigger ${trigger}`)
    }
    await tresen.sql('alter table documents.file disable trigger file_final')
    await tresen.sql("delete from documents.file where file_name = 'x.pdf'")
    await tresen.sql('alter table documents.file enable trigger file_final')
  })
})

/** Rows as only the table's own triggers see them: what they belong to isn't there. */
const withoutChecks = (statements: string) =>
  tresen.sql(`do $$ begin set local session_replication_role = 'replica'; ${statements} end $$`)

/** A return with a refund and goods decided about, and one that was taken back. */
async function everyKindOfReturn() {
  const { noteId, invoice, customerId } = await shop.billed()
  const payment = { customerId, amount: invoice.amountDue, receivedOn: '2026-11-24', method: 'transfer' }
  await tresen.play(recordPayment, {
    ...payment,
    allocations: [{ invoiceId: invoice.id, amount: invoice.amountDue, skonto: 0 }],
  })
  const [line] = await tresen.sql<{ id: string }>('select id from delivery.note_line where note_id = $1', [noteId])
  const back = { reason: 'other', condition: 'opened', goods: 'quarantine' } as const
  const refund = { method: 'transfer', account: { iban: 'DE89370400440532013000' } } as const
  const lines = [{ noteLineId: line!.id, quantity: ONE, ...back }]
  const input = { locationId: shop.warehouse, money: 'refund' as const, refund, lines }
  const [first, second] = [await tresen.play(takeBack, input), await tresen.play(takeBack, input)]
  const [returned] = await tresen.sql<{ id: string }>('select id from returns.line where return_id = $1', [first.id])
  const decision = { lineId: returned!.id, quantity: ONE, condition: 'opened', goods: 'scrap' } as const
  await tresen.play(inspectReturn, { id: first.id, locationId: shop.warehouse, lines: [decision] })
  await tresen.play(cancelReturn, { id: second.id, reason: 'doch nicht' })
  const [waiting] = await tresen.sql<{ id: string }>('select id from payments.refund where credit_id = $1', [
    first.corrections[0]!.id,
  ])
  const file = await tresen.play(makePaymentFile, { refundIds: [waiting!.id] })
  await tresen.play(handOverPaymentFile, { id: file.id })
  return first
}

describe('a correction', () => {
  test('takes the whole invoice back: pieces billable again, nothing owed, statuses as before', async () => {
    const { id, noteId, invoice, customerId } = await shop.billed()
    expect(await statusOf(id)).toMatchObject({ invoicing: 'invoiced', payment: 'unpaid' })
    const correction = await correct(invoice.id)
    expect(await read(correction.id)).toMatchObject({
      kind: 'correction',
      gross: -11_900,
      corrects: { number: invoice.number },
    })
    expect(await read(invoice.id)).toMatchObject({
      payment: 'corrected',
      correctedBy: [{ number: correction.number }],
      open: 0,
    })
    expect(await statusOf(id)).toMatchObject({ order: 'active', invoicing: 'not-invoiced', payment: 'unpaid' })
    expect(await accountOf(customerId)).toEqual([0, 11_900, 0, 0])
    const again = await shop.bill([noteId])
    expect(again.gross).toBe(11_900)
    expect(await statusOf(id)).toMatchObject({ invoicing: 'invoiced' })
  })

  test('leaves what was paid with the customer, and the new invoice is settled with it', async () => {
    const { noteId, invoice, customerId } = await shop.billed()
    await tresen.play(recordPayment, {
      customerId,
      amount: 4_000,
      receivedOn: '2026-11-24',
      method: 'transfer',
      allocations: [],
    })
    await correct(invoice.id)
    expect(await accountOf(customerId)).toEqual([0, 11_900, 0, 4_000])
    const again = await shop.bill([noteId])
    expect(again.amountDue).toBe(7_900)
    expect(await accountOf(customerId)).toEqual([0, 0, 7_900, 0])
  })

  test('happens once, however many ask for it at the same moment', async () => {
    const { invoice } = await shop.billed()
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => refusalOf(correct(invoice.id))))
    expect(outcomes.filter((o) => o === 'already-corrected')).toHaveLength(3)
  })

  test('can be corrected itself: its pieces are billed again, what it gave back is owed', async () => {
    const { id: orderId, invoice, customerId } = await shop.billed()
    const wrong = await correct(invoice.id)
    const again = await correct(wrong.id)
    expect(await read(again.id)).toMatchObject({ gross: 11_900, open: 11_900, corrects: { number: wrong.number } })
    expect(await accountOf(customerId)).toEqual([0, 0, 11_900, 0])
    expect((await statusOf(orderId)).invoicing).toBe('invoiced')
    expect(await refusalOf(correct(wrong.id))).toBe('already-corrected')
    await correct(again.id)
    expect(await accountOf(customerId)).toEqual([0, 11_900, 0, 0])
  })

  test('is not corrected where its pieces were billed anew', async () => {
    const { noteId, invoice } = await shop.billed()
    const wrong = await correct(invoice.id)
    await shop.bill([noteId])
    expect(await refusalOf(correct(wrong.id))).toBe('more-than-delivered')
  })

  test('and a payment at the same moment: whichever came first, the customer’s money is all there', async () => {
    for (let i = 0; i < 6; i++) {
      const { invoice, customerId } = await shop.billed()
      const pay = tresen.play(recordPayment, {
        customerId,
        amount: 11_900,
        receivedOn: '2026-11-24',
        method: 'transfer',
        allocations: [],
      })
      await Promise.all([pay, correct(invoice.id)])
      expect(await accountOf(customerId)).toEqual([0, 11_900, 0, 11_900])
    }
  })
})
