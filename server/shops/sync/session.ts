import type { Kernel } from '../../kernel/index.ts'
import type { Connector, ShopApi } from '../connector.ts'
import type { ShopConnection } from './connections.ts'
import type { Receipt } from './receipts.ts'

/** Milliseconds the engine works with; tests take smaller ones. */
export interface Pace {
  /** the shop is asked for changed orders, also if no hook came */
  pollEveryMs: number
  /** a poll or a glance this young is enough before stock is written */
  freshPollMs: number
  /** first pause after a failure; doubles */
  retryMs: number
  leaseMs: number
}

export const usualPace: Pace = { pollEveryMs: 60_000, freshPollMs: 1_000, retryMs: 1_000, leaseMs: 15_000 }

/** What all work with one shop needs. */
export interface Session {
  kernel: Kernel
  shop: ShopConnection
  connector: Connector
  api: ShopApi
  pace: Pace
  /** when this lane asked for changed orders, in milliseconds since 1970, and how far it saw them */
  glance?: { at: number; cursor: string | null }
  /** the orders that are known to come are taken first; resolves when that lane has come to an end */
  takeOrders(): Promise<void>
  /** the process stops, or another one has taken the lane: nothing new is begun */
  isOver(): boolean
}

/** What a piece of work says about itself in its receipt. */
export type Said = Pick<Receipt, 'outcome'> & Partial<Pick<Receipt, 'remarks' | 'facts'>>
