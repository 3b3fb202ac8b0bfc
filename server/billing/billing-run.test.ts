import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { openTestShop, type TestShop, testAddress } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { changeCustomer } from '../customers/save-customer.ts'
import { correctInvoice } from '../invoicing/index.ts'
import { findBills, findRun } from './find-runs.ts'
import { findToBill } from './find-to-bill.ts'
import { planRun, type RunWish } from './plan-run.ts'
import { findBillingSettings, runIfTime, saveBillingSettings } from './schedule-run.ts'
import { discardRun, excludeBills, startRun, stopRun } from './steer-run.ts'
import { workOnRun } from './work-on-run.ts'

vi.setConfig({ testTimeout: 40_000 })

let tresen: TestKernel
let shop: TestShop

beforeAll(async () => {
  tresen = await testKernel()
  shop = await openTestShop(tresen)
})
// whatever a test leaves to be billed is out of the way of the next
beforeEach(async () => {
  tresen.setDay('2026-11-24')
  const { id } = await planned({ everything: true, atOnce: true })
  expect((await run(id)).state).toBe('done')
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  await tresen.close()
})

const run = (id: string) => findRun(tresen.kernel.database, { id })
const billsOf = async (id: string) => (await findBills(tresen.kernel.database, { id, limit: 200 })).rows
const work = (id: string) => workOnRun(tresen.kernel, id)
async function planned(wish: Partial<RunWish> = {}) {
  const { id } = await tresen.play(planRun, { everything: false, atOnce: false, ...wish })
  await work(id)
  return { id }
}
async function start(id: string) {
  await tresen.play(startRun, { id })
  await work(id)
}
async function delivered(day: string, change: Parameters<TestShop['order']>[0] = {}) {
  tresen.setDay(day)
  const order = await shop.order(change)
  return { order, note: await shop.deliver([order.id]) }
}
const customer = (change: Parameters<TestShop['customer']>[0] = {}) => shop.customer(change)
const doubly = () =>
  tresen.sql(
    'select note_line_id from invoicing.invoice_line group by 1 having sum(quantity) > (select delivered from delivery.note_line where id = note_line_id)',
  )

