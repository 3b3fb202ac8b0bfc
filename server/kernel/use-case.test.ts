import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { newOrder } from '../../common/orders/api.ts'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type TestShop, testAddress } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { changeCustomer } from '../customers/index.ts'
import { placeOrder } from '../orders/index.ts'
import { recordPayment } from '../payments/index.ts'
import { readEvents, start } from './events.ts'
import { createApiKey } from './identity/users.ts'
import { canonicalJson, nextNumber, refuseNow, type Work } from './index.ts'

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

async function ordering() {
  const [{ number: article }, { number: customerNumber }] = [await shop.article(), await shop.customer()]
  return newOrder.parse({
    channel: 'phone',
    paymentMethod: 'on-delivery-note',
    customer: { customerNumber },
    lines: [{ article, quantity: ONE }],
  })
}
const place = (order: Awaited<ReturnType<typeof ordering>>, key: string) => tresen.play(placeOrder, order, { key })

describe('the same idempotency key', () => {
  test('with the same input gets the first answer again and changes nothing', async () => {
    const order = await ordering()
    const first = await place(order, 'key-1')
    expect(await place(order, 'key-1')).toEqual(first)
    expect(await tresen.sql('select 1 from orders.sales_order where number = $1', [first.number])).toHaveLength(1)
  })

  test('with other input is refused', async () => {
    const order = await ordering()
    await place(order, 'key-2')
    const other = { ...order, lines: [{ ...order.lines[0]!, quantity: 2 * ONE }] }
    expect(await refusalOf(place(other, 'key-2'))).toBe('key-reused')
  })

  test('twenty times at the same moment is done once, and all get the same answer', async () => {
    const order = await ordering()
    const answers = await Promise.all(Array.from({ length: 20 }, () => place(order, 'key-3')))
    expect(new Set(answers.map(canonicalJson)).size).toBe(1)
    expect(await tresen.sql('select 1 from kernel.journal where request_key like $1', ['% key-3'])).toHaveLength(1)
  })

  test('may be used again after a refusal, because nothing was done', async () => {
    const { customerId } = await shop.billed()
    const pay = (amount: number) =>
      tresen.play(
        recordPayment,
        {
          customerId,
          amount: 100,
          receivedOn: '2026-11-24',
          method: 'transfer',
          allocations: [{ invoiceId: '01985000-0000-7000-8000-00000000dead', amount, skonto: 0 }].slice(0, amount),
        },
        { key: 'key-4' },
      )
    expect(await refusalOf(pay(1))).toBe('not-found')
    expect(await pay(0)).toMatchObject({ left: 0 })
  })

  test('of two people are two keys', async () => {
    const order = await ordering()
    const actor = { kind: 'user' as const, id: '01985000-0000-7000-8000-000000000abc' }
    const [mine, theirs] = [await place(order, 'key-5'), await tresen.play(placeOrder, order, { key: 'key-5', actor })]
    expect(mine.number).not.toBe(theirs.number)
  })
})

describe('a refusal', () => {
  test('takes back everything: no order, no number, no journal entry, no event', async () => {
    const counts = () =>
      tresen.sql(`select (select count(*) from orders.sales_order)::int as orders, (select count(*) from kernel.journal)::int as journal,
        (select count(*) from kernel.event)::int as events, (select last from kernel.number_series where kind = 'order') as last`)
    const order = await ordering()
    const before = await counts()
    async function placeAndRefuse(work: Work) {
      await placeOrder(work, order)
      refuseNow('busy')
    }
    expect(await refusalOf(tresen.play(placeAndRefuse, {}))).toBe('busy')
    expect(await counts()).toEqual(before)
  })
})

test('numbers stay without a gap though every third transaction breaks off after taking one', async () => {
  async function takeNumber(work: Work, { fails }: { fails: boolean }) {
    const number = await nextNumber(work, 'customer')
    if (fails) throw new Error('power cut')
    return number
  }
  const results = await Promise.allSettled(
    Array.from({ length: 60 }, (_, i) => tresen.play(takeNumber, { fails: i % 3 === 0 })),
  )
  const taken = results
    .flatMap((r) => (r.status === 'fulfilled' ? [Number(r.value.slice(2))] : []))
    .sort((a, b) => a - b)
  expect(taken).toEqual(Array.from({ length: 40 }, (_, i) => taken[0]! + i))
})

