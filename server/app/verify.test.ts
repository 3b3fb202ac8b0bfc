import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { planRun, workOnRun } from '../billing/index.ts'
import { createDeliveryNote } from '../delivery/index.ts'
import { recordReceipt } from '../delivery/record-receipt.ts'
import { closeRenderer, makeFiles } from '../documents/index.ts'
import { correctInvoice } from '../invoicing/index.ts'
import { issueDownPayment } from '../invoicing/issue-down-payment.ts'
import { databaseOf } from '../kernel/database/connect.ts'
import { dispatchEvents } from '../kernel/jobs.ts'
import { sealJournal } from '../kernel/seal-journal.ts'
import { createWebhook } from '../kernel/webhooks.ts'
import { answerCase } from '../links/answer-case.ts'
import { makeLink } from '../links/index.ts'
import { reportShortage } from '../links/report-shortage.ts'
import { cancelRefund } from '../payments/end-refund.ts'
import { withdrawPaymentFile } from '../payments/hand-over-payment-file.ts'
import { recordPayment } from '../payments/index.ts'
import { makePaymentFile } from '../payments/make-payment-file.ts'
import { refundCredit } from '../payments/refund-credit.ts'
import { cancelReturn } from '../returns/cancel-return.ts'
import { inspectReturn } from '../returns/inspect-return.ts'
import { takeBack } from '../returns/take-back.ts'
import { startSender } from '../sending/index.ts'
import { saveSendingSettings } from '../sending/save-settings.ts'
import { sendDocument } from '../sending/send-document.ts'
import { openMailServer } from '../sending/test-smtp.ts'
import { fileMakers, invariants, listeners } from './capabilities.ts'
import { verify } from './verify.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let tresen: TestKernel

beforeAll(async () => {
  tresen = await testKernel()
  await tradeABit(await openTestShop(tresen))
})
afterAll(async () => {
  await closeRenderer()
  await tresen.close()
})

/** Something of everything: waiting goods, an open note, part billed, corrected, paid with Skonto, files, seals, events. */
async function tradeABit(shop: TestShop): Promise<void> {
  const { play, kernel } = tresen
  tresen.setDay('2026-11-23')
  await play(createWebhook, { url: 'http://127.0.0.1:9/', eventTypes: [] })
  tresen.setDay('2026-11-24')
  const scarce = await shop.article({ stock: 3 })
  await shop.order({ lines: [{ article: scarce.number, quantity: 5 * ONE }] })
  await play(createDeliveryNote, { orderIds: [(await shop.order()).id] })
  const part = await shop.order()
  await shop.deliver([part.id], { [part.lines[0]!.id]: 4 * ONE })
  const wrong = await shop.billed()
  await play(correctInvoice, { id: wrong.invoice.id, reason: 'falsch' })
  const { invoice, customerId, noteId } = await shop.billed()
  await play(recordPayment, {
    customerId,
    amount: 11_662,
    receivedOn: '2026-11-24',
    method: 'transfer',
    allocations: [],
  })
  await play(recordPayment, { customerId, amount: 777, receivedOn: '2026-11-24', method: 'cash', allocations: [] })
  const [note] = await tresen.sql<{ document_id: string }>('select document_id from delivery.note where id = $1', [
    noteId,
  ])
  for (const id of [invoice.documentId, note!.document_id]) await makeFiles(kernel, fileMakers, id)
  await takeGoodsBack(shop)
  await payBack(shop)
  await sendByMail(invoice.documentId)
  await showCustomer(shop)
  await takeBackOverTwo(shop)
  await payDown(shop)
  const ofRun = await shop.order()
  await shop.deliver([ofRun.id])
  const run = await play(planRun, { everything: true, atOnce: true, customerId: ofRun.customerId })
  await workOnRun(kernel, run.id)
  for (const listener of listeners) while (await dispatchEvents(kernel, listener)) {}
  while (await sealJournal(kernel.pool)) {}
}

