import { describe, expect, test } from 'vitest'
import { addDays, type Day } from '../../common/dates.ts'
import { amountOf } from '../../common/quantity.ts'
import {
  demoArticles,
  demoCustomers,
  demoHistory,
  demoMerchant,
  demoStock,
  type HistoryStep,
  type OrderStep,
} from './index.ts'

const articles = new Map(demoArticles().map((a) => [a.number, a]))
const customers = new Map(demoCustomers().map((c) => [c.number!, c]))
const { locations, channels, merchant } = demoMerchant()
/** held at his second order because the first is overdue */
const latePayer = 'K-10060'
const week = [0, 1, 2, 3, 4, 5, 6].map((later) => demoHistory(addDays('2026-11-24', later)))

describe('the history of the demo can be played through', () => {
  test('every order finds all its goods at one location, unless it is meant to wait', () => {
    for (const plan of week) expect(surprisesInStock(plan)).toEqual([])
  })
  test('nobody is held for credit who is not meant to be, even if he never paid', () => {
    for (const plan of week) expect(surprisesInCredit(plan)).toEqual([])
  })
  test('nobody orders on account with an invoice overdue beyond the limit, unless he is meant to be held', () => {
    for (const plan of week) expect(overdueBuyers(plan)).toEqual([])
  })
})

interface Warehouse {
  /** by article and location */
  free: Map<string, number>
  /** by order and line */
  reserved: Map<string, { location: string; quantity: number }>
  waiting: { key: string; article: string; quantity: number }[]
  surprises: string[]
}

/** Plays reservation, goods issue and goods receipt; says where the plan expects something else than happens. */
function surprisesInStock(plan: HistoryStep[]): string[] {
  const free = new Map(demoStock().map((s) => [`${s.article} ${s.location}`, s.quantity]))
  const warehouse: Warehouse = { free, reserved: new Map(), waiting: [], surprises: [] }
  for (const step of plan) {
    if (step.kind === 'order') putAside(warehouse, step)
    if (step.kind === 'deliver') handOut(warehouse, step)
    if (step.kind === 'goods-receipt') receive(warehouse, step)
    if (step.kind === 'cancel' && !step.part)
      for (const key of keysOf(warehouse, [step.order])) warehouse.reserved.delete(key)
  }
  return warehouse.surprises
}

function putAside({ free, reserved, waiting, surprises }: Warehouse, { ref, order, expected }: OrderStep): void {
  const ids = channels.find((c) => c.code === order.channel)!.locations
  const codes = ids.map((id) => locations.find((l) => l.id === id)!.code)
  const at = (article: string, code: string) => free.get(`${article} ${code}`) ?? 0
  const goods = order.lines.flatMap((l, i) =>
    l.article ? [{ key: `${ref} ${i + 1}`, article: l.article, quantity: l.quantity }] : [],
  )
  const wanted = goods.map((g) => ({
    ...g,
    there: Math.min(
      g.quantity,
      codes.reduce((sum, c) => sum + at(g.article, c), 0),
    ),
  }))
  const location = codes.find((c) => wanted.every((g) => at(g.article, c) >= g.there))
  if (location === undefined) surprises.push(`${ref} is spread over several locations`)
  if (wanted.some((g) => g.there < g.quantity) !== expected.backordered) surprises.push(`${ref} waits, or does not`)
  for (const { key, article, quantity, there } of wanted) {
    free.set(`${article} ${location}`, at(article, location!) - there)
    if (there > 0) reserved.set(key, { location: location!, quantity: there })
    if (there < quantity) waiting.push({ key, article, quantity: quantity - there })
  }
}