describe('a run', () => {
  test('bills a month of a customer as one collective invoice, exactly as its plan said', async () => {
    const { id: customerId, number } = await customer({ billingRule: 'monthly' })
    for (const day of ['2026-10-01', '2026-10-15', '2026-10-31']) await delivered(day, { of: number })
    await delivered('2026-11-01', { of: number })
    tresen.setDay('2026-11-24')
    const { id } = await planned()
    expect(await run(id)).toMatchObject({ state: 'planned', bills: { waiting: { count: 1, gross: 35_700 } } })
    const [plan] = await billsOf(id)
    expect(plan).toMatchObject({ customerId, notes: 3, lines: 3, net: 30_000, vat: 5_700, dueOn: '2026-11-01' })
    await start(id)
    const [bill] = await billsOf(id)
    expect(bill).toMatchObject({ state: 'billed', invoice: { gross: plan!.gross } })
    expect(await run(id)).toMatchObject({ state: 'done', bills: { billed: { count: 1, gross: 35_700 } } })
  })

  test('leaves what is not due, billed by hand, or below the amount; takes all of it when told so', async () => {
    await delivered('2026-11-24', { of: (await customer({ billingRule: 'weekly' })).number })
    await delivered('2026-11-24', { of: (await customer({ billingRule: 'by-hand' })).number })
    const { number } = await customer({ billingRule: 'above-amount', billingAmount: 20_000 })
    await delivered('2026-11-23', { of: number })
    tresen.setDay('2026-11-24')
    expect(await billsOf((await planned()).id)).toEqual([])
    expect(await billsOf((await planned({ everything: true })).id)).toHaveLength(3)
    await delivered('2026-11-24', { of: number })
    expect(await billsOf((await planned()).id)).toMatchObject([{ gross: 23_800, dueOn: '2026-11-24', notes: 2 }])
  })

  test('writes one invoice per delivery, for a fortnight and for half a month (OCA 1628, 2217, 2383)', async () => {
    const rules = ['per-delivery', 'fortnightly', 'first-and-fifteenth'] as const
    for (const billingRule of rules) {
      const { number } = await customer({ billingRule })
      // a fortnight ends on 1 November 2026, half a month on the 14th
      for (const day of ['2026-11-01', '2026-11-09', '2026-11-15']) await delivered(day, { of: number })
    }
    tresen.setDay('2026-12-01')
    const bills = await billsOf((await planned()).id)
    const notes = Map.groupBy(bills, (b) => b.customerId)
    expect([...notes.values()].map((ofOne) => ofOne.map((b) => b.notes).sort())).toEqual([
      [1, 1, 1],
      [1, 2],
      [1, 2],
    ])
  })

  test('never puts two customers or ship-tos on one invoice where they are to be apart (OCA 2209, #867, #1186)', async () => {
    const { number } = await customer({ billingRule: 'monthly', invoiceGrouping: 'delivery-address' })
    await delivered('2026-10-05', { of: number })
    await delivered('2026-10-06', { of: number, deliverTo: { ...testAddress, name: 'Baustelle', city: 'Zittau' } })
    await delivered('2026-10-06', { of: number, billTo: { ...testAddress, name: 'Zentrale', city: 'Löbau' } })
    await delivered('2026-10-07', { of: (await customer({ billingRule: 'monthly' })).number })
    tresen.setDay('2026-11-24')
    const { id } = await planned()
    expect((await billsOf(id)).map((b) => b.notes)).toEqual([1, 1, 1, 1])
    await start(id)
    const mixed = await tresen.sql(
      `select l.invoice_id from invoicing.invoice_line l join delivery.note n on n.id = l.note_id join orders.sales_order o on o.id = l.order_id
        group by 1 having count(distinct n.customer_id) > 1 or count(distinct o.bill_to) > 1`,
    )
    expect(mixed).toEqual([])
  })

  test('whose grouping were wrong would be refused by the invoice and by the database', async () => {
    const [mine, theirs] = [await delivered('2026-11-20'), await delivered('2026-11-20')]
    const { id } = await planned()
    await tresen.sql(
      `update billing.bill set note_line_ids = note_line_ids || $2::uuid where run_id = $1 and $3 = any(note_line_ids)`,
      [id, theirs.note.lines[0]!.id, mine.note.lines[0]!.id],
    )
    await start(id)
    const refused = (await billsOf(id)).filter((b) => b.state === 'refused')
    expect(refused).toMatchObject([{ refusal: { code: 'different-buyers' } }])
    const [invoice] = await tresen.sql<{ id: string }>(
      `select id from invoicing.invoice where customer_id <> $1 order by id desc limit 1`,
      [mine.order.customerId],
    )
    const line = [invoice!.id, mine.note.id, mine.note.lines[0]!.id, mine.order.id, mine.order.lines[0]!.id]
    const forced = tresen.sql(
      `insert into invoicing.invoice_line select gen_random_uuid(), $1, 99, $2, $3, $4, $5, 1000, 0, 0, 0, 'S', 1900`,
      line,
    )
    await expect(forced).rejects.toThrow('an invoice is for one buyer')
  })

  test('comes to the cent to what single invoices come to, also where gross prices leave cents over (odoo 155833)', async () => {
    const article = await shop.article()
    const { number } = await customer({ billingRule: 'monthly' })
    const lines = [{ article: article.number, quantity: 3 * ONE, unitPrice: 3_300 }]
    let agreed = 0
    for (let i = 0; i < 3; i++) {
      const { order } = await delivered('2026-10-10', { of: number, channel: 'web', lines })
      agreed += order.gross
    }
    tresen.setDay('2026-11-24')
    const { id } = await planned()
    const [plan] = await billsOf(id)
    await start(id)
    const [bill] = await billsOf(id)
    expect([plan!.gross, bill!.invoice!.gross]).toEqual([agreed, agreed])
  })

  test('of thirty notes a month makes one invoice, and adding one twice is refused (erpnext 3916, 4385)', async () => {
    const { number } = await customer({ billingRule: 'monthly' })
    const article = await shop.article({ stock: 1_000 })
    for (let i = 1; i <= 30; i++)
      await delivered(`2026-10-${String(i).padStart(2, '0')}`, {
        of: number,
        lines: [{ article: article.number, quantity: ONE }],
      })
    tresen.setDay('2026-11-24')
    const [first, second] = [await planned(), await planned()]
    await start(first.id)
    await start(second.id)
    expect((await billsOf(first.id)).map((b) => [b.state, b.notes])).toEqual([['billed', 30]])
    expect((await billsOf(second.id)).map((b) => b.state)).toEqual(['gone'])
    expect(await doubly()).toEqual([])
  })
})

