import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NewOrderInput, newOrder } from '../../common/orders/api.ts'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type TestShop, testAddress } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { changeArticle } from '../catalog/save-article.ts'
import { findParkedOrders } from './find-parked-orders.ts'
import { completeParkedOrder, placeOrder } from './index.ts'
import { discardParkedOrder } from './park-order.ts'

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

const place = (order: Partial<NewOrderInput>) =>
  tresen.play(
    placeOrder,
    newOrder.parse({ channel: 'web', paymentMethod: 'on-delivery-note', customer: {}, lines: [], ...order }),
  )
const linesOf = (orderId: string | null) =>
  tresen.sql<{ amount: number; vat_rate: number; gross: number; unit_price: number; kind: string; name: string }>(
    'select kind, name, amount, gross, vat_rate, unit_price from orders.order_line where order_id = $1 order by position',
    [orderId],
  )
const orderRow = async (orderId: string | null) =>
  (
    await tresen.sql<{ net: number; vat: number; gross: number; deliver_to: string; bill_to: string }>(
      'select * from orders.sales_order where id = $1',
      [orderId],
    )
  )[0]!

describe('the same order again', () => {
  const web = async (externalNumber: string, change: Partial<NewOrderInput> = {}) => ({
    externalNumber,
    customer: { customerNumber: (await shop.customer()).number },
    lines: [{ article: (await shop.article()).number, quantity: 2 * ONE }],
    ...change,
  })

  test('is known by channel and number and changes nothing', async () => {
    const order = await web('W-1')
    const first = await place(order)
    expect(first).toMatchObject({ outcome: 'accepted', externalNumber: 'W-1' })
    expect(await place(order)).toMatchObject({ outcome: 'known', orderId: first.orderId, number: first.number })
    expect(await tresen.sql('select 1 from orders.sales_order where external_number = $1', ['W-1'])).toHaveLength(1)
  })

  test('with other content is refused and says what differs', async () => {
    const order = await web('W-2')
    await place(order)
    const changed = { ...order, lines: [{ ...order.lines[0]!, quantity: 3 * ONE }] }
    await expect(place(changed)).rejects.toMatchObject({
      refusal: { code: 'order-differs', facts: { differences: ['lines.0.quantity: 2000 -> 3000'] } },
    })
  })

  test('under another channel is another order', async () => {
    const order = await web('W-3')
    const [web1, phone] = [await place(order), await place({ ...order, channel: 'phone' })]
    expect(phone).toMatchObject({ outcome: 'accepted' })
    expect(phone.orderId).not.toBe(web1.orderId)
  })

  test('ten times at the same moment is one order, and everybody gets its number', async () => {
    const order = await web('W-4')
    const results = await Promise.all(Array.from({ length: 10 }, () => place(order)))
    expect(new Set(results.map((r) => r.number)).size).toBe(1)
    expect(results.filter((r) => r.outcome === 'accepted')).toHaveLength(1)
    expect(results.filter((r) => r.outcome === 'known')).toHaveLength(9)
  })

  test('from somebody nobody knew, ten times at once, makes one customer', async () => {
    const order = await web('W-5', {
      customer: { guest: true, email: 'neu@example.org' },
      billTo: testAddress,
      paymentMethod: 'prepayment',
    })
    await Promise.all(Array.from({ length: 10 }, () => place(order)))
    expect(await tresen.sql("select 1 from customers.customer where email = 'neu@example.org'")).toHaveLength(1)
  })
})

