import { afterEach, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import type { TakeBackInput } from '../../common/returns/api.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { type TestKernel, testKernel, type UseCase } from '../../tools/test-kernel.ts'
import { cancelDeliveryNote } from '../delivery/cancel-delivery-note.ts'
import { createDeliveryNote, postGoodsIssue } from '../delivery/index.ts'
import { type Random, randomFrom } from '../demo/random.ts'
import { correctInvoice, issueInvoice, previewInvoice } from '../invoicing/index.ts'
import { issueDownPayment } from '../invoicing/issue-down-payment.ts'
import { RefusalError } from '../kernel/index.ts'
import { cancelOrder, releaseOrder } from '../orders/index.ts'
import { cancelRefund, recordRefundPaid } from '../payments/end-refund.ts'
import { handOverPaymentFile, withdrawPaymentFile } from '../payments/hand-over-payment-file.ts'
import { recordPayment } from '../payments/index.ts'
import { makePaymentFile } from '../payments/make-payment-file.ts'
import { allocateCredit } from '../payments/record-payment.ts'
import { refundCredit } from '../payments/refund-credit.ts'
import { cancelReturn } from '../returns/cancel-return.ts'
import { inspectReturn } from '../returns/inspect-return.ts'
import { previewReturn } from '../returns/preview-return.ts'
import { takeBack } from '../returns/take-back.ts'
import { correctStock } from '../stock/correct-stock.ts'
import { receiveGoods } from '../stock/index.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let tresen: TestKernel

afterEach(() => tresen.close())

const SEEDS = [20_261_124, 7]
const STEPS = 700

test.each(SEEDS)('whatever happens in whatever order, the books agree (chance no. %i)', async (seed) => {
  tresen = await testKernel()
  const trade = await openTrade(tresen, randomFrom(seed))
  for (let step = 1; step <= STEPS; step++) {
    await trade.step()
    if (step % 70 === 0) expect(await tresen.findBroken(), `after step ${step}`).toEqual([])
  }
  expect([...trade.done.keys()].sort()).toHaveLength(trade.kinds)
  expect((await tresen.sql(rare))[0]).toEqual({ exchanged: true, collective: true, withdrawn: true })
  expect(await tresen.sql(balances)).toEqual(trade.balances())
  expect(await tresen.sql(ledger)).toEqual(trade.balances().filter((b) => b.balance !== 0))
  expect(await tresen.sql(billedOtherThanAgreed)).toEqual([])
  expect(await tresen.sql(grossInvoicesOtherThanTheirLines)).toEqual([])
})

const balances = `select customer_id as customer, open_items - credits as balance from receivables.account order by customer_id`
/** What chance must have brought about. */
const rare = `select exists (select 1 from returns.exchange where invoice_id is not null) as exchanged, exists (select 1 from invoicing.collective_part) as collective, exists (select 1 from payments.payment_file_step where step = 'withdrawn') as withdrawn`
/** The same from nothing but the rows of the ledger. */
const ledger = `select customer_id as customer, sum(amount)::bigint as balance from receivables.entry group by 1 having sum(amount) <> 0 order by 1`
/** Lines of which every piece is billed are billed at exactly the agreed amount. */
const billedOtherThanAgreed = `select l.id, l.amount, sum(i.amount) as billed from orders.order_line l join invoicing.invoice_line i on i.order_line_id = l.id
   where l.invoiced = l.ordered group by l.id having sum(i.amount) <> l.amount`
/** With gross prices the customer pays the sum of the agreed amounts to the cent. */
const grossInvoicesOtherThanTheirLines = `select i.number from invoicing.invoice i join invoicing.invoice_line l on l.invoice_id = i.id
   where i.price_mode = 'gross' group by i.id
  having i.gross + i.rounding + (select coalesce(sum(u.payable), 0) from invoicing.down_payment_use u where u.invoice_id = i.id) <> sum(l.amount)`

/** Three customers, six articles, and all that can happen to them. Keeps by itself what each customer owes. */
async function openTrade(t: TestKernel, random: Random) {
  const shop = await openTestShop(t)
  const customers = await Promise.all(
    [1, 2, 3].map(() => shop.customer({ creditLimit: 500_000_00, bankAccount: { iban: 'DE89370400440532013000' } })),
  )
  const prices = [42_500, 425, 199_900, 7, 1_000_000, 33_333]
  const articles = await Promise.all(
    prices.map((listPrice, i) =>
      shop.article({
        listPrice,
        stock: 40,
        vatClass: i % 3 === 1 ? 'reduced' : 'standard',
        at: i % 2 ? shop.branch : undefined,
      }),
    ),
  )
  const owed = new Map(customers.map((c) => [c.id, 0]))
  const owe = (customerId: string, cents: number) => owed.set(customerId, owed.get(customerId)! + cents)
  const done = new Map<string, number>()

  /** Plays a use case; a refusal is an answer like any other. */
  async function attempt<I, O>(useCase: UseCase<I, O>, input: I): Promise<O | undefined> {
    try {
      const answer = await t.play(useCase, input)
      done.set(useCase.name, (done.get(useCase.name) ?? 0) + 1)
      return answer
    } catch (error) {
      if (error instanceof RefusalError) return undefined
      throw error
    }
  }
  const pick = async <Row extends object>(text: string): Promise<Row | undefined> => {
    const rows = await t.sql<Row>(`${text} order by 1`)
    return rows.length > 0 ? random.one(rows) : undefined
  }
  const moves = movesOf({ t, shop, random, customers, articles, attempt, pick, owe })
  return {
    done,
    kinds: 21,
    step: () => random.one(moves)(),
    balances: () =>
      [...owed]
        .map(([customer, balance]) => ({ customer, balance }))
        .sort((a, b) => (a.customer < b.customer ? -1 : 1)),
  }
}

interface Scene {
  t: TestKernel
  shop: TestShop
  random: Random
  customers: { id: string; number: string }[]
  articles: { id: string; number: string }[]
  attempt<I, O>(useCase: UseCase<I, O>, input: I): Promise<O | undefined>
  pick<Row extends object>(text: string): Promise<Row | undefined>
  owe(customerId: string, cents: number): void
}

function movesOf({ t, shop, random, customers, articles, attempt, pick, owe }: Scene): (() => Promise<unknown>)[] {
  const pieces = (most: number) => random.between(1, most * 4) * (ONE / 4)
  const order = async () => {
    const goods = random.some(articles, random.between(1, 4)).map(({ number }) => ({
      article: number,
      quantity: pieces(9),
      ...(random.between(0, 2) === 0 ? { amount: random.between(0, 4_000), discount: random.between(0, 300) } : {}),
    }))
    const shipping = { kind: 'shipping' as const, name: 'Versand', quantity: ONE, unitPrice: 49_000 }
    const prepaid = { amount: random.between(1, 9_000), reference: 'PayPal', paidOn: '2026-11-20' }
    const placed = await shop.order({
      of: random.one(customers).number,
      channel: random.one(['phone', 'web']),
      paymentMethod: random.one(['on-delivery-note', 'on-delivery-note', 'on-invoice', 'prepayment'] as const),
      lines: random.between(0, 1) ? [...goods, shipping] : goods,
      ...(random.between(0, 7) === 0 ? { prepaid } : {}),
    })
    const [row] = await t.sql<{ prepaid: number }>('select prepaid from orders.sales_order where id = $1', [placed.id])
    owe(placed.customerId, -row!.prepaid)
  }
  const note = async () => {
    const found = await pick<{ id: string; customer: string }>(
      'select id, customer_id as customer from orders.sales_order where hold is null',
    )
    if (!found) return
    const others = await t.sql<{ id: string }>(
      'select id from orders.sales_order where customer_id = $1 and id <> $2 order by id limit 1',
      [found.customer, found.id],
    )
    await attempt(createDeliveryNote, {
      orderIds: [found.id, ...(random.between(0, 3) === 0 ? others.map((o) => o.id) : [])],
    })
  }
  const issue = async () => {
    const found = await pick<{ id: string }>("select id from delivery.note where state = 'open'")
    if (!found) return
    const lines = await t.sql<{ lineId: string; quantity: number }>(
      'select id as "lineId", planned as quantity from delivery.note_line where note_id = $1 order by position',
      [found.id],
    )
    const part = lines.map((l) => ({ ...l, quantity: random.between(0, l.quantity) }))
    await attempt(postGoodsIssue, { id: found.id, picked: random.between(0, 1) ? part : undefined })
  }
  const dropNote = async () => {
    const found = await pick<{ id: string }>("select id from delivery.note where state = 'open'")
    if (found && random.between(0, 2) === 0) await attempt(cancelDeliveryNote, { id: found.id, reason: 'doch nicht' })
  }
  const bill = async () => {
    const customer = random.one(customers)
    const notes = await t.sql<{ id: string }>(
      'select id from delivery.note where billable and customer_id = $1 order by id',
      [customer.id],
    )
    if (notes.length === 0) return
    const chosen = random.some(notes, random.between(1, 3)).map((n) => n.id)
    const lines = await t.sql<{ noteLineId: string; quantity: number }>(
      'select id as "noteLineId", delivered - returned - invoiced as quantity from delivery.note_line where note_id = $1 and delivered > invoiced + returned order by position',
      [chosen[0]],
    )
    const part = lines.map((l) => ({ ...l, quantity: random.between(1, l.quantity) }))
    const selection = random.between(0, 1) ? { lines: part } : { noteIds: chosen }
    const preview = await previewInvoice(t.kernel.database, selection).catch(() => undefined)
    const answer = await attempt(issueInvoice, selection)
    if (!answer) return
    expect(answer.gross).toBe(preview!.gross)
    expect(answer.gross).toBeGreaterThanOrEqual(Math.min(preview!.delivered, 0))
    // what was not paid of down payments falls away
    owe(customer.id, answer.gross - preview!.closings.reduce((sum, c) => sum + c.amount, 0))
  }
  const correct = async () => {
    // taken back is what stands; with its deductions only where nothing of it was taken back before
    const found = await pick<{ id: string; customer: string; payable: number }>(
      `select i.id, i.customer_id as customer, case when i.kind = 'down-payment' then (select sum(left_payable) from invoicing.down_payment where invoice_id = i.id)
                when c.count = 0 then i.gross + i.rounding else i.gross + i.rounding + c.sum + u.sum end::bigint as payable from invoicing.invoice i
         cross join lateral (select count(*), coalesce(sum(k.payable), 0) as sum from invoicing.correction_of k where k.invoice_id = i.id) c
         cross join lateral (select coalesce(sum(payable), 0) as sum from invoicing.down_payment_use where invoice_id = i.id) u`,
    )
    if (found && (await attempt(correctInvoice, { id: found.id, reason: 'falsch' })))
      owe(found.customer, -found.payable)
  }
  const payDown = async () => {
    const found = await pick<{ id: string; customer: string }>(
      'select id, customer from (select id, customer_id as customer from orders.sales_order order by id desc limit 8) o',
    )
    if (!found) return
    const wish = random.between(0, 1)
      ? { percent: random.one([1_000, 3_333, 10_000]) }
      : { amount: random.between(1, 20_000) }
    const answer = await attempt(issueDownPayment, { orderId: found.id, ...wish })
    if (answer) owe(found.customer, answer.gross)
  }
  const exchange = () => ({
    deliver: random.one(['hand-over-now', 'ship-later'] as const),
    billNow: random.one([true, false]),
    lines: random.some(articles, random.between(1, 2)).map(({ id }) => ({ articleId: id, quantity: pieces(3) })),
  })
  const goodsBack = async () => {
    const customer = random.one(customers)
    const lines = await t.sql<{ noteLineId: string; articleId: string | null; quantity: number }>(
      `select l.id as "noteLineId", o.article_id as "articleId", l.delivered - l.returned as quantity from delivery.note_line l join delivery.note n on n.id = l.note_id join orders.order_line o on o.id = l.order_line_id
        where n.customer_id = $1 and n.state = 'issued' and l.delivered > l.returned order by l.id`,
      [customer.id],
    )
    if (lines.length === 0) return
    const input: TakeBackInput = {
      customerId: customer.id,
      locationId: random.one([shop.warehouse, shop.branch]),
      money: random.one(['set-off', 'credit', 'refund'] as const),
      collective: random.one([true, false]),
      exchange: random.between(0, 2) === 0 ? exchange() : undefined,
      lines: random.some(lines, random.between(1, 4)).map(({ noteLineId, articleId, quantity }) => ({
        ...(articleId && random.between(0, 1) ? { articleId } : { noteLineId }),
        quantity: random.between(0, 2) ? quantity : random.between(1, quantity),
        reason: 'other' as const,
        condition: 'opened' as const,
        goods: random.one(['restock', 'restock', 'quarantine', 'scrap', 'supplier', 'none'] as const),
      })),
    }
    const preview = await previewReturn(t.kernel.database, input).catch(() => undefined)
    const done = await attempt(takeBack, input)
    if (!done) return
    const documents = [...Map.groupBy(preview!.corrections, (c) => c.document).values()]
    expect(done.corrections.map((c) => c.gross)).toEqual(
      documents.map((parts) => parts.reduce((sum, c) => sum + c.gross, 0)),
    )
    expect(done.exchange?.toPay).toBe(preview!.exchange?.toPay)
    if (done.exchange?.invoiceId) owe(customer.id, done.exchange.gross)
    expect([done.credit, done.refunded]).toEqual([preview!.credit, preview!.refund])
    owe(customer.id, done.refunded - done.corrections.reduce((sum, c) => sum + c.gross, 0))
  }
  const undoReturn = async () => {
    const found = await pick<{ id: string; customer: string; credited: number }>(
      `select r.id, r.customer_id as customer, coalesce((select -sum(i.gross + i.rounding) from invoicing.invoice i where i.source_id = r.id), 0)::bigint as credited from returns.goods_return r`,
    )
    const waiting = await t.sql<{ amount: number }>(
      `select r.amount from payments.refund r join invoicing.invoice i on i.id = r.credit_id
        where i.source_id = $1 and r.by_file and not exists (select 1 from payments.refund_outcome o where o.refund_id = r.id) and not exists (select 1 from payments.refund_in_file f where f.refund_id = r.id)`,
      [found?.id],
    )
    if (found && (await attempt(cancelReturn, { id: found.id, reason: 'doch nicht' })))
      owe(found.customer, found.credited - waiting.reduce((sum, r) => sum + r.amount, 0))
  }
  const inspect = async () => {
    const found = await pick<{ id: string; lineId: string; quantity: number }>(
      'select l.return_id as id, l.id as "lineId", l.quantity from returns.line l where l.goods = \'quarantine\'',
    )
    if (!found) return
    const quantity = random.between(1, found.quantity)
    const goods = random.one(['restock', 'scrap', 'supplier'] as const)
    await attempt(inspectReturn, {
      id: found.id,
      locationId: shop.warehouse,
      lines: [{ lineId: found.lineId, quantity, condition: 'used', goods }],
    })
  }
  const refund = async () => {
    const credit = await pick<{ id: string; customer: string; left: number }>(
      'select id, customer_id as customer, "left" from receivables.credit where "left" > 0',
    )
    if (!credit) return
    const amount = random.between(1, credit.left)
    if (await attempt(refundCredit, { id: credit.id, amount, method: 'transfer', paidOn: '2026-11-24' }))
      owe(credit.customer, amount)
  }
  const mostlyWaiting =
    'select r.id, r.customer_id as customer, r.amount from payments.refund r left join payments.refund_in_file f on f.refund_id = r.id where r.by_file and f.refund_id is null'
  const fileRefunds = async () => {
    const some = await t.sql<{ id: string }>(`${mostlyWaiting} order by r.id desc limit 4`)
    const refundIds = random.some(some, random.between(1, 3)).map((r) => r.id)
    if (refundIds.length > 0) await attempt(makePaymentFile, { refundIds })
  }
  const moveFile = async () => {
    const file = await pick<{ id: string }>(
      'select id from (select id from payments.payment_file order by id desc limit 3) f',
    )
    if (!file) return
    if (random.between(0, 1)) await attempt(handOverPaymentFile, { id: file.id })
    else await attempt(withdrawPaymentFile, { id: file.id, reason: 'falscher Tag' })
  }
  const endRefund = async () => {
    const found = await pick<{ id: string; customer: string; amount: number }>(
      `select * from (${mostlyWaiting} order by r.id desc limit 3) x`,
    )
    if (!found) return
    if (random.between(0, 1)) await attempt(recordRefundPaid, { id: found.id })
    else if (await attempt(cancelRefund, { id: found.id, reason: 'doch nicht' })) owe(found.customer, -found.amount)
  }
  const pay = async () => {
    const customer = random.one(customers)
    const [due] = await t.sql<{ id: string; open: number; skonto: { discount: number }[] }>(
      'select invoice_id as id, open, skonto from receivables.open_item where customer_id = $1 and open > 0 order by invoice_id limit 1',
      [customer.id],
    )
    const ahead = await t.sql<{ id: string }>(
      'select id from orders.sales_order where customer_id = $1 order by id desc limit 3',
      [customer.id],
    )
    const how = random.between(0, 3)
    const input = {
      customerId: customer.id,
      amount: random.between(1, 9_000),
      receivedOn: '2026-11-24',
      method: 'transfer',
    }
    if (how === 0 && ahead.length > 0) {
      if (await attempt(recordPayment, { ...input, orderId: random.one(ahead).id, allocations: [] }))
        owe(customer.id, -input.amount)
    } else if (how === 1 && due) {
      const skonto = Math.min(due.skonto[0]?.discount ?? 0, due.open - 1)
      const amount = due.open - skonto
      const allocations = [{ invoiceId: due.id, amount, skonto }]
      if (await attempt(recordPayment, { ...input, amount, allocations })) owe(customer.id, -due.open)
    } else {
      const [before] = await t.sql<{ sum: number }>(
        'select coalesce(sum(skonto), 0)::bigint as sum from receivables.allocation',
      )
      await attempt(recordPayment, { ...input, allocations: [] })
      const [after] = await t.sql<{ sum: number }>(
        'select coalesce(sum(skonto), 0)::bigint as sum from receivables.allocation',
      )
      owe(customer.id, -input.amount - (after!.sum - before!.sum))
    }
  }
  const allocate = async () => {
    const credit = await pick<{ id: string; customer: string; left: number }>(
      'select id, customer_id as customer, "left" from receivables.credit where "left" > 0',
    )
    const [due] = await t.sql<{ id: string; open: number }>(
      'select invoice_id as id, open from receivables.open_item where customer_id = $1 and open > 0 order by invoice_id limit 1',
      [credit?.customer],
    )
    if (credit && due)
      await attempt(allocateCredit, {
        id: credit.id,
        allocations: [{ invoiceId: due.id, amount: Math.min(credit.left, due.open), skonto: 0 }],
      })
  }
  const cancel = async () => {
    const found = await pick<{ id: string }>('select id from orders.sales_order')
    if (!found) return
    const lines = await t.sql<{ lineId: string; quantity: number }>(
      'select id as "lineId", ordered - cancelled - planned - delivered as quantity from orders.order_line where order_id = $1 and ordered > cancelled + planned + delivered order by position',
      [found.id],
    )
    const part = lines.slice(0, 1).map((l) => ({ ...l, quantity: random.between(1, l.quantity) }))
    await attempt(cancelOrder, { id: found.id, reason: 'abbestellt', lines: random.between(0, 2) ? part : undefined })
  }
  const release = async () => {
    const found = await pick<{ id: string }>('select id from orders.sales_order where hold is not null')
    if (found) await attempt(releaseOrder, { id: found.id, reason: 'geht klar' })
  }
  const receive = () =>
    attempt(receiveGoods, {
      locationId: random.one([shop.warehouse, shop.branch]),
      lines: random.some(articles, 3).map((a) => ({ articleId: a.id, quantity: pieces(12) })),
    })
  const count = () =>
    attempt(correctStock, {
      locationId: random.one([shop.warehouse, shop.branch]),
      articleId: random.one(articles).id,
      counted: random.between(0, 40) * ONE,
      reason: 'Inventur',
    })
  return [
    order,
    order,
    note,
    note,
    note,
    issue,
    issue,
    issue,
    dropNote,
    bill,
    bill,
    bill,
    correct,
    payDown,
    payDown,
    goodsBack,
    goodsBack,
    goodsBack,
    undoReturn,
    inspect,
    refund,
    fileRefunds,
    moveFile,
    endRefund,
    pay,
    pay,
    allocate,
    cancel,
    release,
    receive,
    count,
  ]
}