describe('the plan of a run', () => {
  test('is not disturbed by what is delivered meanwhile, and leaves out what was billed by hand', async () => {
    const { number } = await customer()
    const { note: byHand } = await delivered('2026-11-20', { of: number })
    const { note: mine } = await delivered('2026-11-21', { of: number })
    const { id } = await planned()
    await shop.bill([byHand.id])
    const { note: late } = await delivered('2026-11-22', { of: number })
    await start(id)
    expect((await billsOf(id)).map((b) => b.state).sort()).toEqual(['billed', 'gone'])
    const open = await tresen.sql<{ id: string }>('select id from delivery.note where billable and id = any($1)', [
      [byHand.id, mine.id, late.id],
    ])
    expect(open).toEqual([{ id: late.id }])
  })

  test('can leave invoices out with a reason; they stay on the list and can be taken in again', async () => {
    const [a, b] = [await delivered('2026-11-20'), await delivered('2026-11-20')]
    const { id } = await planned()
    const [first, second] = await billsOf(id)
    const reason = 'Kunde reklamiert'
    await tresen.play(excludeBills, { id, billIds: [first!.id, second!.id], reason })
    await tresen.play(excludeBills, { id, billIds: [second!.id], reason: null })
    await start(id)
    expect((await billsOf(id)).map((x) => [x.state, x.reason])).toEqual([
      ['excluded', reason],
      ['billed', null],
    ])
    const [left] = await tresen.sql('select id from delivery.note where billable and id = any($1)', [
      [a.note.id, b.note.id],
    ])
    expect(left).toBeDefined()
    expect(await refusalOf(tresen.play(excludeBills, { id, billIds: [first!.id], reason: null }))).toBe('run-state')
  })

  test('given up bills nothing', async () => {
    await delivered('2026-11-20')
    const { id } = await planned()
    await tresen.play(discardRun, { id })
    await work(id)
    expect((await billsOf(id)).map((b) => b.state)).toEqual(['waiting'])
    expect(await refusalOf(tresen.play(startRun, { id }))).toBe('run-state')
  })
})

describe('whatever happens in the middle of a run', () => {
  test('one customer whose invoice is refused is kept with the reason and does not stop the others', async () => {
    const bad = await customer({ vatTreatment: 'intra-community', billTo: { ...testAddress, country: 'AT' } })
    await delivered('2026-11-20')
    await delivered('2026-11-20', { of: bad.number })
    await delivered('2026-11-20')
    const { id } = await planned()
    await start(id)
    const bills = await billsOf(id)
    expect(bills.map((b) => b.state)).toEqual(['refused', 'billed', 'billed'])
    // an intra-community supply without the buyer's VAT id breaks a rule
    expect(bills[0]!.refusal).toMatchObject({ code: 'invoice-rules' })
    expect((await run(id)).state).toBe('done')
    await tresen.play(changeCustomer, { id: bad.id, vatId: 'ATU12345678' })
  })

  test('a fault between the invoice and its mark leaves neither, and the run goes on where it was', async () => {
    for (let i = 0; i < 6; i++) await delivered('2026-11-20')
    const { id } = await planned()
    await tresen.sql(
      `create function billing.die() returns trigger language plpgsql as $$ begin
         if (select count(*) from billing.bill where run_id = new.run_id and state = 'billed') >= 2 then raise exception 'power cut' using errcode = '57P01'; end if; return new; end $$`,
    )
    await tresen.sql(
      `create trigger die before update on billing.bill for each row when (new.state = 'billed') execute function billing.die()`,
    )
    await tresen.play(startRun, { id })
    await expect(work(id)).rejects.toThrow('power cut')
    const half = (await billsOf(id)).filter((b) => b.state === 'billed').length
    expect(half).toBeGreaterThan(0)
    expect(half).toBeLessThan(6)
    await tresen.sql('drop function billing.die cascade')
    await work(id)
    expect(await run(id)).toMatchObject({ state: 'done', bills: { billed: { count: 6 }, waiting: { count: 0 } } })
    expect(await doubly()).toEqual([])
  })

  test('a fault in one invoice is noted like a refusal, with a reference, and does not stop the others', async () => {
    const [{ order }] = [await delivered('2026-11-20'), await delivered('2026-11-20')]
    const { id } = await planned()
    await tresen.sql(
      `create function invoicing.die() returns trigger language plpgsql as $$ begin
         if new.customer_id = '${order.customerId}' then raise exception 'a fault'; end if; return new; end $$`,
    )
    await tresen.sql(
      'create trigger die before insert on invoicing.invoice for each row execute function invoicing.die()',
    )
    await start(id)
    await tresen.sql('drop function invoicing.die cascade')
    const bills = await billsOf(id)
    expect(bills.map((b) => b.state)).toEqual(['refused', 'billed'])
    expect(bills[0]!.refusal).toEqual({ code: 'fault', facts: { reference: bills[0]!.id } })
  })

  test('two processes on one run, and two runs over the same deliveries, bill nothing twice', async () => {
    for (let i = 0; i < 8; i++) await delivered('2026-11-20')
    const runs = [await planned(), await planned()]
    for (const { id } of runs) await tresen.play(startRun, { id })
    await Promise.all([...runs, ...runs].map(({ id }) => work(id)))
    const states = (await Promise.all(runs.map(({ id }) => billsOf(id)))).flat().map((b) => b.state)
    expect(states.filter((s) => s === 'billed')).toHaveLength(8)
    expect(states.filter((s) => s === 'gone')).toHaveLength(8)
    expect(await doubly()).toEqual([])
  })

  test('stopped it leaves the rest waiting, and goes on when it is started again', async () => {
    for (let i = 0; i < 3; i++) await delivered('2026-11-20')
    const { id } = await planned()
    await tresen.play(startRun, { id })
    await tresen.play(stopRun, { id })
    await work(id)
    expect(await run(id)).toMatchObject({ state: 'stopped', bills: { waiting: { count: 3 } } })
    await start(id)
    expect(await run(id)).toMatchObject({ state: 'done', bills: { billed: { count: 3 } } })
  })
})

