import type { Day } from '../../../common/dates.ts'
import type { Cents } from '../../../common/money.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'

interface OpenItem {
  invoiceId: string
  customerId: string
  number: string
  dueOn: Day | null
  open: Cents
  amount: Cents
  skonto: readonly { percent: number; until: Day; discount: Cents }[]
}
export interface WantedAllocation {
  invoiceId: string
  amount: Cents
  skonto: Cents
}
export interface Payment {
  customerId: string
  left: Cents
  receivedOn: Day
}

/** The best early payment discount still valid on the day; only for an invoice of which nothing was paid yet. */
function skontoOn(item: OpenItem, day: Day): Cents {
  if (item.open < item.amount) return 0
  return item.skonto.filter((s) => day <= s.until).reduce((best, s) => Math.max(best, s.discount), 0)
}

/**
 * Checks what the clerk wants to allocate: within the open amount, within the money, of the same customer, Skonto only
 * within its days and not more than agreed.
 */
export function checkAllocations(
  payment: Payment,
  items: readonly OpenItem[],
  wanted: readonly WantedAllocation[],
): WantedAllocation[] | Refusal {
  let left = payment.left
  const asked = new Map<string, Cents>()
  for (const w of wanted) {
    const item = items.find((i) => i.invoiceId === w.invoiceId)
    if (!item) return refuse('not-found', { what: 'invoice' })
    if (item.customerId !== payment.customerId) return refuse('other-customer', { invoice: item.number })
    const requested = (asked.get(w.invoiceId) ?? 0) + w.amount + w.skonto
    if (requested > item.open)
      return refuse('allocation-exceeds-open', { invoice: item.number, requested, open: item.open })
    asked.set(w.invoiceId, requested)
    if (w.skonto > 0) {
      const last = item.skonto
        .map((s) => s.until)
        .sort()
        .at(-1)
      const allowed = skontoOn({ ...item, open: item.amount }, payment.receivedOn)
      if (last === undefined || payment.receivedOn > last)
        return refuse('skonto-too-late', {
          invoice: item.number,
          until: last ?? item.dueOn,
          receivedOn: payment.receivedOn,
        })
      if (w.skonto > allowed) return refuse('skonto-too-high', { invoice: item.number, allowed, requested: w.skonto })
    }
    if (w.amount > left)
      return refuse('allocation-exceeds-payment', {
        requested: wanted.reduce((sum, x) => sum + x.amount, 0),
        left: payment.left,
      })
    left -= w.amount
  }
  return wanted.filter((w) => w.amount + w.skonto > 0)
}

/**
 * What a payment without instructions settles: an open item it matches exactly (with or without Skonto), else all it
 * covers, oldest due first. What is too much stays as credit.
 */
export function suggestAllocations(payment: Payment, items: readonly OpenItem[]): WantedAllocation[] {
  const own = items.filter((i) => i.customerId === payment.customerId && i.open > 0)
  for (const item of own) {
    const skonto = skontoOn(item, payment.receivedOn)
    if (skonto > 0 && payment.left === item.open - skonto)
      return [{ invoiceId: item.invoiceId, amount: payment.left, skonto }]
  }
  const exact = own.find((i) => i.open === payment.left)
  if (exact) return [{ invoiceId: exact.invoiceId, amount: exact.open, skonto: 0 }]
  const allocations: WantedAllocation[] = []
  let left = payment.left
  for (const item of [...own].sort(
    (a, b) => (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999') || a.number.localeCompare(b.number),
  )) {
    const amount = Math.min(left, item.open)
    if (amount > 0) allocations.push({ invoiceId: item.invoiceId, amount, skonto: 0 })
    left -= amount
  }
  return allocations
}
