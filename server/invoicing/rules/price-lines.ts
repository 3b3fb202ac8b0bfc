import { type Cents, cumulativeShare, mulDiv } from '../../../common/money.ts'
import type { Quantity } from '../../../common/quantity.ts'
import { type DocumentAmounts, documentAmounts, type PriceMode } from '../../../common/tax/vat.ts'
import type { OrderLineRow } from '../../orders/index.ts'

export interface PricedLine<L> {
  line: L
  quantity: Quantity
  /** in the price mode of the order */
  amount: Cents
  /** agreed reduction in it, in the price mode */
  discount: Cents
  gross: Cents
  net: Cents
  /** reduction as net amount, what the invoice shows */
  netDiscount: Cents
}

/** What of an order line stands on invoices that hold, less what was corrected; in the price mode, and gross. */
export interface Billed {
  amount: Cents
  gross: Cents
}

/**
 * The amounts of the billed quantities as agreed on the order. A part is the share of the agreed line amount up to here
 * less what is billed already: whatever is billed in whatever parts, and whatever is taken back and billed again,
 * together it's the agreed amount to the cent. Counting quantities alone would lose the cent that a corrected part had.
 */
export function priceLines<L extends { orderLine: OrderLineRow }>(
  billed: readonly { line: L; quantity: Quantity }[],
  mode: PriceMode,
  before: ReadonlyMap<string, Billed>,
): { lines: PricedLine<L>[]; amounts: DocumentAmounts } {
  const already = new Map<string, Billed & { quantity: Quantity }>()
  const shares = billed.map(({ line, quantity }) => {
    const { orderLine } = line
    const from = already.get(orderLine.id) ?? {
      quantity: orderLine.invoiced,
      ...(before.get(orderLine.id) ?? { amount: 0, gross: 0 }),
    }
    const to = from.quantity + quantity
    const upTo = (total: Cents) => cumulativeShare(total, to, orderLine.ordered)
    const amount = rest(orderLine.amount, upTo(orderLine.amount), from.amount)
    const gross = rest(orderLine.gross, upTo(orderLine.gross), from.gross)
    already.set(orderLine.id, { quantity: to, amount: from.amount + amount, gross: from.gross + gross })
    const discount = upTo(orderLine.discount) - cumulativeShare(orderLine.discount, from.quantity, orderLine.ordered)
    return { line, quantity, amount, discount, gross }
  })
  const amounts = documentAmounts(
    shares.map((s) => ({ amount: s.amount, category: s.line.orderLine.vatCategory, rate: s.line.orderLine.vatRate })),
    mode,
  )
  const lines = shares.map((s, i) => {
    const rate = s.line.orderLine.vatRate
    const netDiscount = mode === 'net' ? s.discount : mulDiv(s.discount, 10_000, 10_000 + rate)
    return { ...s, net: amounts.nets[i]!, netDiscount }
  })
  return { lines, amounts }
}

/** After corrections more may be billed than the share says by a few cents: then nothing, never a part turned round. */
function rest(total: Cents, upToHere: Cents, billed: Cents): Cents {
  return total < 0 ? Math.min(upToHere - billed, 0) : Math.max(upToHere - billed, 0)
}
