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

interface Reserved {
  location: string
  quantity: number
}

/** Plays reservation, goods issue and goods receipt; says where the plan expects something else than happens. */
function surprisesInStock(plan: HistoryStep[]): string[] {
  const free = new Map(demoStock().map((s) => [`${s.article} ${s.location}`, s.quantity]))
  const reserved = new Map<string, Reserved[]>()
  const waiting: { order: string; line: number; article: string; quantity: number }[] = []
  const surprises: string[] = []
  const reserve = (key: string, article: string, location: string, quantity: number) => {
    free.set(`${article} ${location}`, (free.get(`${article} ${location}`) ?? 0) - quantity)
    reserved.set(key, [...(reserved.get(key) ?? []), { location, quantity }])
  }
  const place = (step: OrderStep) => {
    const codes = channels
      .find((c) => c.code === step.order.channel)!
      .locations.map((id) => locations.find((l) => l.id === id)!.code)
    const goods = step.order.lines.flatMap((l, i) =>
      l.article ? [{ line: i + 1, article: l.article, quantity: l.quantity }] : [],
    )
    const at = (article: string, location: string) => free.get(`${article} ${location}`) ?? 0
    const reachable = (g: { article: string; quantity: number }) =>
      Math.min(
        g.quantity,
        codes.reduce((sum, c) => sum + at(g.article, c), 0),
      )
    const location = codes.find((c) => goods.every((g) => at(g.article, c) >= reachable(g)))
    if (location === undefined) return surprises.push(`${step.ref} is spread over several locations`)
    if (goods.some((g) => reachable(g) < g.quantity) !== step.expected.backordered)
      surprises.push(`${step.ref} waits, or does not`)
    for (const g of goods) {
      const quantity = reachable(g)
      if (quantity > 0) reserve(`${step.ref} ${g.line}`, g.article, location, quantity)
      if (quantity < g.quantity)
        waiting.push({ order: step.ref, line: g.line, article: g.article, quantity: g.quantity - quantity })
    }
  }
  const issue = (step: Extract<HistoryStep, { kind: 'deliver' }>) => {
    const keys =
      step.part?.map((p) => `${p.order} ${p.line}`) ??
      [...reserved.keys()].filter((key) => step.orders.includes(key.split(' ')[0]!))
    const taken = keys.map((key) => ({
      key,
      quantity: step.part?.find((p) => `${p.order} ${p.line}` === key)?.quantity,
      of: reserved.get(key) ?? [],
    }))
    if (taken.length === 0 || new Set(taken.flatMap((t) => t.of.map((r) => r.location))).size !== 1)
      surprises.push(`${step.ref} finds nothing, or at several locations`)
    for (const { key, quantity, of } of taken) {
      const held = of.reduce((sum, r) => sum + r.quantity, 0)
      const left = held - (quantity ?? held)
      if (left < 0) surprises.push(`${step.ref} delivers more than is there`)
      if (left > 0) reserved.set(key, [{ location: of[0]!.location, quantity: left }])
      else reserved.delete(key)
    }
  }
  const receive = (step: Extract<HistoryStep, { kind: 'goods-receipt' }>) => {
    for (const { article, quantity } of step.lines) {
      free.set(`${article} ${step.location}`, (free.get(`${article} ${step.location}`) ?? 0) + quantity)
      for (const w of waiting.filter((w) => w.article === article)) {
        const filled = Math.min(w.quantity, free.get(`${article} ${step.location}`)!)
        w.quantity -= filled
        if (filled > 0) reserve(`${w.order} ${w.line}`, article, step.location, filled)
      }
    }
  }
  for (const step of plan) {
    if (step.kind === 'order') place(step)
    if (step.kind === 'deliver') issue(step)
    if (step.kind === 'goods-receipt') receive(step)
    if (step.kind === 'cancel' && !step.part)
      for (const key of reserved.keys()) if (key.startsWith(`${step.order} `)) reserved.delete(key)
  }
  return surprises
}

/** Compares what a customer ordered on account up to each order, at his price and with VAT, with his limit. */
function surprisesInCredit(plan: HistoryStep[]): string[] {
  const ordered = new Map<string, number>()
  return plan.flatMap((step) => {
    if (step.kind !== 'order' || step.order.paymentMethod !== 'on-delivery-note') return []
    const customer = customers.get(step.order.customer.customerNumber!)!
    const sum = (ordered.get(customer.number!) ?? 0) + grossOf(step, customer.priceGroup)
    ordered.set(customer.number!, sum)
    const held = sum > customer.creditLimit || customer.blocked || !customer.mayBuyOnDeliveryNote
    const overdue = customer.number === 'K-10060' && step.expected.outcome === 'on-hold'
    return held || overdue
      ? step.expected.outcome === 'on-hold'
        ? []
        : [`${step.ref} ${customer.name}`]
      : step.expected.outcome === 'accepted'
        ? []
        : [step.ref]
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