describe('prices', () => {
  test('what the order leaves out comes from our list, by group and quantity', async () => {
    const article = await shop.article({
      listPrice: 100_000,
      prices: [{ priceGroup: 'trade', fromQuantity: 10 * ONE, price: 80_000 }],
      stock: 1000,
    })
    const { number } = await shop.customer({ priceGroup: 'trade' })
    const lines = [10, 9].map((n) => ({ article: article.number, quantity: n * ONE }))
    const { orderId } = await place({ channel: 'phone', customer: { customerNumber: number }, lines })
    expect((await linesOf(orderId)).map((l) => [l.unit_price, l.amount])).toEqual([
      [80_000, 8_000],
      [100_000, 9_000],
    ])
  })

  test('in a channel of gross prices the list price is asked with VAT, to the cent', async () => {
    const article = await shop.article({ listPrice: 16_765 })
    const { number } = await shop.customer()
    const lines = [{ article: article.number, quantity: 3 * ONE }]
    const result = await place({ customer: { customerNumber: number }, lines })
    expect((await linesOf(result.orderId))[0]).toMatchObject({ unit_price: 20_000, amount: 600, gross: 600 })
    expect(result.gross).toBe(600)
  })

  test('a net order pays VAT on the sum of a rate, not on each line', async () => {
    const cheap = await shop.article({ listPrice: 300 })
    const book = await shop.article({ listPrice: 100_000, vatClass: 'reduced' })
    const { number } = await shop.customer()
    const line = { article: cheap.number, quantity: ONE }
    const { orderId } = await place({
      channel: 'phone',
      customer: { customerNumber: number },
      lines: [line, line, line, { article: book.number, quantity: ONE }],
    })
    expect(await orderRow(orderId)).toMatchObject({ net: 1009, vat: 72, gross: 1081 })
  })

  test('the shipping cost shares the rate of most goods', async () => {
    const [tool, book] = [await shop.article(), await shop.article({ vatClass: 'reduced', listPrice: 900_000 })]
    const { number } = await shop.customer()
    const { orderId } = await place({
      customer: { customerNumber: number },
      lines: [
        { article: tool.number, quantity: ONE },
        { article: book.number, quantity: ONE },
        { kind: 'shipping', name: 'Versand', quantity: ONE, unitPrice: 49_000 },
      ],
    })
    expect((await linesOf(orderId)).map((l) => l.vat_rate)).toEqual([1900, 700, 700])
  })

  test('the VAT rate is that of the order’s day', async () => {
    const article = await shop.article({ listPrice: 100_000 })
    const { number } = await shop.customer()
    const { orderId } = await place({
      channel: 'phone',
      customer: { customerNumber: number },
      orderedAt: '2020-12-31T12:00:00Z',
      lines: [{ article: article.number, quantity: ONE }],
    })
    expect(await orderRow(orderId)).toMatchObject({ net: 1000, vat: 160 })
  })
})

test('goods that cost less than nothing are refused, a reduction as a line of its own is not', async () => {
  const article = await shop.article()
  const customer = { customerNumber: (await shop.customer()).number }
  const goods = { article: article.number, quantity: ONE }
  expect(await refusalOf(place({ customer, lines: [{ ...goods, amount: -1 }] }))).toBe('invalid-input')
  const reduction = { kind: 'surcharge' as const, name: 'Nachlass', quantity: ONE, amount: -500 }
  const order = await shop.order({ customer, channel: 'web', lines: [goods, reduction] })
  const note = await shop.deliver([order.id])
  expect(await shop.bill([note.id])).toMatchObject({ gross: 690 })
})

