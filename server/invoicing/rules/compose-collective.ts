import type { Day } from '../../../common/dates.ts'
import type { Cents } from '../../../common/money.ts'
import { vatOf } from '../../../common/tax/vat.ts'
import type { En16931Invoice } from '../e-invoice/en16931.ts'
import { invoiceWords } from './invoice-words.ts'
import type { CorrectionHead } from './reverse-invoice.ts'

/** One document and what a correction over it alone would say. */
interface Part {
  said: En16931Invoice
  correction: En16931Invoice
  /** what the customer gets of it */
  payable: Cents
}

/**
 * Whether corrections of documents may be one: the same prices, buyer, seller and taxes; a supply abroad also to the same
 * address (BT-80). Currencies are always euro. In what differs the documents say something that one document can't say twice.
 */
export function collectiveKey(said: En16931Invoice, row: { priceMode: string; billTo: string }): string {
  const { buyer, seller, vatBreakdown, deliverTo } = said
  const special = [...new Set(vatBreakdown.map((b) => b.category).filter((c) => c !== 'S' && c !== 'Z'))].sort()
  return JSON.stringify([
    row.priceMode,
    row.billTo,
    said.buyerReference ?? null,
    [buyer.name, buyer.vatId ?? null, buyer.address],
    [seller.name, seller.vatId ?? null, seller.taxNumber ?? null, seller.identifier ?? null],
    special,
    special.some((c) => c === 'K' || c === 'G') ? (deliverTo?.address ?? null) : null,
  ])
}

/**
 * One credit note (381, so in positive figures) over several invoices: each is named (BG-3), and each line says which one it takes back. VAT is computed
 * on the sum of all (BR-CO-17); what that differs from the parts by a few cents stands as rounding (BT-114), so that each
 * invoice is credited with exactly its own amount.
 */
export function composeCollective(parts: readonly Part[], head: CorrectionHead): En16931Invoice {
  const words = invoiceWords[head.language]
  const vatBreakdown = mergedBreakdown(parts.map((p) => p.correction))
  const sum = (of: (c: En16931Invoice) => number) => parts.reduce((total, p) => total + of(p.correction), 0)
  const [net, vat] = [sum((c) => c.totals.net), vatBreakdown.reduce((total, b) => total + b.vat, 0)]
  const payable = parts.reduce((total, p) => total + p.payable, 0)
  const named = parts.map(({ said }) => ({ number: said.number, issuedOn: said.issuedOn }))
  return {
    ...withoutDifferences(parts.map((p) => p.correction)),
    precedingInvoices: named,
    notes: [words.collectiveCorrection(named, head.reason), ...commonNotes(parts.map((p) => p.correction))],
    ...deliveryOf(parts.map((p) => p.correction)),
    allowances: parts.flatMap((p) => p.correction.allowances),
    charges: parts.flatMap((p) =>
      p.correction.charges.map((c) => ({ ...c, reason: `${c.reason} (${p.said.number})` })),
    ),
    lines: parts
      .flatMap(({ said, correction }) =>
        correction.lines.map((line) => ({
          ...line,
          note: [line.note, words.ofInvoice(said.number, said.issuedOn)].filter(Boolean).join('; '),
          invoice: { number: said.number, issuedOn: said.issuedOn },
        })),
      )
      .map((line, i) => ({ ...line, id: String(i + 1) })),
    vatBreakdown,
    totals: {
      linesNet: sum((c) => c.totals.linesNet),
      allowances: sum((c) => c.totals.allowances),
      charges: sum((c) => c.totals.charges),
      net,
      vat,
      gross: net + vat,
      prepaid: 0,
      rounding: payable - net - vat,
      amountDue: payable,
    },
  }
}

/** Per category and rate the sum of the nets, and VAT on that. */
function mergedBreakdown(corrections: readonly En16931Invoice[]): En16931Invoice['vatBreakdown'] {
  const groups = Map.groupBy(
    corrections.flatMap((c) => c.vatBreakdown),
    (b) => `${b.category} ${b.rate}`,
  )
  return [...groups.values()]
    .map((same) => {
      const net = same.reduce((total, b) => total + b.net, 0)
      return { ...same[0]!, net, vat: vatOf(net, same[0]!.rate) }
    })
    .sort((a, b) => b.rate - a.rate || a.category.localeCompare(b.category))
}

const differing = ['orderNumber', 'buyerOrderNumber', 'deliveryNoteNumber', 'deliverTo'] as const

/** The head of the first; of what only one number or address fits, nothing where they differ. */
function withoutDifferences(corrections: readonly En16931Invoice[]): En16931Invoice {
  const { deliveredOn: _day, period: _period, ...head } = corrections[0]!
  for (const name of differing)
    if (new Set(corrections.map((c) => JSON.stringify(c[name] ?? null))).size > 1) delete head[name]
  return head
}

/** Notes that all of them say, after the first, which names what each corrects. */
function commonNotes(corrections: readonly En16931Invoice[]): string[] {
  const [first, ...others] = corrections.map((c) => c.notes.slice(1))
  return first!.filter((note) => others.every((o) => o.includes(note)))
}

/** The day of the only delivery, or the first and the last of several. */
function deliveryOf(corrections: readonly En16931Invoice[]): Pick<En16931Invoice, 'deliveredOn' | 'period'> {
  const days: Day[] = corrections
    .flatMap((c) => [c.deliveredOn, c.period?.from, c.period?.to])
    .filter((day) => day !== undefined)
    .sort()
  const [from, to] = [days[0], days.at(-1)]
  if (from === undefined || to === undefined) return {}
  return from === to ? { deliveredOn: from } : { period: { from, to } }
}