/** A return with a credit note, one with a correction, one cancelled; files of all, goods in quarantine half decided about. */
async function takeGoodsBack(shop: TestShop): Promise<void> {
  const { play, kernel, sql } = tresen
  const wish = { reason: 'defective', condition: 'used', goods: 'quarantine' } as const
  for (const creditDocument of ['credit-note', 'correction'] as const) {
    const { number } = await shop.customer({ creditDocument })
    const { noteId } = await shop.billed({ of: number })
    const [line] = await sql<{ id: string }>('select id from delivery.note_line where note_id = $1', [noteId])
    const lines = [{ noteLineId: line!.id, quantity: 3 * ONE, ...wish }]
    const input = { locationId: shop.warehouse, money: 'set-off' as const, lines }
    const { id } = await play(takeBack, input)
    const wrong = await play(takeBack, input)
    await play(cancelReturn, { id: wrong.id, reason: 'doch nicht' })
    const [back] = await sql<{ id: string }>('select id from returns.line where return_id = $1', [id])
    const decision = { lineId: back!.id, quantity: ONE, condition: 'used' as const, goods: 'scrap' as const }
    await play(inspectReturn, { id, locationId: shop.warehouse, lines: [decision] })
  }
  const documents = await sql<{ id: string }>(
    "select id from documents.document where kind in ('correction', 'return')",
  )
  for (const { id } of documents) await makeFiles(kernel, fileMakers, id)
}

/** One credit note over two invoices. */
async function takeBackOverTwo(shop: TestShop): Promise<void> {
  const { number } = await shop.customer({ collectiveCredit: true })
  const billed = [await shop.billed({ of: number }), await shop.billed({ of: number })]
  const lines = await tresen.sql<{ id: string }>('select id from delivery.note_line where note_id = any($1)', [
    billed.map((b) => b.noteId),
  ])
  const wish = { quantity: ONE, reason: 'defective', condition: 'used', goods: 'restock' } as const
  const input = { locationId: shop.warehouse, money: 'credit' as const }
  await tresen.play(takeBack, { ...input, lines: lines.map((l) => ({ noteLineId: l.id, ...wish })) })
}

/** A down payment that is paid in part; a part of that is deducted. */
async function payDown(shop: TestShop): Promise<void> {
  const { play } = tresen
  const { id, customerId, lines } = await shop.order()
  await play(issueDownPayment, { orderId: id, percent: 5_000 })
  await play(recordPayment, { customerId, amount: 3_000, receivedOn: '2026-11-24', method: 'cash', allocations: [] })
  const note = await shop.deliver([id], { [lines[0]!.id]: 4 * ONE })
  await shop.bill([note.id])
}

/** A refund in a file, one that waits, one that was cancelled. */
async function payBack(shop: TestShop): Promise<void> {
  const { play, kernel } = tresen
  const { id: customerId } = await shop.customer({ bankAccount: { iban: 'DE89370400440532013000' } })
  const money = { customerId, amount: 1_500, receivedOn: '2026-11-24', method: 'cash', allocations: [] }
  const { id } = await play(recordPayment, money)
  const refund = { id, amount: 500, paidOn: '2026-11-24', method: 'transfer' as const }
  const [first, second] = [await play(refundCredit, refund), await play(refundCredit, refund)]
  const third = await play(refundCredit, refund)
  await play(cancelRefund, { id: second.id, reason: 'doch nicht' })
  const file = await play(makePaymentFile, { refundIds: [first.id] })
  await makeFiles(kernel, fileMakers, file.documentId)
  const withdrawn = await play(makePaymentFile, { refundIds: [third.id] })
  await play(withdrawPaymentFile, { id: withdrawn.id, reason: 'falscher Tag' })
}

