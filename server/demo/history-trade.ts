import { trades } from './baskets.ts'
import { type Book, customerOf, deliver, firstPart, invoice, order, pay } from './history-book.ts'

/** What happens to most orders of tradesmen: from the order to the payment, as far as each has come. */
export function addTradeOrders(book: Book): void {
  const regulars = queueOf(book)
  const from = (least: number, most: number) => book.random.between(least, most)
  times(8, () => paid(book, regulars(), from(26, 52)))
  times(5, () => paidWithSkonto(book, regulars(hasSkonto), from(20, 48)))
  times(5, () => invoiced(book, regulars(), from(3, 9)))
  times(3, () => overdue(book, regulars(hasShortTerms)))
  times(3, () => pay(book, 6, invoiced(book, regulars(), from(18, 26)), 'partial'))
  times(2, () => pay(book, 8, invoiced(book, regulars(), from(18, 32)), 'too-much'))
  times(4, () => delivered(book, regulars(), from(2, 9)))
  times(3, () => partlyDelivered(book, regulars(), from(5, 10)))
  times(2, () => invoice(book, 4, [partlyDelivered(book, regulars(), from(7, 12)).note]))
  times(2, () => deliveredTwiceInvoicedOnce(book, regulars()))
  invoice(book, 3, [delivered(book, regulars(), 6)], [1])
  times(5, () => order(book, { ago: from(1, 4), customer: regulars() }))
}

function times(count: number, story: () => void): void {
  for (let i = 0; i < count; i++) story()
}

/** The regular customers one after another, so that nobody orders beyond his limit. */
function queueOf(book: Book): (fits?: (customer: number) => boolean) => number {
  const all = Object.values(trades).flatMap((trade) => [...trade.customers])
  let waiting: number[] = []
  return (fits = () => true) => {
    if (!waiting.some(fits)) waiting = [...waiting, ...book.random.some(all, all.length)]
    return waiting.splice(waiting.findIndex(fits), 1)[0]!
  }
}

const hasSkonto = (customer: number) => customerOf(customer).paymentTerms.skonto.length > 0
const hasShortTerms = (customer: number) => customerOf(customer).paymentTerms.netDays <= 21

function delivered(book: Book, customer: number, ago: number): string {
  return deliver(book, ago - book.random.between(0, 2), [order(book, { ago, customer })])
}

function invoiced(book: Book, customer: number, ago: number): string {
  return invoice(book, ago - 3, [delivered(book, customer, ago)])
}

function paid(book: Book, customer: number, ago: number): void {
  const method = book.random.one(['transfer', 'transfer', 'transfer', 'direct-debit'] as const)
  pay(book, ago - 3 - book.random.between(6, 20), invoiced(book, customer, ago), 'whole', method)
}

/** Five days after the invoice every Skonto of the list still holds. */
function paidWithSkonto(book: Book, customer: number, ago: number): void {
  pay(book, ago - 8, invoiced(book, customer, ago), 'with-skonto')
}

function overdue(book: Book, customer: number): void {
  const { netDays } = customerOf(customer).paymentTerms
  invoiced(book, customer, netDays + 3 + book.random.between(6, 22))
}

function partlyDelivered(book: Book, customer: number, ago: number): { order: string; note: string } {
  const placed = order(book, { ago, customer, channel: 'phone' })
  return { order: placed, note: deliver(book, ago - 2, [placed], firstPart(book, placed)) }
}

function deliveredTwiceInvoicedOnce(book: Book, customer: number): void {
  const first = partlyDelivered(book, customer, 14)
  invoice(book, 11, [first.note])
  deliver(book, 8, [first.order])
}
