import { mulDiv } from '../../common/money.ts'
import type { NewOrderInput } from '../../common/orders/api.ts'
import { amountOf } from '../../common/quantity.ts'
import { articleOf, type BasketLine, basketOf } from './baskets.ts'
import { add, type Book, deliver, invoice, order, parcel, pay, type Wish, workday } from './history-book.ts'

/** Consumers buy in the web shop and pay before the goods leave, or to the driver. */
export function addConsumerOrders(book: Book): void {
  for (const [ago, customer] of [
    [41, 43],
    [29, 47],
    [17, 50],
    [10, 45],
  ] as const) {
    invoice(book, ago - 2, [deliver(book, ago - 2, [prepaid(book, ago, customer)])])
  }
  deliver(book, 3, [prepaid(book, 5, 52)])
  prepaid(book, 1, 44)
  prepaid(book, 1, 54)
  prepaid(book, 2, 48, [{ article: 'AKKU-STAE-18', quantity: 1000 }])
  const toDriver = webOrder(book, { ago: 14, customer: 53, paymentMethod: 'cash-on-delivery' })
  pay(book, 11, invoice(book, 12, [deliver(book, 12, [toDriver])]), 'whole', 'cash')
  webOrder(book, { ago: 3, customer: 46, paymentMethod: 'prepayment', onHold: true })
  webOrder(book, { ago: 1, customer: 51, paymentMethod: 'prepayment', onHold: true })
  const never = webOrder(book, { ago: 21, customer: 49, paymentMethod: 'prepayment', onHold: true })
  add(book, 7, { kind: 'cancel', order: never, reason: 'Vorkasse nach 14 Tagen nicht eingegangen' })
}

/** As the shop sends it: its own prices, VAT included, and its own total. */
function webOrder(
  book: Book,
  wish: Wish,
  goods = basketOf(book.random, 'household', book.random.between(1, 3)),
): string {
  const { lines, gross } = priced(goods)
  return order(book, { ...wish, channel: 'web-shop', lines, more: { ...wish.more, totals: { gross } } })
}

function prepaid(book: Book, ago: number, customer: number, missing: BasketLine[] = []): string {
  const goods = [...basketOf(book.random, 'household', book.random.between(1, 3)), ...missing]
  const paidOn = workday(book.today, ago)
  const payment = { amount: priced(goods).gross, reference: `ZV-${book.random.between(100_000, 999_999)}`, paidOn }
  return webOrder(
    book,
    { ago, customer, paymentMethod: 'prepayment', backordered: missing.length > 0, more: { prepaid: payment } },
    goods,
  )
}

function priced(goods: readonly BasketLine[]): { lines: NewOrderInput['lines']; gross: number } {
  const lines = [...goods.map((line) => ({ ...line, unitPrice: shopPrice(line.article) })), parcel]
  return { lines, gross: lines.reduce((sum, line) => sum + amountOf(line.quantity, line.unitPrice), 0) }
}

/** List price with VAT, in whole cents as a shop shows it. */
function shopPrice(number: string): number {
  const { listPrice, vatClass } = articleOf(number)
  return mulDiv(listPrice!, vatClass === 'reduced' ? 107 : 119, 10_000) * 100
}
