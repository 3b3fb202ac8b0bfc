import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel, type UseCase } from '../../tools/test-kernel.ts'
import { issueInvoice } from '../invoicing/index.ts'
import { allocateCredit, recordPayment } from './record-payment.ts'

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

/** The frame tries a deadlock again and nobody notices; here each try counts. */
function counting() {
  let tries = 0
  return {
    tries: () => tries,
    play: <I, O>(useCase: UseCase<I, O>, input: I) =>
      tresen.play((work, same: I) => {
        tries++
        return useCase(work, same)
      }, input),
  }
}
const pay = (customerId: string, amount: number, change: { orderId?: string } = {}) =>
  tresen.play(recordPayment, {
    customerId,
    amount,
    receivedOn: '2026-11-24',
    method: 'transfer',
    allocations: [],
    ...change,
  })
const part = (invoiceId: string, amount: number) => ({ invoiceId, amount, skonto: 0 })
const leftOf = async (creditId: string) =>
  (await tresen.sql<{ left: number }>('select "left" from receivables.credit where id = $1', [creditId]))[0]!.left
const waiting = async () =>
  (await tresen.sql("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))
    .length

test('two clerks who allocate the same credit at once, each in another order: one gets it, nobody more than is left', async () => {
  for (let round = 0; round < 8; round++) {
    const { number, id: customerId } = await shop.customer()
    const credit = await pay(customerId, 15_000)
    const [a, b] = [(await shop.billed({ of: number })).invoice.id, (await shop.billed({ of: number })).invoice.id]
    const frame = counting()
    const outcomes = await Promise.all([
      refusalOf(frame.play(allocateCredit, { id: credit.id, allocations: [part(a, 5_000), part(b, 5_000)] })),
      refusalOf(frame.play(allocateCredit, { id: credit.id, allocations: [part(b, 5_000), part(a, 5_000)] })),
    ])
    expect(outcomes).toEqual(expect.arrayContaining([{ answer: { left: 5_000 } }, 'allocation-exceeds-payment']))
    expect([await leftOf(credit.id), frame.tries()]).toEqual([5_000, 2])
  }
})

test('one bills an order that was paid ahead while another gives that money to an older invoice: no deadlock, no cent twice', async () => {
  const { number, id: customerId } = await shop.customer()
  const old = await shop.billed({ of: number })
  const order = await shop.order({ of: number, paymentMethod: 'prepayment' })
  const prepaid = await pay(customerId, 11_900, { orderId: order.id })
  const note = await shop.deliver([order.id])
  const frame = counting()
  // both stand in line for the account, the one who bills first: whoever held the money already would block both
  const other = await tresen.pool.connect()
  await other.query('begin')
  await other.query('select 1 from receivables.account where customer_id = $1 for update', [customerId])
  const billing = frame.play(issueInvoice, { noteIds: [note.id] })
  await expect.poll(waiting, { timeout: 20_000 }).toBe(1)
  const allocating = refusalOf(
    frame.play(allocateCredit, { id: prepaid.id, allocations: [part(old.invoice.id, 11_900)] }),
  )
  await expect.poll(waiting, { timeout: 20_000 }).toBe(2)
  await other.query('commit')
  other.release()
  expect(await billing).toMatchObject({ amountDue: 0 })
  expect(await allocating).toBe('allocation-exceeds-payment')
  expect([await leftOf(prepaid.id), frame.tries()]).toEqual([0, 2])
})

test('a payment and an allocation at once settle an invoice once', async () => {
  for (let round = 0; round < 8; round++) {
    const { number, id: customerId } = await shop.customer()
    const credit = await pay(customerId, 11_900)
    const { invoice } = await shop.billed({ of: number })
    const frame = counting()
    const [allocated] = await Promise.all([
      refusalOf(frame.play(allocateCredit, { id: credit.id, allocations: [part(invoice.id, 11_900)] })),
      pay(customerId, 11_900),
    ])
    const open = await tresen.sql('select open from receivables.open_item where invoice_id = $1', [invoice.id])
    expect(open).toEqual([{ open: 0 }])
    expect([{ left: 0 }, 'allocation-exceeds-open']).toContainEqual(
      typeof allocated === 'string' ? allocated : (allocated as { answer: unknown }).answer,
    )
    expect(frame.tries()).toBe(1)
  }
})
