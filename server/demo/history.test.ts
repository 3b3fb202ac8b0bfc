import { describe, expect, test } from 'vitest'
import { addDays } from '../../common/dates.ts'
import { newOrder } from '../../common/orders/api.ts'
import { demoArticles, demoCustomers, demoHistory, demoMerchant, type HistoryStep } from './index.ts'

const plan = demoHistory('2026-11-24')
const of = <K extends HistoryStep['kind']>(kind: K) =>
  plan.filter((s) => s.kind === kind) as Extract<HistoryStep, { kind: K }>[]
const [orders, notes, invoices] = [of('order'), of('deliver'), of('invoice')]

describe('the history of the demo', () => {
  test('is about ninety orders of the last weeks, the same each time for the same day', () => {
    expect(orders.length).toBeGreaterThanOrEqual(85)
    expect(orders.length).toBeLessThanOrEqual(100)
    expect(demoHistory('2026-11-24')).toEqual(plan)
    expect(plan.map((s) => s.at)).toEqual(plan.map((s) => s.at).toSorted())
    expect(plan.every((s) => s.at >= '2026-09-01' && s.at < '2026-11-24')).toBe(true)
  })

  test('happens on working days', () => {
    const weekdays = [0, 1, 2, 3, 4, 5, 6].flatMap((later) =>
      demoHistory(addDays('2026-11-24', later)).map((s) => new Date(s.at).getUTCDay()),
    )
    expect([...new Set(weekdays)].toSorted()).toEqual([1, 2, 3, 4, 5])
  })

  test('orders what order intake takes: known customers, channels and articles still sold, no article twice in an order', () => {
    const [numbers, codes] = [demoCustomers().map((c) => c.number), demoMerchant().channels.map((c) => c.code)]
    const sold = new Set(
      demoArticles()
        .filter((a) => a.active)
        .map((a) => a.number),
    )
    for (const { ref, order } of orders) {
      const { channel, customer, lines } = newOrder.parse(order)
      const articles = lines.flatMap((l) => (l.kind === 'goods' ? [l.article!] : []))
      expect(numbers, ref).toContain(customer.customerNumber)
      expect(codes, ref).toContain(channel)
      expect(
        articles.filter((a) => !sold.has(a)),
        ref,
      ).toEqual([])
      expect(new Set(articles).size, ref).toBe(articles.length)
    }
    const external = orders.flatMap((o) => o.order.externalNumber ?? [])
    expect(new Set(external).size).toBe(orders.filter((o) => o.order.channel === 'web-shop').length)
  })

  test('receives goods of known articles at known stock locations', () => {
    const [sold, codes] = [demoArticles().map((a) => a.number), demoMerchant().locations.map((l) => l.code)]
    for (const receipt of of('goods-receipt')) {
      expect(codes).toContain(receipt.location)
      expect(receipt.lines.filter((l) => !sold.includes(l.article))).toEqual([])
    }
  })

  test('refers only to what happened before', () => {
    const known = new Set<string>()
    for (const step of plan) {
      expect(
        referencesOf(step).filter((ref) => !known.has(ref)),
        JSON.stringify(step),
      ).toEqual([])
      if ('ref' in step) known.add(step.ref)
    }
  })

  test('puts orders on one note only for one customer, one channel and one address', () => {
    for (const note of notes) {
      const joined = orders
        .filter((o) => note.orders.includes(o.ref))
        .map(({ order }) => [order.channel, order.customer, order.deliverTo])
      expect(joined).toEqual(joined.map(() => joined[0]))
    }
  })

  test('invoices one customer and one price mode at a time, and a note again only after a correction', () => {
    const corrected = of('correct').map((s) => s.invoice)
    const current = invoices.filter((i) => !corrected.includes(i.ref)).flatMap((i) => i.notes)
    expect(new Set(current).size).toBe(current.length)
    for (const invoice of invoices) {
      const billed = ordersOfInvoice(invoice)
      expect(new Set(billed.map((o) => o.order.customer.customerNumber)).size).toBe(1)
      expect(new Set(billed.map((o) => o.order.channel === 'web-shop')).size).toBe(1)
    }
  })

  test('pays what is open, takes Skonto in time, and corrects only what nobody paid', () => {
    const [paid, corrected] = [of('pay'), of('correct')]
    expect(paid.filter((p) => corrected.some((c) => c.invoice === p.invoice))).toEqual([])
    expect(new Set(paid.map((p) => p.invoice)).size).toBe(paid.length)
    expect(['whole', 'partial', 'with-skonto', 'too-much'].filter((how) => !paid.some((p) => p.how === how))).toEqual(
      [],
    )
    for (let later = 0; later < 7; later++) expect(lateSkonto(demoHistory(addDays('2026-11-24', later)))).toEqual([])
  })

  test('shows collective invoices, one note over two orders, corrections, releases and cancellations', () => {
    expect(invoices.filter((i) => i.notes.length >= 4)).toHaveLength(2)
    expect(notes.filter((n) => n.orders.length === 2)).toHaveLength(2)
    expect([of('correct').length, of('release').length, of('cancel').length]).toEqual([3, 3, 4])
    expect(orders.filter((o) => o.order.prepaid).length).toBeGreaterThanOrEqual(8)
  })
})

function referencesOf(step: HistoryStep): string[] {
  const parts = 'part' in step && step.part ? step.part.map((p) => p.order) : []
  if (step.kind === 'deliver') return [...step.orders, ...parts]
  if (step.kind === 'invoice') return step.notes
  if (step.kind === 'pay' || step.kind === 'correct') return [step.invoice]
  if (step.kind === 'release' || step.kind === 'cancel') return [step.order, ...parts]
  return []
}

function ordersOfInvoice(invoice: { notes: string[] }, all = plan) {
  const refs = all.flatMap((s) => (s.kind === 'deliver' && invoice.notes.includes(s.ref) ? s.orders : []))
  return all.flatMap((s) => (s.kind === 'order' && refs.includes(s.ref) ? [s] : []))
}

/** Payments with Skonto on a day when the customer's terms no longer give any. */
function lateSkonto(all: HistoryStep[]): string[] {
  const customers = new Map(demoCustomers().map((c) => [c.number!, c]))
  return all.flatMap((step) => {
    if (step.kind !== 'pay' || step.how !== 'with-skonto') return []
    const invoice = all.find((s) => s.kind === 'invoice' && s.ref === step.invoice)!
    const buyer = invoice.kind === 'invoice' ? ordersOfInvoice(invoice, all)[0]!.order.customer.customerNumber! : ''
    const days = customers.get(buyer)!.paymentTerms.skonto[0]?.days ?? 0
    return step.at <= addDays(invoice.at, days) ? [] : [step.invoice]
  })
}