describe('who orders', () => {
  test('a guest becomes a customer without credit, at the addresses he gave', async () => {
    const article = await shop.article()
    const deliverTo = { ...testAddress, name: 'Baustelle Quast', city: 'Löbau' }
    const result = await place({
      customer: { guest: true, email: 'gast@example.org' },
      billTo: testAddress,
      deliverTo,
      lines: [{ article: article.number, quantity: ONE }],
    })
    expect(result.outcome).toBe('on-hold')
    expect(result.reasons.map((r) => r.code)).toContain('not-allowed-on-delivery-note')
    const [customer] = await tresen.sql<{ kind: string; credit_limit: number }>(
      "select kind, credit_limit from customers.customer where email = 'gast@example.org'",
    )
    expect(customer).toEqual({ kind: 'consumer', credit_limit: 0 })
    const { bill_to, deliver_to } = await orderRow(result.orderId)
    const addresses = await tresen.sql<{ details: unknown }>(
      "select details from customers.address where id = any($1) order by details->>'city'",
      [[bill_to, deliver_to]],
    )
    expect(addresses.map((a) => a.details)).toMatchObject([testAddress, deliverTo])
  })

  test('is found by the shop’s own number, and alike by VAT id or e-mail, but not where two have the same', async () => {
    const article = await shop.article()
    const lines = [{ article: article.number, quantity: ONE }]
    const [linked, byVat, byEmail] = [
      await shop.customer({ shopIds: { web: '4711' } }),
      await shop.customer({ vatId: 'DE111222333' }),
      await shop.customer({ email: 'einmal@example.org' }),
    ]
    await shop.customer({ email: 'zweimal@example.org' })
    await shop.customer({ email: 'zweimal@example.org' })
    const found = async (customer: NewOrderInput['customer'], change: Partial<NewOrderInput> = {}) => {
      const { orderId, outcome, reasons } = await place({ customer, lines, ...change })
      const [row] = await tresen.sql<{ customer_id: string }>(
        'select customer_id from orders.sales_order where id = $1',
        [orderId],
      )
      return [row?.customer_id, outcome, reasons]
    }
    const alike = (matchedBy: string, shopCustomerId: string | null = null) => [
      { code: 'buyer-not-linked', facts: { matchedBy, shopCustomerId } },
    ]
    expect(await found({ shopCustomerId: '4711' })).toEqual([linked.id, 'accepted', []])
    expect(await found({ vatId: 'DE111222333' })).toEqual([byVat.id, 'on-hold', alike('vat')])
    const stranger = { shopCustomerId: '99', email: 'Einmal@Example.org' }
    expect(await found(stranger)).toEqual([byEmail.id, 'on-hold', alike('email', '99')])
    expect((await found({ email: 'zweimal@example.org' }))[1]).toBe('parked')
    // who typed the e-mail of an account has its id in some shops, without having logged in
    const guest = { shopCustomerId: '4711', guest: true }
    expect(await found(guest)).toEqual([linked.id, 'on-hold', alike('shop')])
  })

  test('only alike to a customer, he is trusted where a person took the order, or where it is paid', async () => {
    const article = await shop.article()
    await shop.customer({ vatId: 'DE111222444' })
    const customer = { vatId: 'DE111222444', shopCustomerId: '98' }
    const outcome = async (change: Partial<NewOrderInput>) =>
      (await place({ customer, lines: [{ article: article.number, quantity: ONE }], ...change })).outcome
    expect(await outcome({ channel: 'phone' })).toBe('accepted')
    expect(await outcome({ paymentMethod: 'cash-on-delivery' })).toBe('accepted')
    const paid = (amount: number) => ({ prepaid: { amount, reference: 'PayPal', paidOn: '2026-11-24' } })
    expect(await outcome({ paymentMethod: 'prepayment', ...paid(1190) })).toBe('accepted')
    expect(await outcome({ paymentMethod: 'on-invoice', ...paid(1190) })).toBe('accepted')
    expect(await outcome({ paymentMethod: 'on-invoice', ...paid(1189) })).toBe('on-hold')
    expect(await outcome({ paymentMethod: 'direct-debit' })).toBe('on-hold')
  })
})

