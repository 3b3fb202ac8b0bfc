import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import type { Quantity } from '../../common/quantity.ts'
import type { Remark, ShopKind } from '../../common/shops/api.ts'
import type { ReadOrders } from './shop-order.ts'

/*
 * What a connector is: one folder a shop with the same file names, and this interface. It speaks with the shop and knows
 * nothing of our tables; the engine in sync/ decides what is asked and sent when, tries again, and keeps the receipts.
 */

/** How to reach one shop. Secrets are what the shop gave the merchant: keys, tokens, the word hooks are signed with. */
export interface ShopAccess {
  /** without a slash at the end */
  address: string
  secrets: Record<string, string>
}

export interface Connector {
  kind: ShopKind
  readOrders: ReadOrders
  /**
   * What happened to an order in the shop since it was placed. Never throws: 'not-placed' is a basket or a draft, which
   * is none of our business yet; null an answer that can't be read as an order.
   */
  readProgress(raw: unknown): ShopProgress | 'not-placed' | null
  /** parts of a merchant's secrets the set-up asks for, in this order */
  secrets: readonly ShopSecret[]
  /** Is this hook really from the shop? Works on the bytes as they came. undefined: no (401, nothing is stored). */
  verifyHook(hook: Hook, access: ShopAccess): VerifiedHook | undefined
  /** most articles one write of stock takes; 1 where the shop knows no batches */
  stockBatch: number
  open(access: ShopAccess): ShopApi
}

export interface ShopSecret {
  name: string
  label: { de: string; en: string }
  optional?: boolean
  /** made up here where the merchant gives none: a word only the shop's hooks and we know */
  generated?: boolean
}

export interface Hook {
  /** lower-case names */
  headers: Record<string, string | undefined>
  body: Buffer
  now: Date
}

export interface VerifiedHook {
  /** the shop's own number of this delivery: the same one twice is one hook */
  deliveryId: string
  topic: string
  /** what to look at; an empty list: understood, nothing to do (a ping) */
  about: readonly { kind: 'order' | 'customer' | 'article'; id: string }[]
}

/** An order of the shop in a list of changed ones: its id and the shop's own time of the last change. */
export interface ChangedOrder {
  id: string
  changedAt: string
}

export interface Page<Row> {
  rows: readonly Row[]
  /** undefined: that was the last page */
  next: string | undefined
}

/** The same shop article, as the shop names it. `ids` are the connector's own and kept as they are. */
export interface ListingRef {
  sku: string
  ids: Record<string, string>
}

export interface CatalogueItem extends ListingRef {
  gtin: string | null
  name: string
  /** cents in the mode of the shop; null: none or not in euro */
  price: Cents | null
  /** hundredths of a percent, where the shop tells */
  vatRate: number | null
  /** what the shop shows as available, null where it doesn't count */
  available: number | null
  active: boolean
}

export interface StockWrite extends ListingRef {
  /** pieces a buyer may still order: on hand less reserved less safety stock, never below 0 */
  available: number
  /** what the shop showed when it was read or written last; for shops with compare-and-set */
  shown: number | null
}

/** 'stale': the shop had another number than expected; it is read again and written again */
export interface StockAnswer {
  sku: string
  outcome: 'written' | 'stale' | 'refused'
  /** what the shop shows after the write, read back where it has no compare-and-set */
  shown: number | null
  /** why not: our remark, or the shop's own words */
  problem?: Remark | string
}

/** Everything the shop should know of one order by now. Cumulative: writing it twice changes nothing. */
export interface OrderState {
  /** the shop's API id and the number its buyers see */
  externalId: string
  externalNumber: string
  /** our number */
  number: string
  /** goods issues in their order; `lines` in thousandths by the shop's line id */
  shipments: readonly {
    number: string
    on: Day
    lines: Readonly<Record<string, Quantity>>
    carrier: string | null
    trackingNumber: string | null
  }[]
  /**
   * By the shop's line id, in thousandths: what was agreed when the order was taken. A shop that doesn't remember it can't
   * tell pieces cancelled here from those it took off itself; left out, it is only told of them in words.
   */
  ordered?: Readonly<Record<string, Quantity>>
  /** by the shop's line id, in thousandths: what was cancelled here; all: nothing is left of the order */
  cancelled: { all: boolean; lines: Readonly<Record<string, Quantity>>; reason: string }
  completed: boolean
  /** those that stand; one that was corrected whole is only in `corrections` */
  invoices: readonly { number: string; on: Day; gross: Cents; open: Cents }[]
  /**
   * Corrections of its invoices, each a document of its own: whose number it `corrects`, what it gives back (below zero;
   * above where it takes back a correction), and whether nothing of the invoice is left.
   */
  corrections: readonly Correction[]
  payment: { gross: Cents; paid: Cents; reference: string | null; isPaid: boolean }
}

export interface Correction {
  number: string
  on: Day
  corrects: string
  gross: Cents
  whole: boolean
}

/** What an order's shop says about it now, in the shop's own words of lines. */
export interface ShopProgress {
  externalId: string
  externalNumber: string
  /** the shop's own time of the last change: of two answers the later one counts */
  changedAt: string
  cancelled: boolean
  /** pieces still ordered by the shop's line id, in thousandths, goods lines only */
  quantities: Readonly<Record<string, Quantity>>
  /** paid in the shop before or after the order was placed; only ways that collect money themselves */
  paid: { amount: Cents; reference: string; paidOn: Day } | null
}

export interface ShopCustomer {
  id: string
  email: string | null
  vatId: string | null
  company: string | null
  person: string | null
  billTo: unknown
}

export interface ShopApi {
  /** Whether address and keys work and may do what is needed; the answer is said in the set-up. Throws ShopError. */
  test(): Promise<{ shopName: string; version: string | null; currency: string; warnings: readonly Remark[] }>
  /** Orders changed at or after a moment, the shop's clock, oldest first where the shop can sort so. */
  changedOrders(since: string | null, page: string | undefined): Promise<Page<ChangedOrder>>
  /** One order exactly as the API answers it; null: it isn't there (any more). */
  order(id: string): Promise<unknown>
  customer(id: string): Promise<ShopCustomer | null>
  catalogue(page: string | undefined): Promise<Page<CatalogueItem>>
  readStock(listings: readonly ListingRef[]): Promise<readonly { sku: string; shown: number | null }[]>
  writeStock(writes: readonly StockWrite[]): Promise<readonly StockAnswer[]>
  /**
   * Brings the shop's order to this state: reads what the shop has, adds what is missing, in order; answers what it had
   * to do (for the receipt). The shop is no guard against doing it twice; this is.
   */
  showOrder(state: OrderState): Promise<readonly Remark[]>
  showArticle(listing: ListingRef, article: ShownArticle): Promise<void>
  /**
   * Only where a shop lets programs do that: its hooks go to this address, missing ones are made, those it switched off are
   * switched on again. Answers what it had to do.
   */
  ensureHooks?(address: string): Promise<readonly Remark[]>
  /** A new article in the shop. */
  publish(article: ShownArticle & { sku: string; gtin: string | null; available: number }): Promise<ListingRef>
}

export interface ShownArticle {
  name: string
  /** cents in the channel's mode; null: leave the shop's price */
  price: Cents | null
  vatRate: number
  active: boolean
}