function handOut(warehouse: Warehouse, step: Extract<HistoryStep, { kind: 'deliver' }>): void {
  const { reserved, surprises } = warehouse
  const all = keysOf(warehouse, step.orders).map((key) => ({ key, quantity: reserved.get(key)!.quantity }))
  const taken = step.part?.map((p) => ({ key: `${p.order} ${p.line}`, quantity: p.quantity })) ?? all
  if (new Set(taken.map((t) => reserved.get(t.key)?.location)).size !== 1)
    surprises.push(`${step.ref} finds nothing, or at several locations`)
  for (const { key, quantity } of taken) {
    const held = reserved.get(key)
    if (held === undefined || held.quantity < quantity) surprises.push(`${step.ref} delivers more than is there`)
    if (held && held.quantity > quantity) held.quantity -= quantity
    else reserved.delete(key)
  }
}

function receive(
  { free, reserved, waiting }: Warehouse,
  { location, lines }: Extract<HistoryStep, { kind: 'goods-receipt' }>,
): void {
  for (const { article, quantity } of lines) {
    let left = quantity
    for (const order of waiting.filter((w) => w.article === article)) {
      const filled = Math.min(order.quantity, left)
      left -= filled
      order.quantity -= filled
      if (filled > 0) reserved.set(order.key, { location, quantity: filled + (reserved.get(order.key)?.quantity ?? 0) })
    }
    free.set(`${article} ${location}`, (free.get(`${article} ${location}`) ?? 0) + left)
  }
}

function keysOf({ reserved }: Warehouse, orders: string[]): string[] {
  return [...reserved.keys()].filter((key) => orders.includes(key.split(' ')[0]!))
}

/** Compares what a customer ordered on account up to each order, at his price and with VAT, with his limit. */
function surprisesInCredit(plan: HistoryStep[]): string[] {
  const ordered = new Map<string, number>()
  return plan.flatMap((step) => {
    if (step.kind !== 'order' || step.order.paymentMethod !== 'on-delivery-note') return []
    const customer = customers.get(step.order.customer.customerNumber!)!
    const sum = (ordered.get(customer.number!) ?? 0) + grossOf(step, customer.priceGroup)
    ordered.set(customer.number!, sum)
    const late = customer.number === latePayer && step.expected.outcome === 'on-hold'
    const held = late || sum > customer.creditLimit || customer.blocked || !customer.mayBuyOnDeliveryNote
    return held === (step.expected.outcome === 'on-hold') ? [] : [`${step.ref} ${customer.name}`]
  })
}

function grossOf(step: OrderStep, priceGroup: string): number {
  return step.order.lines.reduce((sum, line) => {
    const article = articles.get(line.article ?? '')
    const reached = article?.prices.filter((p) => p.priceGroup === priceGroup && p.fromQuantity <= line.quantity).at(-1)
    return sum + Math.ceil(amountOf(line.quantity, reached?.price ?? article?.listPrice ?? line.unitPrice!) * 1.19)
  }, 0)
}

function overdueBuyers(plan: HistoryStep[]): string[] {
  const dueOf = new Map<string, { customer: string; due: Day }>()
  const found: string[] = []
  for (const step of plan) {
    if (step.kind === 'invoice') {
      const order = orderOf(plan, step.notes[0]!)
      const customer = customers.get(order.order.customer.customerNumber!)!
      dueOf.set(step.ref, { customer: customer.number!, due: addDays(step.at, customer.paymentTerms.netDays) })
    }
    if (step.kind === 'correct' || (step.kind === 'pay' && step.how !== 'partial')) dueOf.delete(step.invoice)
    if (
      step.kind === 'order' &&
      step.order.paymentMethod === 'on-delivery-note' &&
      step.expected.outcome === 'accepted'
    ) {
      const late = [...dueOf.values()].filter(
        (d) => d.customer === step.order.customer.customerNumber && addDays(d.due, merchant.overdueDaysLimit) < step.at,
      )
      if (late.length > 0) found.push(step.ref)
    }
  }
  return found
}

function orderOf(plan: HistoryStep[], note: string): OrderStep {
  const delivered = plan.find((s) => s.kind === 'deliver' && s.ref === note)
  const ref = delivered?.kind === 'deliver' ? delivered.orders[0] : undefined
  return plan.find((s): s is HistoryStep & OrderStep => s.kind === 'order' && s.ref === ref)!
}
