import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { fileMakers } from '../app/capabilities.ts'
import { changeCustomer } from '../customers/index.ts'
import { makeFiles } from '../documents/index.ts'
import { cancelRefund, recordRefundPaid } from './end-refund.ts'
import { findPaymentFile, findRefunds } from './find-refunds.ts'
import { handOverPaymentFile, withdrawPaymentFile } from './hand-over-payment-file.ts'
import { makePaymentFile, previewPaymentFile } from './make-payment-file.ts'
import { recordPayment } from './record-payment.ts'
import { type RefundHow, refundCredit } from './refund-credit.ts'
import { breachesOfTransferSchema } from './transfer-schema.ts'

vi.setConfig({ testTimeout: 60_000 })

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

const iban = 'DE89370400440532013000'
const today = '2026-11-24'
/** Somebody has money with us and wants it back. */
async function refunded(amount = 1_234, how: RefundHow = { method: 'transfer', account: { iban } }) {
  const customer = await shop.customer({ name: 'Müller & Söhne' })
  const money = await tresen.play(recordPayment, {
    customerId: customer.id,
    amount,
    receivedOn: today,
    method: 'transfer',
    allocations: [],
  })
  const refund = await tresen.play(refundCredit, { id: money.id, paidOn: today, ...how })
  return { ...refund, customerId: customer.id, creditId: money.id }
}
const make = (...refundIds: string[]) => tresen.play(makePaymentFile, { refundIds })
const statusOf = async (customerId: string) =>
  (await findRefunds(tresen.kernel.database, { limit: 9, customerId, show: 'all' })).rows.map((r) => r.status)
const ledgerOf = async (customerId: string) => {
  const [row] = await tresen.sql<{ sum: number; credits: number }>(
    'select (select sum(amount)::bigint from receivables.entry where customer_id = $1) as sum, credits from receivables.account where customer_id = $1',
    [customerId],
  )
  return [Number(row!.sum), Number(row!.credits)]
}
async function xmlOf(documentId: string) {
  await makeFiles(tresen.kernel, fileMakers, documentId)
  const [file] = await tresen.sql<{ text: string; hash: string; right: boolean }>(
    "select convert_from(bytes, 'UTF8') as text, encode(sha256, 'hex') as hash, sha256 = sha256(bytes) as right from documents.file where document_id = $1",
    [documentId],
  )
  return file!
}

test('a refund by transfer waits for a file, to the account that was named, which the customer keeps', async () => {
  const a = await refunded()
  expect(await statusOf(a.customerId)).toEqual(['to-pay'])
  expect(await ledgerOf(a.customerId)).toEqual([0, 0])
  const b = await tresen.play(recordPayment, {
    customerId: a.customerId,
    amount: 500,
    receivedOn: today,
    method: 'cash',
    allocations: [],
  })
  const again = await tresen.play(refundCredit, { id: b.id, paidOn: today, method: 'transfer' })
  const preview = await previewPaymentFile(tresen.kernel.database, {
    refundIds: [a.id, again.id],
    executeOn: '2099-01-01',
  })
  expect(preview).toMatchObject({ count: 2, total: 1_734, from: { iban: 'DE26 9991 0010 0001 2345 00' } })
  expect(preview.transfers[0]).toMatchObject({
    name: 'Mueller + Soehne',
    iban: 'DE89 3704 0044 0532 0130 00',
    amount: 1_234,
  })
})

test('cash and card are paid at once, and a provider’s refund names his number', async () => {
  expect(await statusOf((await refunded(100, { method: 'cash' })).customerId)).toEqual(['paid'])
  expect(await refusalOf(refunded(100, { method: 'payment-provider' }))).toBe('needs-provider-reference')
  const { customerId } = await refunded(100, { method: 'payment-provider', reference: 're_1' })
  expect(await statusOf(customerId)).toEqual(['paid'])
})

test('a file is archived with its hash, and made once: the same bytes whenever it is asked for', async () => {
  const [a, b] = [await refunded(10_05), await refunded(7)]
  const file = await make(a.id, b.id)
  expect(file).toMatchObject({ number: expect.stringMatching(/^UE-2026-/), count: 2, total: 10_12 })
  const first = await xmlOf(file.documentId)
  expect(breachesOfTransferSchema(first.text)).toEqual([])
  expect(first.text).toContain('<NbOfTxs>2</NbOfTxs><CtrlSum>10.12</CtrlSum>')
  expect(first.right).toBe(true)
  await tresen.play(changeCustomer, { id: a.customerId, bankAccount: { iban: 'NL91ABNA0417164300' } })
  expect(await xmlOf(file.documentId)).toEqual(first)
  expect(
    await refusalOf(tresen.sql('update documents.file set bytes = $2 where document_id = $1', [file.documentId, ''])),
  ).toMatchObject({
    message: expect.stringContaining('final'),
  })
})

