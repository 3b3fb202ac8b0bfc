import { type Cents, cumulativeShare } from '../../../common/money.ts'
import type { Quantity } from '../../../common/quantity.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'
import { type DocumentAmounts, documentAmounts, type PriceMode, type VatCategory } from '../../../common/tax/vat.ts'

/** A line of an issued document, and what corrections took of it so far (as positive figures). */
export interface StandingLine {
  id: string
  quantity: Quantity
  /** in the price mode of the document */
  amount: Cents
  gross: Cents
  vatCategory: VatCategory
  vatRate: number
  credited: { quantity: Quantity; amount: Cents; gross: Cents }
}

export interface CreditedLine<L> {
  line: L
  quantity: Quantity
  amount: Cents
  gross: Cents
  net: Cents
}

export interface CreditPlan<L> {
  lines: CreditedLine<L>[]
  amounts: Omit<DocumentAmounts, 'nets'>
  /** nothing of the document stands afterwards */
  all: boolean
  /** the document is taken back as it is, in one go */
  whole: boolean
}

export interface CreditedDocument<L> {
  number: string
  mode: PriceMode
  /** what the customer was to pay by it */
  payable: Cents
  /** what corrections gave back of that so far */
  creditedPayable: Cents
  lines: readonly L[]
}

/**
 * What a correction says that takes back these quantities of a document. Of each line the share up to here less what was
 * taken back before; what the customer gets is what he owed before less what he owes for the rest, so that parts add up
 * to the document to the cent. VAT is computed per rate on the sum (BR-CO-17); where the parts' VAT differs from that of
 * the whole by a cent, it stands as rounding (BT-114).
 */
export function creditParts<L extends StandingLine>(
  document: CreditedDocument<L>,
  quantities: ReadonlyMap<string, Quantity>,
): CreditPlan<L> | Refusal {
  const parts = document.lines.flatMap((line) => {
    const quantity = quantities.get(line.id) ?? 0
    return quantity > 0 ? [{ line, quantity, ...shareOf(line, quantity) }] : []
  })
  const tooMuch = parts.find((p) => p.quantity > standing(p.line))
  if (tooMuch)
    return refuse('more-than-billed', {
      invoice: document.number,
      requested: tooMuch.quantity,
      billed: standing(tooMuch.line),
    })
  if (parts.length === 0) return refuse('nothing-to-credit', { invoice: document.number })
  const amounts = documentAmounts(
    parts.map((p) => ({ amount: p.amount, category: p.line.vatCategory, rate: p.line.vatRate })),
    document.mode,
  )
  if (amounts.gross < 0) return refuse('nothing-to-credit', { invoice: document.number })
  const left = document.payable - document.creditedPayable
  const payable = Math.min(Math.max(left - payableAfter(document, quantities), 0), left)
  const { nets, ...sums } = amounts
  return {
    lines: parts.map((p, i) => ({ ...p, net: nets[i]! })),
    amounts: { ...sums, rounding: payable - sums.gross, payable },
    all: document.lines.every((l) => standing(l) === (quantities.get(l.id) ?? 0)),
    whole: document.lines.every((l) => l.credited.quantity === 0 && l.quantity === (quantities.get(l.id) ?? 0)),
  }
}

export const standing = (line: StandingLine): Quantity => line.quantity - line.credited.quantity

function shareOf(line: StandingLine, quantity: Quantity): { amount: Cents; gross: Cents } {
  const upTo = (total: Cents) => cumulativeShare(total, line.credited.quantity + quantity, line.quantity)
  return { amount: upTo(line.amount) - line.credited.amount, gross: upTo(line.gross) - line.credited.gross }
}

/** What the customer owes for what is left of the document. */
function payableAfter<L extends StandingLine>(
  { lines, mode }: CreditedDocument<L>,
  quantities: ReadonlyMap<string, Quantity>,
): Cents {
  const rest = lines.map((line) => {
    const taken = shareOf(line, quantities.get(line.id) ?? 0).amount
    return {
      amount: line.amount - line.credited.amount - taken,
      category: line.vatCategory,
      rate: line.vatRate,
    }
  })
  return documentAmounts(rest, mode).payable
}