test('the journal holds nothing about a person', async () => {
  const person = {
    name: 'Walpurga Himmelreich',
    street: 'Mondscheinweg 77',
    postalCode: '02999',
    city: 'Lohsa',
    email: 'walpurga@himmelreich.example',
    phone: '+49 30 23125 777',
  }
  const article = await shop.article()
  const guest = {
    channel: 'web',
    paymentMethod: 'prepayment',
    billTo: person,
    deliverTo: { ...person, name: 'Walpurga bei Nachbarin' },
    customer: { guest: true, email: person.email },
    note: 'Walpurga öffnet nicht vor neun',
    prepaid: { amount: 500, reference: 'Walpurga Himmelreich PayPal', paidOn: '2026-11-24' },
  }
  const lines = [{ article: article.number, quantity: ONE }]
  await tresen.play(placeOrder, newOrder.parse({ ...guest, lines }), { key: 'person' })
  const parked = { ...guest, lines: [{ article: 'UNKNOWN', quantity: ONE, unitPrice: 100 }] }
  await tresen.play(placeOrder, newOrder.parse(parked), { key: 'person-2' })
  const { id } = await shop.customer({ name: person.name, billTo: person, email: person.email })
  await tresen.play(changeCustomer, {
    id,
    name: 'Walpurga Himmelreich-Sturm',
    billTo: { ...testAddress, country: 'DE', name: 'Walpurga' },
  })
  const [text] = await tresen.sql<{ all: string }>(
    "select string_agg(j::text, ' ') || (select string_agg(e::text, ' ') from kernel.event e) as all from kernel.journal j",
  )
  for (const secret of ['Walpurga', 'Himmelreich', 'Mondschein', 'walpurga@', '23125 777', 'Nachbarin'])
    expect(text!.all).not.toContain(secret)
  expect(await tresen.sql('select 1 from customers.version where customer_id = $1', [id])).toHaveLength(1)
})

test('a secret is told once: the same key again does not get it back', async () => {
  const call = () =>
    import('./index.ts').then(({ perform, systemActor }) =>
      perform(
        tresen.kernel,
        {
          name: 'create-api-key',
          actor: systemActor,
          key: 'secret',
          input: { name: 'Kasse', permissions: ['orders.read' as const] },
          confidential: true,
        },
        createApiKey,
      ),
    )
  const { key } = await call()
  expect(await refusalOf(call())).toBe('key-reused')
  const [journal] = await tresen.sql<{ all: string }>("select string_agg(j::text, ' ') as all from kernel.journal j")
  expect(journal!.all).not.toContain(key)
})

describe('a reader of events with a cursor', () => {
  test('misses and doubles none while many transactions of different length commit', async () => {
    let count = 0
    async function announceSlowly(work: Work, { pause }: { pause: number }) {
      const first = ++count
      work.announce('test.counted', { count: first })
      await work.query({ name: 'test.sleep', text: 'select pg_current_xact_id()' })
      await new Promise((resolve) => setTimeout(resolve, pause))
      work.announce('test.counted', { count: ++count })
      return {}
    }
    const seen: number[] = []
    let cursor = start
    let done = false
    const reading = (async () => {
      for (let last = false; ; ) {
        last = done
        const events = await readEvents(tresen.kernel.database, cursor, 7)
        const newest = events.at(-1)
        if (newest) cursor = { txid: newest.txid, position: newest.position }
        seen.push(...events.filter((e) => e.type === 'test.counted').map((e) => e.data.count as number))
        if (events.length === 0 && last) return
        if (events.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
      }
    })()
    const worker = async (seed: number) => {
      for (let i = 0; i < 20; i++) await tresen.play(announceSlowly, { pause: (seed * 7 + i * 13) % 25 })
    }
    await Promise.all(Array.from({ length: 10 }, (_, i) => worker(i)))
    done = true
    await reading
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1))
  })
})