/** An invoice that its customer got by e-mail. */
async function sendByMail(id: string): Promise<void> {
  const { play, kernel } = tresen
  const smtp = await openMailServer()
  const sender = { fromAddress: 'rechnung@sperling.example', fromName: 'Sperling', largestMegabytes: 20, texts: {} }
  const server = { active: true, host: '127.0.0.1', port: smtp.port, security: 'none' as const }
  await play(saveSendingSettings, { ...server, ...sender })
  await play(sendDocument, { id, recipients: ['quast@example.org'], form: 'factur-x' as const })
  const mail = startSender(kernel)
  mail.look()
  await mail.settle()
  await smtp.close()
}

/** Somebody signs for goods, gets a link, reports what is missing, and is answered. */
async function showCustomer(shop: TestShop): Promise<void> {
  const { play } = tresen
  const order = await shop.order()
  const note = await shop.deliver([order.id])
  await play(recordReceipt, { id: note.id, takenBy: 'Quast' })
  const { id: linkId } = await play(makeLink, { customerId: order.customerId, documentId: note.documentId })
  const lines = [{ noteLineId: note.lines[0]!.id, problem: 'missing' as const, quantity: ONE }]
  await play(reportShortage, { linkId, lines, words: 'fehlt', language: 'de' })
  const [{ id }] = (await tresen.sql<{ id: string }>('select id from links.case')) as [{ id: string }]
  await play(answerCase, { id, words: 'Wir prüfen das.' })
}

