import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listArticles } from '../../common/catalog/api.ts'
import { linkShopAccount, listCustomers } from '../../common/customers/api.ts'
import { addDays, type Day } from '../../common/dates.ts'
import { createDeliveryNote, getDeliveryNote, makePickList, postGoodsIssue } from '../../common/delivery/api.ts'
import { correctInvoice, getInvoice, issueInvoice } from '../../common/invoicing/api.ts'
import {
  cancelOrder,
  completeParkedOrder,
  getOrder,
  type IntakeResult,
  placeOrder,
  releaseOrder,
} from '../../common/orders/api.ts'
import { recordPayment } from '../../common/payments/api.ts'
import { correctStock, listStock, receiveGoods } from '../../common/stock/api.ts'
import { type StoryClient, StoryRefusal } from './story-client.ts'
import type { StoryOutput } from './story-output.ts'

export type Tell = (step: string, what: string) => void

const shopOrders = join(import.meta.dirname, '..', 'shops')
const money = (cents: number) => `${(cents / 100).toLocaleString('de-DE', { minimumFractionDigits: 2 })} €`
const fixture = (shop: string, file: string) => readFileSync(join(shopOrders, shop, 'fixtures', file), 'utf8')

interface Story {
  client: StoryClient
  out: StoryOutput
  tell: Tell
  today: Day
}

/** The main job from the order to the paid invoice, with what happens beside it, told step by step over the API. */
export async function playStory(story: Story): Promise<void> {
  const web = await takeWebOrders(story)
  await creditHold(story)
  await deliverInTwoParts(story, web)
  await collectiveInvoice(story)
  await overpaidAndCorrected(story)
  await cancelBeforeDelivery(story)
  await backorder(story)
}

async function takeOrders(client: StoryClient, format: string, body: string): Promise<IntakeResult[]> {
  return (
    (await client.send(`/api/orders/import?format=${format}&channel=web-shop`, body)) as { orders: IntakeResult[] }
  ).orders
}

async function takeWebOrders({ client, tell }: Story): Promise<string> {
  const body = fixture('woocommerce', '01-company-vat-lieferschein.json')
  const { rows } = await client.call(listCustomers, { q: 'K-10001' })
  await client.call(linkShopAccount, { id: rows[0]!.id, channel: 'web-shop', shopCustomerId: '2' })
  tell('Shop-Konto verbunden', `Konto 2 im Webshop ist ${rows[0]!.name} (K-10001)`)
  const [order] = await takeOrders(client, 'woocommerce', body)
  tell('Bestellung aus WooCommerce', `${order!.externalNumber} wird ${order!.number} über ${money(order!.gross!)}`)
  const [again] = await takeOrders(client, 'woocommerce', body)
  tell('Dieselbe noch einmal', `${again!.outcome === 'known' ? 'schon da' : again!.outcome}: ${again!.number}`)
  const [vendure] = await takeOrders(client, 'vendure', fixture('vendure', '05-mixed-vat.json'))
  tell(
    'Bestellung aus Vendure',
    `${vendure!.externalNumber} ist ${vendure!.outcome}, ${vendure!.number} über ${money(vendure!.gross!)}`,
  )
  if (vendure!.outcome === 'on-hold') {
    await client.call(releaseOrder, { id: vendure!.orderId!, reason: 'Kunde bestätigt am Telefon seine Bestellung' })
    tell('Als Gast bestellt', `nur dieselbe E-Mail: ${vendure!.number} war angehalten, nach Rückfrage freigegeben`)
  }
  const unknown = body.replaceAll('SAEG-190-24Z', 'GIBT-ES-NICHT').replace('"number": "28"', '"number": "10028"')
  const [parked] = await takeOrders(client, 'woocommerce', unknown)
  tell(
    'Unbekannter Artikel',
    `Bestellung ${parked!.externalNumber} geparkt: ${parked!.reasons.map((r) => r.code).join(', ')}`,
  )
  const mended = await client.call(completeParkedOrder, {
    id: parked!.parkedId!,
    articles: { 'GIBT-ES-NICHT': 'SAEG-190-24Z' },
  })
  tell('Geparkte ergänzt', `wird ${mended.number}`)
  return order!.orderId!
}