describe('what cannot be taken yet', () => {
  const unknown = async (externalNumber?: string) => ({
    externalNumber,
    customer: { customerNumber: (await shop.customer()).number },
    lines: [{ article: 'NOBODY-KNOWS', name: 'Dübel', quantity: ONE, unitPrice: 11_900 }],
    totals: { gross: 119 },
  })
  const parkedRows = (externalNumber: string) =>
    tresen.sql<{ state: string }>('select state from orders.parked_order where external_number = $1', [externalNumber])

  test('is parked with the reason and holds up nobody else', async () => {
    const result = await place(await unknown('P-1'))
    expect(result).toMatchObject({ outcome: 'parked', orderId: null })
    expect(result.reasons).toEqual([{ code: 'unknown-article', facts: { article: 'NOBODY-KNOWS', name: 'Dübel' } }])
  })

  test('coming again it replaces itself', async () => {
    const order = await unknown('P-2')
    await place(order)
    await place(order)
    expect(await parkedRows('P-2')).toHaveLength(1)
  })

  test('is listed by the channel it came through', async () => {
    await place(await unknown('P-2a'))
    await place({ ...(await unknown('P-2b')), channel: 'phone' })
    const of = async (channel?: string) =>
      (await findParkedOrders(tresen.kernel.database, { limit: 200, state: 'parked', channel })).rows.map(
        (row) => row.externalNumber,
      )
    expect(await of()).toEqual(expect.arrayContaining(['P-2a', 'P-2b']))
    expect(await of('phone')).toContain('P-2b')
    expect(await of('phone')).not.toContain('P-2a')
  })

  test('is taken once the article is replaced; the shop sending it again, as it is, finds it known', async () => {
    const order = await unknown('P-3')
    const { parkedId } = await place(order)
    const article = await shop.article()
    const mending = {
      id: parkedId!,
      articles: { 'NOBODY-KNOWS': article.number },
      acceptTotals: false,
      acceptState: false,
    }
    const result = await tresen.play(completeParkedOrder, mending)
    expect(result).toMatchObject({ outcome: 'accepted', gross: 119, externalNumber: 'P-3' })
    expect(await parkedRows('P-3')).toEqual([{ state: 'completed' }])
    expect(await place(order)).toMatchObject({ outcome: 'known', orderId: result.orderId })
    expect(await refusalOf(tresen.play(completeParkedOrder, mending))).toBe('parked-order-closed')
  })

  test('that is still wrong after mending stays parked, once', async () => {
    const { parkedId } = await place(await unknown())
    const count = async () => (await tresen.sql("select 1 from orders.parked_order where state = 'parked'")).length
    const before = await count()
    const mending = { id: parkedId!, articles: { 'NOBODY-KNOWS': 'NOR-THIS' }, acceptTotals: false, acceptState: false }
    expect(await tresen.play(completeParkedOrder, mending)).toMatchObject({ outcome: 'parked', parkedId })
    expect(await count()).toBe(before)
  })

  test('totals that are not ours park the order, until somebody accepts ours', async () => {
    const article = await shop.article()
    const { number } = await shop.customer()
    const lines = [{ article: article.number, quantity: ONE, unitPrice: 11_900 }]
    const { parkedId, reasons } = await place({
      externalNumber: 'P-4',
      customer: { customerNumber: number },
      lines,
      totals: { gross: 120 },
    })
    expect(reasons).toEqual([{ code: 'totals-differ', facts: { stated: 120, computed: 119 } }])
    const mending = { id: parkedId!, articles: {}, acceptTotals: true, acceptState: false }
    expect(await tresen.play(completeParkedOrder, mending)).toMatchObject({ outcome: 'accepted', gross: 119 })
  })

  test('a party nobody knows is parked, with the address kept out of the order', async () => {
    const article = await shop.article()
    const { reasons, parkedId } = await place({
      externalNumber: 'P-5',
      customer: { customerNumber: 'K-NIEMAND' },
      billTo: testAddress,
      lines: [{ article: article.number, quantity: ONE }],
    })
    expect(reasons.map((r) => r.code)).toEqual(['unknown-customer'])
    const [row] = await tresen.sql<{ content: unknown }>('select content from orders.parked_order where id = $1', [
      parkedId,
    ])
    expect(JSON.stringify(row)).not.toContain('Farbgasse')
    const mending = {
      id: parkedId!,
      articles: {},
      customerNumber: (await shop.customer()).number,
      acceptTotals: false,
      acceptState: false,
    }
    expect(await tresen.play(completeParkedOrder, mending)).toMatchObject({ outcome: 'accepted' })
  })

  test('an article no longer sold parks the order of a shop, until it is replaced or sold again', async () => {
    const [gone, other] = [await shop.article({ active: false }), await shop.article()]
    const order = {
      customer: { customerNumber: (await shop.customer()).number },
      lines: [{ article: gone.number, quantity: ONE }],
    }
    const park = async (externalNumber: string) => {
      const { outcome, reasons, parkedId } = await place({ ...order, externalNumber })
      expect(outcome).toBe('parked')
      expect(reasons).toEqual([{ code: 'article-inactive', facts: { article: gone.number } }])
      return { id: parkedId!, articles: {}, acceptTotals: false, acceptState: false }
    }
    const [replaced, activated] = [await park('P-7'), await park('P-8')]
    expect(await tresen.play(completeParkedOrder, replaced)).toMatchObject({ outcome: 'parked', parkedId: replaced.id })
    const articles = { [gone.number]: other.number }
    expect(await tresen.play(completeParkedOrder, { ...replaced, articles })).toMatchObject({ outcome: 'accepted' })
    await tresen.play(changeArticle, { id: gone.id, active: true })
    expect(await tresen.play(completeParkedOrder, activated)).toMatchObject({ outcome: 'accepted' })
  })

  test('an article no longer sold is refused by its number where somebody asks, and parked from a file', async () => {
    const gone = await shop.article({ active: false })
    const order = newOrder.parse({
      channel: 'phone',
      paymentMethod: 'on-invoice',
      customer: { customerNumber: (await shop.customer()).number },
      lines: [{ article: gone.number, quantity: ONE }],
    })
    await expect(tresen.play(placeOrder, order)).rejects.toMatchObject({
      refusal: { code: 'article-inactive', facts: { article: gone.number } },
    })
    const fromFile = await tresen.play((work, o: typeof order) => placeOrder(work, o, { problems: [] }), order)
    expect(fromFile.outcome).toBe('parked')
  })

  test('put aside for good it is closed', async () => {
    const { parkedId } = await place(await unknown('P-6'))
    await tresen.play(discardParkedOrder, { id: parkedId!, reason: 'doppelt bestellt' })
    expect(await parkedRows('P-6')).toEqual([{ state: 'discarded' }])
    expect(await refusalOf(tresen.play(discardParkedOrder, { id: parkedId!, reason: 'nochmal' }))).toBe(
      'parked-order-closed',
    )
  })
})