test('of two clerks who put the same refund into a file at once, one does; the other takes nothing', async () => {
  for (let round = 0; round < 6; round++) {
    const [a, b] = [await refunded(), await refunded()]
    const outcomes = await Promise.all([
      refusalOf(make(a.id, b.id)),
      refusalOf(make(b.id)),
      refusalOf(make(b.id, a.id)),
    ])
    expect(outcomes.filter((o) => o === 'refund-not-waiting')).toHaveLength(2)
    const [row] = await tresen.sql<{ files: number }>(
      'select count(*)::int as files from payments.payment_file_item where refund_id = $1',
      [b.id],
    )
    expect(row!.files).toBe(1)
  }
})

test('past the rules too: the table holds a refund in one file', async () => {
  const [a, b] = [await refunded(), await refunded()]
  const [one, other] = [await make(a.id), await make(b.id)]
  expect(one.id).not.toBe(other.id)
  await expect(
    tresen.sql('insert into payments.refund_in_file (refund_id, file_id) values ($1, $2)', [a.id, other.id]),
  ).rejects.toThrow(/refund_in_file_pkey/)
})

test('a file goes to the bank, or is withdrawn and its refunds wait again; never both twice', async () => {
  const a = await refunded()
  const first = await make(a.id)
  expect(await statusOf(a.customerId)).toEqual(['in-file'])
  await tresen.play(withdrawPaymentFile, { id: first.id, reason: 'falscher Tag' })
  expect(await statusOf(a.customerId)).toEqual(['to-pay'])
  expect(await refusalOf(tresen.play(handOverPaymentFile, { id: first.id }))).toBe('payment-file-done')
  const second = await make(a.id)
  await tresen.play(handOverPaymentFile, { id: second.id })
  expect(await statusOf(a.customerId)).toEqual(['paid'])
  expect(await refusalOf(tresen.play(handOverPaymentFile, { id: second.id }))).toBe('payment-file-done')
  // the bank refused it after all
  await tresen.play(withdrawPaymentFile, { id: second.id, reason: 'von der Bank abgelehnt' })
  expect(await statusOf(a.customerId)).toEqual(['to-pay'])
  expect(await findPaymentFile(tresen.kernel.database, { id: second.id })).toMatchObject({
    status: 'withdrawn',
    withdrawReason: 'von der Bank abgelehnt',
    refunds: [{ number: a.number, status: 'to-pay' }],
  })
  expect(await ledgerOf(a.customerId)).toEqual([0, 0])
})

test('a waiting refund is paid by hand, or cancelled: then its money is credit again', async () => {
  const [a, b] = [await refunded(), await refunded(4_321)]
  await tresen.play(recordRefundPaid, { id: a.id, note: 'Onlinebanking' })
  await tresen.play(cancelRefund, { id: b.id, reason: 'doch verrechnen' })
  expect([await statusOf(a.customerId), await statusOf(b.customerId)]).toEqual([['paid'], ['cancelled']])
  expect(await ledgerOf(b.customerId)).toEqual([-4_321, 4_321])
  expect(await refusalOf(make(a.id))).toBe('refund-not-waiting')
  expect(await refusalOf(make(b.id))).toBe('refund-not-waiting')
  expect(await refusalOf(tresen.play(cancelRefund, { id: b.id, reason: 'noch einmal' }))).toBe('refund-not-waiting')
  const again = await tresen.play(refundCredit, { id: b.creditId, paidOn: today, method: 'cash' })
  expect(again.left).toBe(0)
})

test('nobody pays where nobody knows where to, or on a day that is over', async () => {
  const unknown = await refunded(100, { method: 'transfer' })
  expect(await refusalOf(make(unknown.id))).toBe('no-bank-account')
  const { id } = await refunded()
  expect(await refusalOf(tresen.play(makePaymentFile, { refundIds: [id], executeOn: '2026-11-23' }))).toBe(
    'execute-in-past',
  )
  const nobody = '0190a5e6-0000-7000-8000-000000000000'
  expect(await refusalOf(make(id, nobody))).toBe('not-found')
})

test('the journal names no account', async () => {
  const { id } = await refunded()
  await make(id)
  const [text] = await tresen.sql<{ all: string }>("select string_agg(j::text, ' ') as all from kernel.journal j")
  expect(text!.all).not.toContain(iban)
  expect(text!.all).not.toContain('ller')
})