async function creditHold({ client, tell }: Story): Promise<void> {
  const order = await client.call(placeOrder, {
    channel: 'phone',
    customer: { customerNumber: 'K-10059' },
    paymentMethod: 'on-delivery-note',
    lines: [{ article: 'SAEG-190-24Z', quantity: 20_000 }],
  })
  const facts = order.reasons[0]?.facts as { limit: number; exceededBy: number }
  tell(
    'Kreditprüfung',
    `${order.number} über ${money(order.gross!)} angehalten: Limit ${money(facts.limit)} um ${money(facts.exceededBy)} überschritten`,
  )
  try {
    await client.call(createDeliveryNote, { orderIds: [order.orderId!] })
  } catch (error) {
    if (!(error instanceof StoryRefusal)) throw error
    tell('Lieferschein verweigert', error.message)
  }
  await client.call(releaseOrder, { id: order.orderId!, reason: 'Anzahlung telefonisch zugesagt' })
  tell('Freigegeben', `${order.number}, Grund im Journal`)
  await client.call(cancelOrder, { id: order.orderId!, reason: 'Kunde hat es sich anders überlegt' })
}

async function deliverInTwoParts({ client, out, tell, today }: Story, orderId: string): Promise<void> {
  const note = await client.call(createDeliveryNote, { orderIds: [orderId] })
  const { documentId: pickList } = await client.call(makePickList, { id: note.id })
  await out.pickList(pickList)
  const { noteLines } = await client.call(getDeliveryNote, { id: note.id })
  const first = noteLines.find((l) => l.kind === 'goods')!
  const picked = noteLines
    .filter((l) => l.kind === 'goods')
    .map((l) => ({ lineId: l.id, quantity: l === first ? l.planned - 1000 : l.planned }))
  const issue = await client.call(postGoodsIssue, {
    id: note.id,
    picked,
    parcels: 1,
    carrier: 'DHL',
    trackingNumber: '00340434161094000001',
  })
  tell('Warenausgang', `${issue.number}, Teillieferung: von ${first.articleNumber} fehlt 1 Stück`)
  await out.note(issue.number, issue.documentId)
  const rest = await client.call(createDeliveryNote, { orderIds: [orderId] })
  const restIssue = await client.call(postGoodsIssue, { id: rest.id })
  tell('Restlieferung', `${restIssue.number}, Auftrag ${restIssue.stillOpen ? 'noch offen' : 'vollständig geliefert'}`)
  await out.note(restIssue.number, restIssue.documentId)
  const invoice = await client.call(issueInvoice, { noteIds: [issue.id] })
  tell('Rechnung', `${invoice.number} über die Teillieferung: ${money(invoice.amountDue)}`)
  await out.invoice('invoice', invoice.number, invoice.documentId)
  const restInvoice = await client.call(issueInvoice, { noteIds: [restIssue.id] })
  await out.invoice('invoice', restInvoice.number, restInvoice.documentId)
  const { customerId, skonto } = await client.call(getInvoice, { id: invoice.id })
  const offer = skonto[0]
  const amount = invoice.amountDue - (offer?.discount ?? 0) + restInvoice.amountDue
  const payment = await client.call(recordPayment, {
    customerId,
    amount,
    receivedOn: today,
    reference: invoice.number,
    allocations: [
      { invoiceId: invoice.id, amount: invoice.amountDue - (offer?.discount ?? 0), skonto: offer?.discount ?? 0 },
      { invoiceId: restInvoice.id, amount: restInvoice.amountDue },
    ],
  })
  tell(
    'Zahlung',
    `${payment.number}: ${money(amount)} auf ${invoice.number} und ${restInvoice.number}${offer ? `, Skonto ${money(offer.discount)} abgezogen` : ''}`,
  )
  const order = await client.call(getOrder, { id: orderId })
  tell('Auftrag', `${order.number}: ${Object.values(order.status).join(' · ')}`)
}

async function placeAndDeliver(
  { client, out, tell }: Story,
  customerNumber: string,
  lines: { article: string; quantity: number }[],
  buyerOrderNumber: string,
): Promise<{ orderId: string; noteId: string; number: string }> {
  const order = await client.call(placeOrder, {
    channel: 'phone',
    customer: { customerNumber },
    paymentMethod: 'on-delivery-note',
    buyerOrderNumber,
    lines,
  })
  const note = await client.call(createDeliveryNote, { orderIds: [order.orderId!] })
  const issue = await client.call(postGoodsIssue, { id: note.id, parcels: 1 })
  tell('Auftrag und Lieferschein', `${order.number} über ${money(order.gross!)}, geliefert mit ${issue.number}`)
  await out.note(issue.number, issue.documentId)
  return { orderId: order.orderId!, noteId: note.id, number: issue.number }
}

