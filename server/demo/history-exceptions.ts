import { add, type Book, deliver, firstPart, invoice, order, pay, usualLines } from './history-book.ts'

/** What needs a clerk: held orders, missing goods, corrections, cancellations. */
export function addExceptions(book: Book): void {
  heldForCredit(book)
  heldForOtherReasons(book)
  waitingForGoods(book)
  corrected(book)
  cancelled(book)
}

/** About 4,000 euros for a tradesman. */
const largeOrder = [
  { article: 'SCHR-6x120-100', quantity: 70_000 },
  { article: 'SCHR-4x40-200', quantity: 100_000 },
  { article: 'GEWI-M12-2M', quantity: 120_000 },
  { article: 'SAEG-190-24Z', quantity: 30_000 },
]

function heldForCredit(book: Book): void {
  const [small, restorer, painter] = [59, 41, 15]
  const tooMuch = [
    { article: 'BOHR-SDS-7', quantity: 4000 },
    { article: 'HELM-WEISS', quantity: 4000 },
  ]
  const released = order(book, { ago: 20, customer: small, channel: 'bautzen', lines: tooMuch, onHold: true })
  add(book, 19, {
    kind: 'release',
    order: released,
    reason: 'Zahlt seit Jahren pünktlich, Rücksprache mit der Geschäftsleitung',
  })
  deliver(book, 18, [released])
  order(book, {
    ago: 2,
    customer: small,
    channel: 'bautzen',
    lines: [{ article: 'WAAG-60', quantity: 1000 }],
    onHold: true,
  })
  order(book, { ago: 3, customer: restorer, channel: 'phone', lines: largeOrder, onHold: true })
  const secured = order(book, { ago: 16, customer: painter, channel: 'phone', lines: largeOrder, onHold: true })
  add(book, 15, { kind: 'release', order: secured, reason: 'Bürgschaft der Hausbank liegt vor' })
  invoice(book, 12, [deliver(book, 13, [secured])])
}

function heldForOtherReasons(book: Book): void {
  const [newcomer, upholsterer, blocked, late] = [22, 36, 58, 60]
  order(book, { ago: 4, customer: newcomer, channel: 'web-shop', onHold: true })
  const allowed = order(book, { ago: 9, customer: upholsterer, channel: 'phone', onHold: true })
  add(book, 8, {
    kind: 'release',
    order: allowed,
    reason: 'Einmalig auf Lieferschein, Antrag auf Kreditlimit liegt vor',
  })
  order(book, { ago: 1, customer: upholsterer, channel: 'phone', onHold: true })
  order(book, { ago: 4, customer: blocked, channel: 'cottbus', onHold: true })
  invoice(book, 78, [deliver(book, 79, [order(book, { ago: 80, customer: late, channel: 'cottbus' })])])
  order(book, { ago: 5, customer: late, channel: 'cottbus', onHold: true })
}

/** Four articles are out of stock or nearly so; a receipt of goods serves who ordered first. */
function waitingForGoods(book: Book): void {
  const wait = (ago: number, customer: number, article: string, quantity: number, others = 2) =>
    order(book, {
      ago,
      customer,
      channel: 'phone',
      backordered: true,
      lines: [...usualLines(book, customer, others), { article, quantity }],
    })
  const paddles = wait(25, 40, 'ROER-RUEH-140', 2000)
  const drill = wait(24, 18, 'BETO-KERN-112', 1000)
  add(book, 18, {
    kind: 'goods-receipt',
    location: 'ZL',
    note: 'Lieferschein 88123, Bohrwerk Ebertal',
    lines: [
      { article: 'ROER-RUEH-140', quantity: 6000 },
      { article: 'BETO-KERN-112', quantity: 1000 },
      { article: 'BOHR-SDS-8x160', quantity: 200_000 },
    ],
  })
  pay(book, 11, invoice(book, 16, [deliver(book, 17, [paddles])]), 'with-skonto')
  invoice(book, 15, [deliver(book, 16, [drill])])
  deliver(book, 13, [wait(15, 24, 'AKKU-STAE-18', 2000)])
  wait(12, 11, 'BETO-KERN-112', 2000)
  wait(6, 33, 'AKKU-STAE-18', 1000, 0)
  wait(4, 7, 'ROER-RUEH-140', 10_000)
  wait(3, 9, 'SCHU-S3-46', 6000)
}

function corrected(book: Book): void {
  const invoiced = (customer: number, ago: number) => {
    const delivered = deliver(book, ago - 1, [order(book, { ago, customer, channel: 'phone' })])
    return { delivered, wrong: invoice(book, ago - 2, [delivered]) }
  }
  const number = invoiced(35, 17)
  add(book, 13, { kind: 'correct', invoice: number.wrong, reason: 'Bestellnummer des Kunden fehlte' })
  invoice(book, 13, [number.delivered])
  const address = invoiced(30, 26)
  add(book, 22, { kind: 'correct', invoice: address.wrong, reason: 'Rechnungsanschrift des Kunden geändert' })
  pay(book, 12, invoice(book, 22, [address.delivered]), 'whole')
  add(book, 2, {
    kind: 'correct',
    invoice: invoiced(14, 8).wrong,
    reason: 'Doppelt zur Sammelrechnung, wird zum Monatsende neu berechnet',
  })
}

function cancelled(book: Book): void {
  const whole = order(book, { ago: 11, customer: 16, channel: 'phone' })
  add(book, 10, { kind: 'cancel', order: whole, reason: 'Bauvorhaben verschoben, Kunde hat angerufen' })
  const rest = order(book, { ago: 13, customer: 29, channel: 'phone' })
  invoice(book, 9, [deliver(book, 11, [rest], firstPart(book, rest))])
  add(book, 7, { kind: 'cancel', order: rest, reason: 'Kunde braucht den Rest nicht mehr' })
  const line = order(book, {
    ago: 5,
    customer: 8,
    channel: 'phone',
    lines: [
      { article: 'BITS-TX25', quantity: 4000 },
      { article: 'LEIM-PU-500', quantity: 6000 },
    ],
  })
  add(book, 4, {
    kind: 'cancel',
    order: line,
    reason: 'Doppelt bestellt',
    part: [{ order: line, line: 2, quantity: 2000 }],
  })
}
