import type { Day } from '../../../common/dates.ts'
import type { Cents } from '../../../common/money.ts'
import { type BillingRule, dueOn } from './due-on.ts'

/** What of a delivery note is not billed yet, as far as it belongs to one order and one VAT treatment. */
export interface Portion {
  noteId: string
  deliveredOn: Day
  orderId: string
  customerId: string
  billTo: string
  deliverTo: string
  priceMode: 'net' | 'gross'
  paymentMethod: string
  vatCategory: string
  buyerOrderNumber: string | null
  noteLineIds: string[]
  /** what it comes to, VAT included */
  gross: Cents
}

/** How a customer wants to be billed. */
export interface BillingTerms {
  rule: BillingRule
  /** gross, of the rule above-amount */
  amount: Cents
  grouping: 'none' | 'order' | 'delivery-address' | 'buyer-order-number'
}

export interface PlannedBill {
  customerId: string
  /** null: no day follows from the rule (by hand, or the amount is not reached) */
  dueOn: Day | null
  deliveredFrom: Day
  deliveredTo: Day
  noteIds: string[]
  noteLineIds: string[]
  gross: Cents
}

/**
 * Which portions stand on one invoice together. Always apart: customers, bill-to addresses, price modes, ways to pay, VAT
 * treatments (zero and standard rates go together, reverse charge, intra-community, export and exempt each alone), and
 * the periods of the customer's rule, so that March and April never share one. Then what the customer wants apart.
 * Payment terms belong to the customer and there is one currency, so these differ only where the customer does.
 */
export function groupPortions(portions: readonly Portion[], terms: BillingTerms): PlannedBill[] {
  const inOrder = [...portions].sort((a, b) => compare(a.deliveredOn, b.deliveredOn) || compare(a.noteId, b.noteId))
  const groups = Map.groupBy(inOrder, (p) => keyOf(p, terms))
  return [...groups.values()].map((group) => ({
    customerId: group[0]!.customerId,
    dueOn: terms.rule === 'above-amount' ? reachedOn(group, terms.amount) : dueOn(terms.rule, group[0]!.deliveredOn),
    deliveredFrom: group[0]!.deliveredOn,
    deliveredTo: group.at(-1)!.deliveredOn,
    noteIds: [...new Set(group.map((p) => p.noteId))],
    noteLineIds: group.flatMap((p) => p.noteLineIds),
    gross: group.reduce((sum, p) => sum + p.gross, 0),
  }))
}

function keyOf(p: Portion, { rule, grouping }: BillingTerms): string {
  const wanted = {
    none: '',
    order: p.orderId,
    'delivery-address': p.deliverTo,
    'buyer-order-number': p.buyerOrderNumber ?? '',
  }[grouping]
  return JSON.stringify([
    p.customerId,
    p.billTo,
    p.priceMode,
    wayToPay(p.paymentMethod),
    vatTreatment(p.vatCategory),
    rule === 'per-delivery' ? p.noteId : dueOn(rule, p.deliveredOn),
    wanted,
  ])
}

/** On delivery note and on invoice are both paid when the invoice is there. */
const wayToPay = (method: string) => (method === 'on-delivery-note' ? 'on-invoice' : method)
const vatTreatment = (category: string) => (category === 'Z' ? 'S' : category)

/** The day whose deliveries brought the sum up to the amount; null while it's below. */
function reachedOn(group: readonly Portion[], amount: Cents): Day | null {
  let sum = 0
  for (const portion of group) {
    sum += portion.gross
    if (sum >= amount) return portion.deliveredOn
  }
  return null
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
