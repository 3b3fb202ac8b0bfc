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

/**
 * The amounts of the billed quantities as agreed on the order. A part is the share of the agreed line amount up to here
 * less the share up to where the last invoice ended: whatever is billed in whatever parts, together it's the agreed
 * amount to the cent.
 */
export function priceLines<L extends { orderLine: OrderLineRow }>(
  billed: readonly { line: L; quantity: Quantity }[],
  mode: PriceMode,
): { lines: PricedLine<L>[]; amounts: DocumentAmounts } {
  const already = new Map<string, Quantity>()
  const shares = billed.map(({ line, quantity }) => {
    const { orderLine } = line
    const from = already.get(orderLine.id) ?? orderLine.invoiced
    const to = from + quantity
    already.set(orderLine.id, to)
    const part = (total: Cents) =>
      cumulativeShare(total, to, orderLine.ordered) - cumulativeShare(total, from, orderLine.ordered)
    return {
      line,
      quantity,
      amount: part(orderLine.amount),
      discount: part(orderLine.discount),
      gross: part(orderLine.gross),
    }
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
