export interface OpenItem {
  invoiceId: string
  dueOn: string | null
  open: number
  skonto: { until: string; discount: number }[]
}

export interface Allocation {
  invoiceId: string
  amount: number
  skonto: number
}

/** What may still be deducted from an item when it is paid on a day: the best step that has not passed. */
export function skontoOn(item: OpenItem, day: string): number {
  return Math.max(
    0,
    ...item.skonto.filter((step) => step.until >= day && step.discount < item.open).map((step) => step.discount),
  )
}

/**
 * How a payment most likely is meant: exactly one item (the one asked for first), exactly all of them, or else the
 * oldest first. Skonto is only taken where the payment fits an item less its Skonto.
 */
export function suggestAllocation(
  items: readonly OpenItem[],
  amount: number,
  day: string,
  asked?: string,
): Allocation[] {
  const full = (item: OpenItem): Allocation => ({ invoiceId: item.invoiceId, amount: item.open, skonto: 0 })
  const less = (item: OpenItem): Allocation => {
    const skonto = skontoOn(item, day)
    return { invoiceId: item.invoiceId, amount: item.open - skonto, skonto }
  }
  const ordered = asked
    ? [...items].sort((a, b) => Number(b.invoiceId === asked) - Number(a.invoiceId === asked))
    : [...items]
  for (const item of ordered) {
    for (const allocation of [full(item), less(item)]) if (allocation.amount === amount) return [allocation]
  }
  for (const all of [items.map(less), items.map(full)]) if (total(all) === amount) return all

  const allocations: Allocation[] = []
  let left = amount
  for (const item of ordered) {
    if (left <= 0) break
    const reduced = less(item)
    const allocation =
      left >= item.open
        ? full(item)
        : left === reduced.amount
          ? reduced
          : { invoiceId: item.invoiceId, amount: left, skonto: 0 }
    allocations.push(allocation)
    left -= allocation.amount
  }
  return allocations
}

export function total(allocations: readonly Allocation[]): number {
  return allocations.reduce((sum, allocation) => sum + allocation.amount, 0)
}
