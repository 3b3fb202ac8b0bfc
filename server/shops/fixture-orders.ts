import { readdirSync, readFileSync } from 'node:fs'
import { documentAmounts } from '../../common/tax/vat.ts'
import { readShopOrders, type ShopFormat } from './read-shop-orders.ts'
import type { ReadOptions, ShopOrder } from './shop-order.ts'

/** A captured order as plain JSON, to be changed by a test at will. */
export type Captured = ReturnType<typeof JSON.parse>

export const noOptions: ReadOptions = { channel: 'web', paymentMethods: {} }

/** The captured orders of a shop, for tests only. */
export function fixturesOf(format: ShopFormat) {
  const folder = `${import.meta.dirname}/${format}/fixtures`
  const names = readdirSync(folder)
  const load = (name: string): Captured => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))
  const orders = names.filter((name) => /^\d\d-/.test(name) && !name.includes('.refunds.'))
  return { load, orders, find: (start: string) => load(names.find((name) => name.startsWith(start))!) }
}

export type ReadOne = ShopOrder & { codes: string[] }

/** Reads the captured order whose name starts so, after a change. */
export function readerOf(format: ShopFormat) {
  const { find } = fixturesOf(format)
  return (start: string, change: (document: Captured) => void = () => {}, options = noOptions): ReadOne => {
    const document = find(start)
    change(document)
    const [found] = readShopOrders(format, document, options)
    return { ...found!, codes: found!.problems.map((problem) => problem.code) }
  }
}

/** What our own arithmetic makes of an order's lines. */
export function amountsOf({ order }: ShopOrder) {
  const lines = order!.lines.map((line) => ({ amount: line.amount!, category: line.vatCategory!, rate: line.vatRate! }))
  return documentAmounts(lines, order!.priceMode!)
}
