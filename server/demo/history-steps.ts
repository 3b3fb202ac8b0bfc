import type { Day } from '../../common/dates.ts'
import type { NewOrderInput } from '../../common/orders/api.ts'

/** Name of an order, a delivery note or an invoice within the plan. */
export type Ref = string

/** A line of an order or a note, counted from 1 as the order lists them. */
export interface PartOfOrder {
  order: Ref
  line: number
  quantity: number
}

export interface OrderStep {
  kind: 'order'
  ref: Ref
  /** ready for the order intake; `lines` without a price take it from the price list of the customer's group */
  order: NewOrderInput
  /** what the intake must answer, and whether goods are missing */
  expected: { outcome: 'accepted' | 'on-hold'; backordered: boolean }
}

/** Note and goods issue in one. `part` left out: all that is reserved and open of these orders. */
export interface DeliverStep {
  kind: 'deliver'
  ref: Ref
  orders: Ref[]
  part?: PartOfOrder[]
  parcels: number
  carrier?: string
  trackingNumber?: string
}

/** `lines`: only these lines of the (single) note, by position on the note. */
export interface InvoiceStep {
  kind: 'invoice'
  ref: Ref
  notes: Ref[]
  lines?: number[]
}

/** with-skonto: the open amount less the Skonto of the day; partial: half; too-much: the open amount and some euros. */
export interface PayStep {
  kind: 'pay'
  invoice: Ref
  how: 'whole' | 'partial' | 'with-skonto' | 'too-much'
  method: 'transfer' | 'cash' | 'direct-debit'
}

/** `part` left out: all that is still open. */
export interface CancelStep {
  kind: 'cancel'
  order: Ref
  reason: string
  part?: PartOfOrder[]
}

export interface GoodsReceiptStep {
  kind: 'goods-receipt'
  /** code of the stock location */
  location: string
  note: string
  lines: { article: string; quantity: number }[]
}

export type Step =
  | OrderStep
  | DeliverStep
  | InvoiceStep
  | PayStep
  | CancelStep
  | GoodsReceiptStep
  | { kind: 'release'; order: Ref; reason: string }
  | { kind: 'correct'; invoice: Ref; reason: string }

export type HistoryStep = { at: Day } & Step
