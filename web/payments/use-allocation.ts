import { useState } from 'react'
import type { z } from 'zod'
import type { openItem } from '../../common/payments/api.ts'
import { type Allocation, skontoOn, suggestAllocation, total } from './suggest-allocation.ts'

export type Item = z.output<typeof openItem>

/** What a payment settles: suggested until somebody changes it by hand. */
export function useAllocation(items: readonly Item[], amount: number, day: string, asked?: string) {
  const [byHand, setByHand] = useState<ReadonlyMap<string, Allocation> | null>(null)
  const suggested = new Map(
    (amount > 0 ? suggestAllocation(items, amount, day, asked) : []).map((a) => [a.invoiceId, a]),
  )
  const current = byHand ?? suggested
  const change = (allocation: Allocation) => {
    const next = new Map(current)
    if (allocation.amount === 0 && allocation.skonto === 0) next.delete(allocation.invoiceId)
    else next.set(allocation.invoiceId, allocation)
    setByHand(next)
  }
  const allocations = items.flatMap((item) => current.get(item.invoiceId) ?? [])
  const left = amount - total(allocations)
  return {
    allocations,
    left,
    byHand: byHand !== null,
    suggest: () => setByHand(null),
    of: (item: Item): Allocation => current.get(item.invoiceId) ?? { invoiceId: item.invoiceId, amount: 0, skonto: 0 },
    setAmount: (item: Item, amount: number | undefined) =>
      change({ invoiceId: item.invoiceId, amount: amount ?? 0, skonto: current.get(item.invoiceId)?.skonto ?? 0 }),
    /** with Skonto the item is settled by what is left of it */
    takeSkonto: (item: Item, on: boolean) => {
      const skonto = on ? skontoOn(item, day) : 0
      change({ invoiceId: item.invoiceId, amount: on ? item.open - skonto : Math.min(item.open, amount), skonto })
    },
    /** ticking an item settles it as far as the money reaches */
    toggle: (item: Item) => {
      const had = current.get(item.invoiceId)
      change({ invoiceId: item.invoiceId, amount: had ? 0 : Math.min(item.open, Math.max(0, left)), skonto: 0 })
    },
  }
}