async function collectiveInvoice(story: Story): Promise<void> {
  const { client, out, tell, today } = story
  const notes = []
  for (const [i, lines] of [
    [{ article: 'SCHR-4x40-200', quantity: 6_000 }],
    [
      { article: 'DUEB-8x40-100', quantity: 10_000 },
      { article: 'SAEG-190-24Z', quantity: 2_000 },
    ],
    [{ article: 'BUCH-HOLZVERB', quantity: 1_000 }],
  ].entries()) {
    notes.push(await placeAndDeliver(story, 'K-10001', lines, `BST-2026/09${i + 1}`))
  }
  const invoice = await client.call(issueInvoice, { noteIds: notes.map((n) => n.noteId) })
  tell('Sammelrechnung', `${invoice.number} über ${notes.map((n) => n.number).join(', ')}: ${money(invoice.amountDue)}`)
  await out.invoice('collective-invoice', invoice.number, invoice.documentId)
  try {
    await client.call(issueInvoice, { noteIds: [notes[0]!.noteId] })
  } catch (error) {
    if (!(error instanceof StoryRefusal)) throw error
    tell('Noch einmal berechnen', `verweigert: ${error.message}`)
  }
  const { customerId } = await client.call(getInvoice, { id: invoice.id })
  const half = Math.round(invoice.amountDue / 2)
  await client.call(recordPayment, {
    customerId,
    amount: half,
    receivedOn: today,
    allocations: [{ invoiceId: invoice.id, amount: half }],
  })
  const { open } = await client.call(getInvoice, { id: invoice.id })
  tell('Teilzahlung', `${money(half)}, offen bleiben ${money(open)}`)
}

async function overpaidAndCorrected(story: Story): Promise<void> {
  const { client, out, tell, today } = story
  const note = await placeAndDeliver(
    story,
    'K-10055',
    [{ article: 'SAEG-190-24Z', quantity: 3_000 }],
    'Vergabe 17/2026',
  )
  const invoice = await client.call(issueInvoice, { noteIds: [note.noteId] })
  tell('Rechnung an die Behörde', `${invoice.number} als XRechnung: ${money(invoice.amountDue)}`)
  await out.invoice('invoice', invoice.number, invoice.documentId)
  const { customerId } = await client.call(getInvoice, { id: invoice.id })
  const payment = await client.call(recordPayment, {
    customerId,
    amount: invoice.amountDue + 500,
    receivedOn: today,
    allocations: [{ invoiceId: invoice.id, amount: invoice.amountDue }],
  })
  tell('Zu viel gezahlt', `${payment.number}: ${money(payment.left)} bleiben als Guthaben`)
  const correction = await client.call(correctInvoice, {
    id: invoice.id,
    reason: 'Falsche Bestellnummer auf der Rechnung',
  })
  tell(
    'Rechnungskorrektur',
    `${correction.number} nimmt ${invoice.number} zurück; die Lieferung ist wieder zu berechnen`,
  )
  await out.invoice('correction', correction.number, correction.documentId)
  const again = await client.call(issueInvoice, { noteIds: [note.noteId] })
  tell('Neu berechnet', `${again.number}, davon noch zu zahlen ${money(again.amountDue)}`)
  await out.invoice('invoice', again.number, again.documentId)
}

async function cancelBeforeDelivery({ client, tell }: Story): Promise<void> {
  const order = await client.call(placeOrder, {
    channel: 'phone',
    customer: { customerNumber: 'K-10001' },
    paymentMethod: 'on-delivery-note',
    lines: [{ article: 'SCHR-4x40-200', quantity: 2_000 }],
  })
  await client.call(cancelOrder, { id: order.orderId!, reason: 'Doppelt bestellt' })
  const { status } = await client.call(getOrder, { id: order.orderId! })
  tell('Storniert', `${order.number}: ${status.order}, Reservierung ist frei`)
}

async function backorder({ client, tell, today }: Story): Promise<void> {
  const { rows } = await client.call(listArticles, { q: 'SAEG-190-24Z', limit: 1 })
  const article = rows[0]!
  const stock = await client.call(listStock, { articleId: article.id, limit: 50 })
  const location = stock.rows[0]!
  const order = await client.call(placeOrder, {
    channel: 'phone',
    customer: { customerNumber: 'K-10002' },
    paymentMethod: 'on-delivery-note',
    lines: [{ article: article.number, quantity: article.available + 5_000 }],
  })
  tell(
    'Rückstand',
    `${order.number}: 5 Stück ${article.number} fehlen${order.outcome === 'on-hold' ? ' (angehalten)' : ''}`,
  )
  const receipt = await client.call(receiveGoods, {
    locationId: location.locationId,
    note: `Lieferung vom ${addDays(today, 0)}`,
    lines: [{ articleId: article.id, quantity: 5_000 }],
  })
  tell('Wareneingang', `5 Stück; ${receipt.backordersReserved} wartende Position reserviert`)
  const { difference } = await client.call(correctStock, {
    locationId: location.locationId,
    articleId: article.id,
    counted: location.onHand + 4_000,
    reason: 'Inventurdifferenz',
  })
  tell('Bestandskorrektur', `Differenz ${difference / 1000} Stück, mit Grund in den Bewegungen`)
}