describe('the list to bill', () => {
  const list = (show: 'all' | 'due', today = '2026-11-24') =>
    findToBill(tresen.kernel.database, { limit: 50, show }, today)

  test('says per customer what waits since when, when it is due, and what of it today', async () => {
    const { id, number } = await customer({ billingRule: 'monthly' })
    await delivered('2026-10-31', { of: number })
    await delivered('2026-11-02', { of: number })
    await delivered('2026-11-20', { of: (await customer({ billingRule: 'monthly' })).number })
    const { rows } = await list('all')
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({
      customerId: id,
      since: '2026-10-31',
      dueOn: '2026-11-01',
      notes: 2,
      gross: 23_800,
      dueGross: 11_900,
      dueInvoices: 1,
    })
    expect((await list('due')).rows.map((r) => r.customerId)).toEqual([id])
    expect((await list('due', '2026-12-01')).rows).toHaveLength(2)
  })

  test('has again what a correction took back', async () => {
    const { note, order } = await delivered('2026-11-20')
    const invoice = await shop.bill([note.id])
    expect((await list('all')).rows).toEqual([])
    await tresen.play(correctInvoice, { id: invoice.id, reason: 'falsch' })
    expect((await list('all')).rows).toMatchObject([{ customerId: order.customerId, gross: 11_900 }])
  })
})

describe('the run of the morning', () => {
  const scheduled = () => tresen.sql<{ id: string; day: string }>('select id, day from billing.run where scheduled')

  test('comes once a day however many processes look, from the day after it was switched on too late', async () => {
    await delivered('2026-11-20')
    tresen.setDay('2026-11-24') // noon
    await tresen.play(saveBillingSettings, { scheduled: true, hour: 5 })
    await runIfTime(tresen.kernel)
    expect(await scheduled()).toEqual([])
    tresen.setDay('2026-11-25')
    await Promise.all([1, 2, 3, 4].map(() => runIfTime(tresen.kernel)))
    const [only, ...others] = await scheduled()
    expect(others).toEqual([])
    await work(only!.id)
    expect(await run(only!.id)).toMatchObject({ state: 'done', day: '2026-11-25', bills: { billed: { count: 1 } } })
    expect(await findBillingSettings(tresen.kernel.database)).toEqual({
      scheduled: true,
      hour: 5,
      lastRunOn: '2026-11-25',
    })
    await tresen.play(saveBillingSettings, { scheduled: false, hour: 5 })
    tresen.setDay('2026-11-26')
    await runIfTime(tresen.kernel)
    expect(await scheduled()).toHaveLength(1)
  })
})