/** What verify finds after a change by hand with all triggers off; the change is taken back. */
async function foundAfter(...changes: string[]): Promise<string[]> {
  const client = await tresen.pool.connect()
  try {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    for (const change of changes) {
      const { rowCount, command } = await client.query(change)
      if (command !== 'ALTER' && !rowCount) throw new Error(`nothing changed: ${change}`)
    }
    return (await verify(databaseOf(client), invariants)).filter((f) => f.broken.length > 0).map((f) => f.invariant)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

test('an honest shop has nothing to hide', async () => {
  expect(await tresen.findBroken()).toEqual([])
})

const one = (table: string, where = 'true') => `ctid = (select ctid from ${table} where ${where} limit 1)`
const tamperings: [string, string, string[]][] = [
  [
    'a piece is conjured up on the shelf',
    'stock on hand is the sum of the movements',
    [`update stock.level set on_hand = on_hand + 1000 where ${one('stock.level')}`],
  ],
  [
    'a movement disappears',
    'stock on hand is the sum of the movements',
    [`delete from stock.movement where ${one('stock.movement', "reason = 'goods-receipt'")}`],
  ],
  [
    'a reservation grows',
    'reserved is the sum of the open reservations',
    [`update stock.reservation set quantity = quantity + 1 where ${one('stock.reservation')}`],
  ],
  [
    'a settled invoice is opened again',
    'an open item is its invoice less what was allocated',
    ['update receivables.open_item set open = 1 where open = 0'],
  ],
  [
    'a customer’s credit is taken',
    'what is left of a credit',
    [`update receivables.credit set "left" = 0 where "left" > 0`],
  ],
  [
    'an invoice gets more of a correction over several than it is due',
    'a correction over several invoices is the sum',
    [`update invoicing.collective_part set payable = payable - 1 where ${one('invoicing.collective_part')}`],
  ],
  [
    'a correction over several forgets one of its invoices',
    'a correction over several invoices is the sum',
    [`delete from invoicing.collective_part where ${one('invoicing.collective_part')}`],
  ],
  [
    'a refund disappears from the ledger',
    'the ledger has each refund once',
    [`delete from receivables.entry where ${one('receivables.entry', "kind = 'refund'")}`],
  ],
  [
    'a refund that is in a file is paid by hand besides',
    'a refund is in one payment file at most',
    ["insert into payments.refund_outcome select refund_id, 'paid-by-hand', null, now() from payments.refund_in_file"],
  ],
  [
    'a withdrawn file is used after all',
    'a refund is in one payment file at most',
    ['delete from payments.payment_file_step'],
  ],
  [
    'a refund in a file grows',
    'a payment file pays exactly the refunds in it',
    ['update payments.refund r set amount = amount + 1 from payments.refund_in_file f where f.refund_id = r.id'],
  ],
  [
    'the file for the bank says another sum',
    'a payment file pays exactly the refunds in it',
    [
      "update documents.file set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '<CtrlSum>5.00', '<CtrlSum>9.00'), 'UTF8') where format = 'pain-001'",
    ],
  ],
  [
    'the ledger is rewritten',
    "a customer's balance in the ledger",
    [`update receivables.entry set amount = amount - 1 where ${one('receivables.entry')}`],
  ],
  [
    'more is delivered than was ordered',
    'per line, cancelled, planned and delivered',
    [
      'alter table orders.order_line drop constraint not_more_than_ordered',
      `update orders.order_line set cancelled = ordered + 1 where ${one('orders.order_line')}`,
    ],
  ],
  [
    'somebody no longer waits for his goods',
    'what is open of a line is reserved or waited for',
    ['delete from stock.backorder'],
  ],
  [
    'an exposure is forgotten',
    "a customer's exposure by stage",
    ['update receivables.account set open_orders = 0 where open_orders > 0'],
  ],
  [
    'a note says less was delivered',
    'order lines know exactly what their delivery notes',
    [
      `update delivery.note_line set delivered = delivered - 1 where ${one('delivery.note_line', 'delivered > 0 and invoiced = 0')}`,
    ],
  ],
  [
    'a goods issue disappears',
    'what left by goods issue is what the issued delivery notes say',
    ["delete from stock.movement where reason = 'goods-issue'"],
  ],
  [
    'a note vanishes from the list to bill',
    'a note is on the list to bill exactly while',
    ['update delivery.note set billable = false where billable'],
  ],
  [
    'a piece is billed twice',
    'each delivered piece is billed once',
    [`update invoicing.invoice_line set quantity = quantity * 2 where ${one('invoicing.invoice_line')}`],
  ],
  [
    'a line of an invoice is made cheaper',
    'an invoice is the sum of its lines',
    [`update invoicing.invoice_line set net = net - 1 where ${one('invoicing.invoice_line')}`],
  ],
  [
    'a down payment grows',
    'a down-payment invoice is the sum of its rates',
    ['update invoicing.down_payment set left_net = left_net - 1'],
  ],
  [
    'more of a down payment is deducted than came in',
    'never more of a down payment is deducted than was received',
    [
      'update receivables.open_item set open = amount where invoice_id in (select invoice_id from invoicing.down_payment)',
    ],
  ],
  [
    'an account forgets a down payment',
    "a customer's account knows what is billed as down payment",
    ['update receivables.account set down_payments = 0'],
  ],
  [
    'an invoice is never asked for',
    'every invoice has its open item',
    [`delete from receivables.open_item where open = 0`],
  ],
  [
    'an invoice is made cheaper throughout the ledger',
    'invoice totals are the same in the ledger',
    ["update invoicing.invoice set net = net - 100, gross = gross - 100 where kind = 'invoice'"],
  ],
  [
    'an XML file is exchanged',
    'every archived document and every file',
    [
      `update documents.file set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '119.00', '19.00'), 'UTF8') where media_type = 'application/xml'`,
    ],
  ],
  [
    'a delivery note’s page is exchanged',
    'every archived document and every file',
    [
      `update documents.file set bytes = 'another page' where format = 'pdf' and document_id in (select document_id from delivery.note)`,
    ],
  ],
  [
    'what a document says is changed',
    'every archived document and every file',
    [
      `update documents.document set snapshot = replace(snapshot::text, 'Quast', 'Quarz')::json where snapshot::text like '%Quast%'`,
    ],
  ],
  [
    'a billing run says it wrote the invoice of somebody else',
    'what a billing run wrote is for the customer it was planned for',
    ['update billing.bill set customer_id = gen_random_uuid()'],
  ],
  [
    'an order disappears with its number',
    'no number is missing or twice',
    [`delete from orders.sales_order where ${one('orders.sales_order')}`],
  ],
  [
    'a payment gets another number',
    'no number is missing or twice',
    [`update payments.payment set number = 'ZA-2026-000099' where ${one('payments.payment')}`],
  ],
  [
    'more is credited than was billed',
    'never more is credited than was billed',
    [
      `update invoicing.invoice_line set quantity = quantity * 9 where ${one('invoicing.invoice_line', 'quantity < 0')}`,
    ],
  ],
  [
    'a return is forgotten on its note',
    'note lines and order lines know exactly what came back',
    ['update delivery.note_line set returned = 0 where returned > 0'],
  ],
  [
    'a return says less of it was billed',
    'what a return takes off invoices is what its corrections say',
    [`update returns.line set credited = credited - 1 where ${one('returns.line', 'credited > 0')}`],
  ],
  [
    'a cancelled return counts again',
    'the corrections of a return are taken back exactly when the return is',
    [`delete from returns.cancellation where ${one('returns.cancellation')}`],
  ],
  [
    'returned goods never arrived',
    'goods of returns moved in stock as the returns say',
    [`delete from stock.movement where ${one('stock.movement', "reason = 'return'")}`],
  ],
  [
    'more is decided about than lies in quarantine',
    'nothing is decided about more goods than lie in quarantine',
    ['update returns.inspection set quantity = quantity * 9'],
  ],
  [
    'a mail without a receipt',
    'what was sent has a receipt of the server',
    ["update sending.attempt set outcome = 'failed'"],
  ],
  [
    'another file was attached than the one that was archived',
    'what was sent has a receipt of the server',
    [`update sending.attempt set attached = replace(attached::text, '"sha256": "', '"sha256": "0')::jsonb`],
  ],
  [
    'a mail counts as sent to somebody who never got it',
    'a message is sent only when the server took it for every recipient',
    ["update sending.message set reached = '{}'"],
  ],
  [
    'somebody took the goods of a note that never left',
    'goods were taken only of issued notes',
    ["update delivery.receipt set note_id = (select id from delivery.note where state = 'open' limit 1)"],
  ],
  [
    'a link is turned to another customer',
    'a link and what is reported over it are of one customer',
    ['update links.link set customer_id = gen_random_uuid()'],
  ],
  [
    'more is reported missing than was delivered',
    'each report is about lines of the notes it names',
    ['update links.case_line set quantity = quantity * 99'],
  ],
  [
    'an answered report waits as if nobody had looked',
    'a report stands where its last step left it',
    ["update links.case set state = 'open'"],
  ],
  [
    'a report disappears with its number',
    'no number is missing or twice',
    ['delete from links.case_step', 'delete from links.case_line', 'delete from links.case'],
  ],
  [
    'a journal row is changed',
    'the hash chain over the journal',
    [`update kernel.journal set after = '{"limit": 1}' where use_case = 'recordPayment'`],
  ],
  [
    'a journal row is put under another name',
    'the hash chain over the journal',
    [`update kernel.journal set actor_kind = 'user', actor_id = gen_random_uuid() where ${one('kernel.journal')}`],
  ],
  [
    'a journal row disappears',
    'the hash chain over the journal',
    [`delete from kernel.journal where ${one('kernel.journal')}`],
  ],
  ['a seal is taken out', 'the hash chain over the journal', [`update kernel.seal set number = number + 1`]],
  [
    'the job of a document is lost',
    'a document without its files still has its job',
    ['delete from graphile_worker._private_jobs'],
  ],
  [
    'an event never reached a webhook',
    'each webhook got each event it wants',
    [`delete from kernel.webhook_delivery where ${one('kernel.webhook_delivery')}`],
  ],
]

describe('verify names it when', () => {
  test.each(tamperings)('%s', async (_, invariant, changes) => {
    expect((await foundAfter(...changes)).join('\n')).toContain(invariant)
  })

  test('there is a tampering for every invariant', () => {
    const tried = tamperings.map(([, invariant]) => invariant)
    expect(invariants.map((i) => i.name).filter((name) => !tried.some((t) => name.includes(t)))).toEqual([])
  })
})
