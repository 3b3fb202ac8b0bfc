import type { z } from 'zod'
import { type NewOrderInput, newOrder, type ParkReason } from '../../common/orders/api.ts'

export type PaymentMethod = NewOrderInput['paymentMethod']

/** One order out of a shop's answer. With problems it is parked, also where the order itself could be read. */
export interface ShopOrder {
  order: NewOrderInput | null
  externalNumber: string | null
  problems: ParkReason[]
  raw: unknown
}

export interface ReadOptions {
  /** our code of the shop's channel */
  channel: string
  /** the shop's own names of ways to pay and what they mean here; asked before our defaults */
  paymentMethods: Record<string, PaymentMethod>
}

/** What every shop's folder offers: any answer of its API in, the orders in it out. Never throws, whatever comes. */
export type ReadOrders = (document: unknown, options: ReadOptions) => ShopOrder[]

export function unreadable(raw: unknown, path: string, externalNumber: string | null = null): ShopOrder {
  return { order: null, externalNumber, problems: [{ code: 'unreadable-order', facts: { path } }], raw }
}

/** An order as it was read, held against our own contract once more: what intake gets, intake can take. */
export function readAs(raw: unknown, order: NewOrderInput, problems: ParkReason[]): ShopOrder {
  const checked = newOrder.safeParse(order)
  const externalNumber = order.externalNumber ?? null
  if (checked.success) return { order, externalNumber, problems, raw }
  const reason: ParkReason = { code: 'unreadable-order', facts: { path: pathOf(checked.error) } }
  return { order: null, externalNumber, problems: [...problems, reason], raw }
}

/** Where in the shop's answer the first thing is that we can't read. */
export function pathOf(error: z.ZodError): string {
  return error.issues[0]?.path.map(String).join('.') ?? ''
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
