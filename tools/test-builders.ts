import type { z } from 'zod'
import { merchant } from '../common/branches/api.ts'
import { newArticle } from '../common/catalog/api.ts'
import { newCustomer } from '../common/customers/api.ts'
import { type NewOrderInput, newOrder } from '../common/orders/api.ts'
import { ONE } from '../common/quantity.ts'
import { saveBranch, saveChannel, saveMerchant, saveStockLocation } from '../server/branches/index.ts'
import { createArticle } from '../server/catalog/index.ts'
import { createCustomer } from '../server/customers/index.ts'
import { createDeliveryNote, postGoodsIssue } from '../server/delivery/index.ts'
import { issueInvoice } from '../server/invoicing/index.ts'
import { newId } from '../server/kernel/index.ts'
import { placeOrder } from '../server/orders/index.ts'
import { receiveGoods } from '../server/stock/index.ts'
import type { Play, TestKernel } from './test-kernel.ts'

type ArticleInput = Partial<z.input<typeof newArticle>> & { stock?: number; at?: string }
type CustomerInput = Partial<z.input<typeof newCustomer>>
type OrderInput = Partial<Omit<NewOrderInput, 'lines'>> & { lines?: NewOrderInput['lines'] }

/** A small merchant with a warehouse and a branch, and builders for what a test doesn't care about. */
export interface TestShop {
  warehouse: string
  branch: string
  /** an article of 10 € net with 100 pieces in the warehouse, if nothing else is said */
  article(change?: ArticleInput): Promise<{ id: string; number: string }>
  /** a company that may buy on delivery note up to 100,000 € */
  customer(change?: CustomerInput): Promise<{ id: string; number: string }>
  /** an order over the phone, in net prices; ten pieces of a fresh article if no lines are given */
  order(change?: OrderInput & { of?: string }): Promise<PlacedOrder>
  /** delivery note and goods issue of all that is reserved, or of these quantities by order line */
  deliver(orderIds: string[], quantities?: Record<string, number>): Promise<Delivered>
  bill(noteIds: string[]): ReturnType<typeof issueInvoice>
  /** order, goods issue and invoice at one go */
  billed(change?: OrderInput & { of?: string }): Promise<PlacedOrder & { noteId: string; invoice: BilledInvoice }>
}

export type BilledInvoice = Awaited<ReturnType<typeof issueInvoice>>
export interface PlacedOrder {
  id: string
  number: string
  customerId: string
  gross: number
  lines: { id: string; articleId: string | null; kind: string }[]
}
export interface Delivered {
  id: string
  number: string
  documentId: string
  lines: { id: string; orderLineId: string; delivered: number }[]
}

export const company = {
  name: 'Sperling Eisenwaren GmbH',
  street: 'Am Anger 1',
  postalCode: '02826',
  city: 'Görlitz',
  vatId: 'DE999912349',
  taxNumber: '207/999/04711',
  registerEntry: 'Amtsgericht Dresden, HRB 998877',
  contactName: 'Ida Sperling',
  phone: '+49 3581 23125-0',
  email: 'buero@sperling.example',
  bankAccounts: [{ iban: 'DE26999100100001234500' }],
}
export const testAddress = { name: 'Malerbetrieb Quast', street: 'Farbgasse 2', postalCode: '02625', city: 'Bautzen' }

let count = 0
const next = () => String(++count).padStart(4, '0')

export async function openTestShop({ play, sql }: TestKernel): Promise<TestShop> {
  const [branchId, warehouse, branch] = [newId(), newId(), newId()]
  await play(saveMerchant, merchant.parse(company))
  await play(saveBranch, { id: branchId, code: 'GR', name: 'Görlitz', country: 'DE', active: true, city: 'Görlitz' })
  await play(saveStockLocation, { id: warehouse, code: 'ZL', name: 'Lager', branchId, active: true })
  await play(saveStockLocation, { id: branch, code: 'FI', name: 'Filiale', branchId, active: true })
  const channel = (code: string, kind: string, priceMode: string, locations: string[]) =>
    play(saveChannel, { id: newId(), code, name: code, kind, priceMode, locations, paymentMethods: {}, active: true })
  await channel('phone', 'phone', 'net', [warehouse, branch])
  await channel('web', 'web-shop', 'gross', [warehouse, branch])
  const master = masterData(play, warehouse)

  async function order(change: OrderInput & { of?: string } = {}): Promise<PlacedOrder> {
    const { of, ...rest } = change
    const lines = rest.lines ?? [{ article: (await master.article()).number, quantity: 10 * ONE }]
    const who = rest.customer ?? { customerNumber: of ?? (await master.customer()).number }
    const result = await play(
      placeOrder,
      newOrder.parse({ channel: 'phone', paymentMethod: 'on-delivery-note', ...rest, customer: who, lines }),
    )
    if (result.orderId === null) throw new Error(`the order was ${result.outcome}: ${JSON.stringify(result.reasons)}`)
    const [head] = await sql<{ customer_id: string }>('select customer_id from orders.sales_order where id = $1', [
      result.orderId,
    ])
    return {
      id: result.orderId,
      number: result.number!,
      gross: result.gross!,
      customerId: head!.customer_id,
      lines: await sql(
        'select id, article_id as "articleId", kind from orders.order_line where order_id = $1 order by position',
        [result.orderId],
      ),
    }
  }
  async function deliver(orderIds: string[], quantities?: Record<string, number>): Promise<Delivered> {
    const lines = quantities && Object.entries(quantities).map(([orderLineId, quantity]) => ({ orderLineId, quantity }))
    const { id } = await play(createDeliveryNote, { orderIds, lines })
    const { number, documentId } = await play(postGoodsIssue, { id })
    return {
      id,
      number,
      documentId,
      lines: await sql(
        'select id, order_line_id as "orderLineId", delivered from delivery.note_line where note_id = $1 order by position',
        [id],
      ),
    }
  }
  const bill = (noteIds: string[]) => play(issueInvoice, { noteIds })
  return {
    ...master,
    warehouse,
    branch,
    order,
    deliver,
    bill,
    async billed(change = {}) {
      const placed = await order(change)
      const { id: noteId } = await deliver([placed.id])
      return { ...placed, noteId, invoice: await bill([noteId]) }
    },
  }
}

function masterData(play: Play, warehouse: string) {
  return {
    async article({ stock = 100, at = warehouse, ...change }: ArticleInput = {}) {
      const number = change.number ?? `ART-${next()}`
      const { id } = await play(
        createArticle,
        newArticle.parse({ number, nameDe: `Artikel ${number}`, listPrice: 100_000, ...change }),
      )
      if (stock > 0) await play(receiveGoods, { locationId: at, lines: [{ articleId: id, quantity: stock * ONE }] })
      return { id, number }
    },
    customer: (change: CustomerInput = {}) =>
      play(
        createCustomer,
        newCustomer.parse({
          kind: 'company',
          name: testAddress.name,
          number: `K-${next()}`,
          email: 'quast@example.org',
          billTo: testAddress,
          mayBuyOnDeliveryNote: true,
          creditLimit: 10_000_000,
          paymentTerms: { netDays: 30, skonto: [{ days: 10, percent: 200 }] },
          ...change,
        }),
      ),
  }
}
