import { type Book, deliver, invoice, order, pay } from './history-book.ts'

/** Several orders on one note, several notes on one invoice, and buyers whose invoice has to look different. */
export function addBundles(book: Book): void {
  const joined = deliver(book, 12, [
    order(book, { ago: 16, customer: 2, channel: 'phone' }),
    order(book, { ago: 14, customer: 2, channel: 'phone' }),
  ])
  pay(book, 4, invoice(book, 11, [joined]), 'whole')
  deliver(book, 3, [
    order(book, { ago: 6, customer: 21, channel: 'phone' }),
    order(book, { ago: 5, customer: 21, channel: 'phone' }),
  ])
  monthlyInvoices(book)
  publicAndAbroad(book)
}

function monthlyInvoices(book: Book): void {
  const notesOf = (customer: number, days: readonly number[], deliverTo?: number) =>
    days.map((ago) =>
      deliver(book, ago - 1, [
        order(book, { ago, customer, channel: 'phone', deliverTo: ago % 2 === 0 ? deliverTo : undefined }),
      ]),
    )
  invoice(book, 5, notesOf(1, [33, 28, 21, 9], 2))
  pay(book, 10, invoice(book, 16, notesOf(5, [44, 37, 30, 22])), 'with-skonto')
  notesOf(31, [19, 11])
}

/** An authority (XRechnung), a buyer elsewhere in the Union and one in Switzerland. */
function publicAndAbroad(book: Book): void {
  const [authority, netherlands, switzerland] = [55, 56, 57]
  const ordered = { channel: 'phone', more: { buyerOrderNumber: 'BH-2291/4' } } as const
  pay(
    book,
    9,
    invoice(book, 30, [deliver(book, 33, [order(book, { ago: 36, customer: authority, ...ordered })])]),
    'whole',
  )
  invoice(book, 4, [
    deliver(book, 5, [
      order(book, {
        ago: 8,
        customer: authority,
        deliverTo: 2,
        channel: 'phone',
        more: { buyerOrderNumber: 'BH-2291/7' },
      }),
    ]),
  ])
  invoice(book, 10, [deliver(book, 11, [order(book, { ago: 15, customer: netherlands, channel: 'phone' })])])
  pay(
    book,
    5,
    invoice(book, 20, [deliver(book, 20, [order(book, { ago: 24, customer: switzerland, channel: 'phone' })])]),
    'whole',
  )
}
