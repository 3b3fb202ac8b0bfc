import type { OrderLineRow } from '../../orders/index.ts'
import type { En16931Invoice, En16931Line } from '../e-invoice/en16931.ts'
import { netPriceFor } from '../e-invoice/net-price.ts'
import { type CreditedLine, type CreditPlan, type StandingLine, standing } from './credit-parts.ts'
import { type CorrectionHead, correctionHead, reverseInvoice, signOf } from './reverse-invoice.ts'

export type CorrectableLine = StandingLine & { orderLine: OrderLineRow }

/**
 * The correction of a part of an invoice: the lines taken back with their quantity and share, named as the invoice named
 * them. Of the whole invoice it is its mirror image.
 */
export function composeCorrection<L extends CorrectableLine>(
  corrected: En16931Invoice,
  lines: readonly L[],
  plan: CreditPlan<L>,
  head: CorrectionHead,
): En16931Invoice {
  if (plan.whole) return reverseInvoice(corrected, head)
  const sign = -signOf(head)
  const signed = (amount: number) => (amount === 0 ? 0 : sign * amount)
  const said = linesAsSaid(corrected, lines)
  const goods = plan.lines.filter((l) => said.has(l.line.id))
  const asLines = goods.length > 0 ? goods : plan.lines
  const others = plan.lines.filter((l) => !asLines.includes(l))
  const { net, vat, gross, rounding, perRate } = plan.amounts
  const charges = others.map(({ line, net: amount }) => ({
    amount: signed(amount),
    vatCategory: line.vatCategory,
    vatRate: line.vatRate,
    reason: line.orderLine.name,
  }))
  const sum = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0)
  return {
    ...correctionHead(corrected, head),
    allowances: [],
    charges,
    lines: asLines.map((l, i) => creditedLine(l, i, said.get(l.line.id), signed)),
    vatBreakdown: perRate.map((r) => ({
      ...corrected.vatBreakdown.find((b) => b.category === r.category && b.rate === r.rate),
      ...r,
      net: signed(r.net),
      vat: signed(r.vat),
    })),
    totals: {
      linesNet: signed(sum(asLines.map((l) => l.net))),
      allowances: 0,
      charges: signed(sum(others.map((l) => l.net))),
      net: signed(net),
      vat: signed(vat),
      gross: signed(gross),
      prepaid: 0,
      rounding: signed(rounding),
      amountDue: signed(gross + rounding),
    },
  }
}

function creditedLine<L extends CorrectableLine>(
  { line, quantity, net }: CreditedLine<L>,
  index: number,
  said: En16931Line | undefined,
  signed: (amount: number) => number,
): En16931Line {
  const { orderLine } = line
  const base: Partial<En16931Line> = said ?? { articleNumber: orderLine.articleNumber ?? undefined }
  const agreed = base.allowances?.length ? undefined : base.netPrice
  return {
    ...base,
    id: String(index + 1),
    name: base.name ?? orderLine.name,
    unit: orderLine.unit,
    quantity: signed(quantity),
    net: signed(net),
    allowances: [],
    netPrice: priceOf(signed(net), signed(quantity), agreed),
    vatCategory: line.vatCategory,
    vatRate: line.vatRate,
  }
}

/** The invoice's lines by the row behind them: goods in their order, or every row where only costs were billed. */
function linesAsSaid<L extends CorrectableLine>(
  corrected: En16931Invoice,
  lines: readonly L[],
): ReadonlyMap<string, En16931Line> {
  const goods = lines.filter((l) => l.orderLine.kind === 'goods')
  const behind = goods.length > 0 ? goods : lines
  return new Map(behind.flatMap((l, i) => (corrected.lines[i] ? [[l.id, corrected.lines[i]!] as const] : [])))
}

/** The price the invoice said, where it gives the amount; else the shortest that does. */
function priceOf(net: number, quantity: number, said: string | undefined): string {
  const agreed = said === undefined ? undefined : Math.round(Number(said) * 10_000)
  const exact = said !== undefined && /^\d+\.\d{1,4}$/.test(said) ? agreed : undefined
  return netPriceFor(net, 0, quantity, exact)
}

/** Everything of a document that still stands. */
export const allStanding = (lines: readonly StandingLine[]): Map<string, number> =>
  new Map(lines.map((l) => [l.id, standing(l)]))
