import type { NewCustomer } from '../../common/customers/api.ts'
import { addDays, type Day } from '../../common/dates.ts'
import type { NewOrderInput } from '../../common/orders/api.ts'
import { type BasketLine, basketOf, type Trade, trades } from './baskets.ts'
import { demoCustomers } from './customers.ts'
import type { HistoryStep, PartOfOrder, PayStep, Ref, Step } from './history-steps.ts'
import { type Random, randomFrom } from './random.ts'

/** The plan while it is written. Days are told as "so many days ago". */
export interface Book {
  today: Day
  random: Random
  steps: HistoryStep[]
  refs: Map<string, number>
}

export const openBook = (today: Day): Book => ({ today, random: randomFrom(20_260_117), steps: [], refs: new Map() })

const customers = new Map(demoCustomers().map((c) => [c.number!, c]))
/** The nth customer of the list. */
export const customerOf = (count: number): NewCustomer => customers.get(`K-${10_000 + count}`)!

/** Nobody works at weekends here: what would fall on one was done on the Friday before. */
export function workday(today: Day, ago: number): Day {
  const day = addDays(today, -ago)
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return addDays(day, weekday === 0 ? -2 : weekday === 6 ? -1 : 0)
}

/** Writes a step down. */
export function add(book: Book, ago: number, step: Step): void {
  book.steps.push({ at: workday(book.today, ago), ...step })
}

function newRef(book: Book, letter: string): Ref {
  const count = (book.refs.get(letter) ?? 0) + 1
  book.refs.set(letter, count)
  return `${letter}-${String(count).padStart(3, '0')}`
}

/** What the web shop charges for a parcel, VAT included. */
export const parcel = { kind: 'shipping', name: 'Versand als Paket', quantity: 1000, unitPrice: 59_000 } as const

export interface Wish {
  ago: number
  /** the nth customer of the list */
  customer: number
  channel?: 'web-shop' | 'bautzen' | 'cottbus' | 'phone'
  lines?: NewOrderInput['lines']
  paymentMethod?: NewOrderInput['paymentMethod']
  /** the nth delivery address of the customer */
  deliverTo?: number
  more?: Partial<NewOrderInput>
  onHold?: boolean
  backordered?: boolean
}

/** An order is placed; without lines, what the customer's trade usually buys. */
export function order(book: Book, wish: Wish): Ref {
  const { random } = book
  const at = workday(book.today, wish.ago)
  const customer = customerOf(wish.customer)
  const channel = wish.channel ?? random.one(['phone', 'phone', 'phone', 'web-shop', 'bautzen', 'cottbus'] as const)
  const hour = String(random.between(5, 14)).padStart(2, '0')
  const minute = String(random.between(0, 59)).padStart(2, '0')
  const ref = newRef(book, 'order')
  add(book, wish.ago, {
    kind: 'order',
    ref,
    order: {
      channel,
      customer: { customerNumber: customer.number },
      orderedAt: `${at}T${hour}:${minute}:00Z`,
      paymentMethod: wish.paymentMethod ?? 'on-delivery-note',
      lines: wish.lines ?? [...usualLines(book, wish.customer), ...(channel === 'web-shop' ? [parcel] : [])],
      ...(wish.deliverTo === undefined ? {} : { deliverTo: customer.deliverTo[wish.deliverTo] }),
      ...(random.between(1, 3) === 1 && customer.kind === 'company'
        ? { buyerOrderNumber: buyersNumber(random, at) }
        : {}),
      ...wish.more,
    },
    expected: { outcome: wish.onHold ? 'on-hold' : 'accepted', backordered: wish.backordered ?? false },
  })
  return ref
}

export function usualLines(book: Book, customer: number, count = book.random.between(2, 6)): BasketLine[] {
  const trade = (Object.keys(trades) as Trade[]).find((t) =>
    (trades[t].customers as readonly number[]).includes(customer),
  )
  return basketOf(book.random, trade ?? 'building', count)
}

function buyersNumber(random: Random, at: Day): string {
  const count = random.between(100, 999)
  return random.one([
    `B${at.slice(2, 4)}-${count}`,
    `BV ${random.one(['Schulhaus', 'Uferbogen', 'Halle 7', 'Musterpark'])} / ${count}`,
    `45000${count}`,
  ])
}

const parcelService = 'Neißekurier'

/** A delivery note with its goods issue. */
export function deliver(book: Book, ago: number, orders: Ref[], part?: PartOfOrder[]): Ref {
  const ref = newRef(book, 'note')
  const byParcel = book.random.between(1, 5) > 2
  const trackingNumber = `NK${book.random.between(10_000_000, 99_999_999)}`
  add(book, ago, {
    kind: 'deliver',
    ref,
    orders,
    ...(part ? { part } : {}),
    parcels: book.random.between(1, 4),
    ...(byParcel ? { carrier: parcelService, trackingNumber } : { carrier: 'eigener Lkw' }),
  })
  return ref
}

/** The first part of an order: half of its first line and the whole second one. */
export function firstPart(book: Book, ref: Ref): PartOfOrder[] {
  const placed = book.steps.find((s) => s.kind === 'order' && s.ref === ref)
  const lines = placed?.kind === 'order' ? placed.order.lines : []
  const half = Math.floor(lines[0]!.quantity / 2000) * 1000
  const first = half > 0 ? [{ order: ref, line: 1, quantity: half }] : []
  return [...first, { order: ref, line: 2, quantity: lines[1]!.quantity }]
}

export function invoice(book: Book, ago: number, notes: Ref[], lines?: number[]): Ref {
  const ref = newRef(book, 'invoice')
  add(book, ago, { kind: 'invoice', ref, notes, ...(lines ? { lines } : {}) })
  return ref
}

export function pay(
  book: Book,
  ago: number,
  invoiceRef: Ref,
  how: PayStep['how'],
  method: PayStep['method'] = 'transfer',
): void {
  add(book, ago, { kind: 'pay', invoice: invoiceRef, how, method })
}
