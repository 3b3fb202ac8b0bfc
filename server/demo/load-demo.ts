import type { Day } from '../../common/dates.ts'
import { newOrder } from '../../common/orders/api.ts'
import { saveBranch, saveChannel, saveMerchant, saveStockLocation } from '../branches/index.ts'
import { saveArticles } from '../catalog/index.ts'
import { createCustomer } from '../customers/index.ts'
import { createDeliveryNote, postGoodsIssue } from '../delivery/index.ts'
import { correctInvoice, issueInvoice } from '../invoicing/index.ts'
import { type Kernel, newId, perform, statement, systemActor, type Work } from '../kernel/index.ts'
import { cancelOrder, placeOrder, releaseOrder } from '../orders/index.ts'
import { recordPayment } from '../payments/index.ts'
import { receiveGoods } from '../stock/index.ts'
import { demoArticles } from './articles.ts'
import { demoCustomers } from './customers.ts'
import { demoHistory } from './history.ts'
import type { HistoryStep, Ref } from './history-steps.ts'
import { demoMerchant } from './merchant.ts'
import { demoStock } from './stock.ts'

export type DemoProgress = (done: number, of: number, what: string) => void

/** The demo merchant without history: company, branches, channels, articles, customers, stock. */
export async function loadDemoMasterData(kernel: Kernel, onProgress: DemoProgress = () => undefined): Promise<void> {
  const as = <I, O>(useCase: (work: Work, input: I) => Promise<O>, input: I) =>
    perform(kernel, { name: useCase.name, actor: systemActor, input }, useCase)
  const { merchant, branches, locations, channels } = demoMerchant()
  await as(saveMerchant, merchant)
  for (const b of branches) await as(saveBranch, b)
  for (const l of locations) await as(saveStockLocation, l)
  for (const c of channels) await as(saveChannel, c)
  const articles = demoArticles().map((a) => ({ ...a, id: newId() }))
  onProgress(0, 1, 'Artikel')
  await perform(kernel, { name: 'save-articles', actor: systemActor, input: {} }, (work) =>
    saveArticles(work, articles),
  )
  const customers = demoCustomers()
  for (const [i, customer] of customers.entries()) {
    await as(createCustomer, customer)
    onProgress(i + 1, customers.length, 'Kunden')
  }
  const idOf = new Map(articles.map((a) => [a.number, a.id]))
  for (const location of locations) {
    const lines = demoStock()
      .filter((s) => s.location === location.code && s.quantity > 0)
      .map((s) => ({ articleId: idOf.get(s.article)!, quantity: s.quantity }))
    await as(receiveGoods, { locationId: location.id, note: 'Anfangsbestand', lines })
  }
}

/** A few weeks of trade, played through the same use cases as every day's work; the clock goes along. */
export async function loadDemoHistory(
  kernel: Kernel,
  today: Day,
  onProgress: DemoProgress = () => undefined,
): Promise<void> {
  const steps = demoHistory(today)
  const player = new HistoryPlayer(kernel)
  for (const [i, step] of steps.entries()) {
    await player.play(step, i)
    onProgress(i + 1, steps.length, 'Vorgänge')
  }
}

const articleIds = statement<{ id: string; number: string }>(
  'demo.article-ids',
  'select id, number from catalog.article',
)
const locationIds = statement<{ id: string; code: string }>(
  'demo.location-ids',
  'select id, code from branches.stock_location',
)
const orderLineIds = statement<{ id: string; position: number }>(
  'demo.order-line-ids',
  'select id, position from orders.order_line where order_id = $1',
)
const noteLineIds = statement<{ id: string; position: number }>(
  'demo.note-line-ids',
  'select id, position from delivery.note_line where note_id = $1',
)
const openOf = statement<{ open: number; customerId: string; skonto: { until: Day; discount: number }[] }>(
  'demo.open-of',
  'select open, customer_id as "customerId", skonto from receivables.open_item where invoice_id = $1',
)

type StepOf<K extends HistoryStep['kind']> = Extract<HistoryStep, { kind: K }>

/** Plays the steps and remembers which order, note and invoice each name of the plan became. */
class HistoryPlayer {
  private readonly kernel: Kernel
  private readonly orders = new Map<Ref, string>()
  private readonly notes = new Map<Ref, string>()
  private readonly invoices = new Map<Ref, string>()

  constructor(kernel: Kernel) {
    this.kernel = kernel
  }

  async play(step: HistoryStep, index: number): Promise<void> {
    const at = new Date(`${step.at}T08:00:00Z`)
    at.setUTCMinutes(index % 540)
    if (step.kind === 'order' && step.order.orderedAt) at.setTime(Date.parse(step.order.orderedAt))
    const kernel: Kernel = { ...this.kernel, now: () => at }
    const as = <I, O>(useCase: (work: Work, input: I) => Promise<O>, input: I) =>
      perform(kernel, { name: useCase.name, actor: systemActor, input }, useCase)
    switch (step.kind) {
      case 'order': {
        const result = await as(
          placeOrder,
          newOrder.parse({ ...step.order, orderedAt: step.order.orderedAt ?? at.toISOString() }),
        )
        if (result.orderId === null)
          throw new Error(`demo order ${step.ref} was ${result.outcome}: ${JSON.stringify(result.reasons)}`)
        this.orders.set(step.ref, result.orderId)
        return
      }
      case 'deliver':
        return this.deliver(step, as)
      case 'invoice': {
        const lines =
          step.lines &&
          (await kernel.database.query(noteLineIds, [this.notes.get(step.notes[0]!)]))
            .filter((l) => step.lines!.includes(l.position))
            .map((l) => ({ noteLineId: l.id }))
        const { id } = await as(
          issueInvoice,
          lines ? { lines } : { noteIds: step.notes.map((n) => this.notes.get(n)!) },
        )
        this.invoices.set(step.ref, id)
        return
      }
      case 'pay':
        return this.pay(step, as)
      case 'correct':
        await as(correctInvoice, { id: this.invoices.get(step.invoice)!, reason: step.reason })
        return
      case 'cancel': {
        const order = this.orders.get(step.order)!
        const lines =
          step.part && (await this.partOf(step.part)).map((p) => ({ lineId: p.orderLineId, quantity: p.quantity }))
        await as(cancelOrder, { id: order, reason: step.reason, lines })
        return
      }
      case 'release':
        await as(releaseOrder, { id: this.orders.get(step.order)!, reason: step.reason })
        return
      case 'goods-receipt': {
        const [articles, locations] = await Promise.all([
          kernel.database.query(articleIds),
          kernel.database.query(locationIds),
        ])
        const lines = step.lines.map((l) => ({
          articleId: articles.find((a) => a.number === l.article)!.id,
          quantity: l.quantity,
        }))
        await as(receiveGoods, {
          locationId: locations.find((l) => l.code === step.location)!.id,
          note: step.note,
          lines,
        })
      }
    }
  }

  private async deliver(
    step: StepOf<'deliver'>,
    as: <I, O>(useCase: (work: Work, input: I) => Promise<O>, input: I) => Promise<O>,
  ): Promise<void> {
    const lines = step.part && (await this.partOf(step.part))
    const { id } = await as(createDeliveryNote, { orderIds: step.orders.map((o) => this.orders.get(o)!), lines })
    await as(postGoodsIssue, { id, parcels: step.parcels, carrier: step.carrier, trackingNumber: step.trackingNumber })
    this.notes.set(step.ref, id)
  }

  private async partOf(
    part: NonNullable<StepOf<'deliver'>['part']>,
  ): Promise<{ orderLineId: string; quantity: number }[]> {
    return Promise.all(
      part.map(async (p) => {
        const lines = await this.kernel.database.query(orderLineIds, [this.orders.get(p.order)])
        return { orderLineId: lines.find((l) => l.position === p.line)!.id, quantity: p.quantity }
      }),
    )
  }

  private async pay(
    step: StepOf<'pay'>,
    as: <I, O>(useCase: (work: Work, input: I) => Promise<O>, input: I) => Promise<O>,
  ): Promise<void> {
    const invoiceId = this.invoices.get(step.invoice)!
    const [item] = await this.kernel.database.query(openOf, [invoiceId])
    const { open, customerId, skonto } = item!
    const discount = step.how === 'with-skonto' ? (skonto[0]?.discount ?? 0) : 0
    const settled = step.how === 'partial' ? Math.round(open / 2) : open - discount
    const amount = step.how === 'too-much' ? open + 1250 : settled
    await as(recordPayment, {
      customerId,
      amount,
      receivedOn: step.at,
      method: step.method,
      allocations: [{ invoiceId, amount: step.how === 'too-much' ? open : settled, skonto: discount }],
    })
  }
}
