import { type Cents, mulDiv, type UnitPrice } from '../../../common/money.ts'
import type { NewOrder, NewOrderLine, ParkReason } from '../../../common/orders/api.ts'
import { amountOf } from '../../../common/quantity.ts'
import { documentAmounts, type PriceMode, type VatCategory, type VatRate, vatOf } from '../../../common/tax/vat.ts'
import { type PricedArticle, priceFor } from '../../catalog/index.ts'
import { rateOn, type VatRateRow } from '../../tax/index.ts'

export interface Surroundings {
  articles: readonly PricedArticle[]
  rates: readonly VatRateRow[]
  today: string
  priceMode: PriceMode
  smallBusiness: boolean
  priceGroup: string
  vatTreatment: 'domestic' | 'intra-community' | 'export' | 'reverse-charge'
  language: 'de' | 'en'
}

export interface ComposedLine {
  kind: NewOrderLine['kind']
  article: PricedArticle | undefined
  externalLine: string | undefined
  name: string
  unit: string
  quantity: number
  unitPrice: UnitPrice
  discount: Cents
  discountReason: string | undefined
  amount: Cents
  gross: Cents
  vatCategory: VatCategory
  vatRate: VatRate
}

export interface ComposedOrder {
  lines: ComposedLine[]
  net: Cents
  vat: Cents
  gross: Cents
  perRate: { category: VatCategory; rate: VatRate; net: Cents; vat: Cents }[]
}

/**
 * An order as it's kept: every line with article, price, amount and VAT as agreed. What the order leaves out comes from
 * our price list. Whatever can't be taken as it stands is named, so that the order can be parked with the reason.
 */
export function composeOrder(order: NewOrder, around: Surroundings): { order: ComposedOrder; problems: ParkReason[] } {
  const problems: ParkReason[] = []
  const goods = order.lines.map((line) => composeLine(line, around, problems))
  const mainRate = rateOfMostGoods(goods)
  const drafts = goods.map((d) =>
    d.vatRate === undefined
      ? { ...d, ...(mainRate ?? fallbackVat(around)) }
      : { ...d, vatRate: d.vatRate, vatCategory: d.vatCategory! },
  )
  const amounts = documentAmounts(
    drafts.map((d) => ({ amount: d.amount, category: d.vatCategory, rate: d.vatRate })),
    around.priceMode,
  )
  const grosses = around.priceMode === 'gross' ? drafts.map((d) => d.amount) : grossOfNets(drafts)
  const lines = drafts.map((d, i) => ({ ...d, gross: grosses[i]! }))
  const stated = order.totals
  const differs = stated && totalsDiffer(stated, amounts, around.priceMode, lines.length)
  if (differs) problems.push({ code: 'totals-differ', facts: differs })
  const totals =
    stated?.perRate && !around.smallBusiness
      ? statedAmounts(stated, lines)
      : { net: amounts.net, vat: amounts.vat, gross: amounts.payable, perRate: amounts.perRate }
  return { order: { lines, ...totals }, problems }
}

type Draft = Omit<ComposedLine, 'gross' | 'vatRate' | 'vatCategory'> & {
  vatRate: VatRate | undefined
  vatCategory: VatCategory | undefined
}

function composeLine(line: NewOrderLine, around: Surroundings, problems: ParkReason[]): Draft {
  const article =
    line.article === undefined
      ? undefined
      : (around.articles.find((a) => a.number === line.article) ?? around.articles.find((a) => a.gtin === line.article))
  if (line.kind === 'goods' && article === undefined)
    problems.push({ code: 'unknown-article', facts: { article: line.article ?? null, name: line.name ?? null } })
  if (article?.active === false) problems.push({ code: 'article-inactive', facts: { article: line.article } })
  const vat = lineVat(line, article, around, problems)
  const unitPrice = line.unitPrice ?? agreedPrice(line, article, around, vat?.vatRate ?? 0)
  if (unitPrice === undefined && line.amount === undefined)
    problems.push({ code: 'no-price', facts: { article: line.article ?? null } })
  const discount = line.discount
  const amount = line.amount ?? amountOf(line.quantity, unitPrice ?? 0) - discount
  return {
    kind: line.kind,
    article,
    externalLine: line.externalLine,
    name:
      line.name ?? (around.language === 'en' ? article?.nameEn : undefined) ?? article?.nameDe ?? line.article ?? '',
    unit: article?.unit ?? (line.kind === 'goods' ? 'H87' : 'C62'),
    quantity: line.quantity,
    unitPrice: unitPrice ?? Math.abs(mulDiv(amount + discount, 100_000, line.quantity)),
    discount,
    discountReason: line.discountReason,
    amount,
    vatRate: vat?.vatRate,
    vatCategory: vat?.vatCategory,
  }
}

type Vat = { vatRate: VatRate; vatCategory: VatCategory }

function lineVat(
  line: NewOrderLine,
  article: PricedArticle | undefined,
  around: Surroundings,
  problems: ParkReason[],
): Vat | undefined {
  if (around.smallBusiness) return NO_VAT
  if (line.vatCategory !== undefined || line.vatRate !== undefined) {
    const vatRate = line.vatRate ?? 0
    return { vatRate, vatCategory: line.vatCategory ?? (vatRate > 0 ? 'S' : 'Z') }
  }
  const special = specialVat(around)
  if (special) return special
  if (article === undefined) return undefined
  const vatRate = rateOn(around.rates, article.vatClass, around.today)
  if (vatRate === undefined)
    problems.push({ code: 'no-vat-rate', facts: { vatClass: article.vatClass, day: around.today } })
  return { vatRate: vatRate ?? 0, vatCategory: vatRate ? 'S' : 'Z' }
}

/** § 19 UStG: whoever shows VAT all the same owes it (§ 14c), so not even what a shop says of it counts. */
const NO_VAT: Vat = { vatRate: 0, vatCategory: 'E' }

/** Abroad and with reverse charge the customer's treatment decides. */
function specialVat(around: Surroundings): Vat | undefined {
  if (around.smallBusiness) return NO_VAT
  const categories = { 'intra-community': 'K', export: 'G', 'reverse-charge': 'AE' } as const
  return around.vatTreatment === 'domestic' ? undefined : { vatRate: 0, vatCategory: categories[around.vatTreatment] }
}

function fallbackVat(around: Surroundings): Vat {
  const vatRate = rateOn(around.rates, 'standard', around.today) ?? 0
  return specialVat(around) ?? { vatRate, vatCategory: 'S' }
}

/** Shipping shares the fate of the goods: the rate of the larger part (Abschn. 3.10 UStAE). */
function rateOfMostGoods(drafts: readonly Draft[]): Vat | undefined {
  const sums = new Map<string, { vat: Vat; sum: Cents }>()
  for (const d of drafts) {
    if (d.vatRate === undefined) continue
    const key = `${d.vatCategory} ${d.vatRate}`
    const entry = sums.get(key) ?? { vat: { vatRate: d.vatRate, vatCategory: d.vatCategory! }, sum: 0 }
    entry.sum += d.amount
    sums.set(key, entry)
  }
  return [...sums.values()].sort((a, b) => b.sum - a.sum)[0]?.vat
}

/** Our own price: net from the list; with gross prices the whole-cent gross of it. */
function agreedPrice(
  line: NewOrderLine,
  article: PricedArticle | undefined,
  around: Surroundings,
  vatRate: VatRate,
): UnitPrice | undefined {
  const net = article && priceFor(article, around.priceGroup, line.quantity)
  if (net === undefined || around.priceMode === 'net') return net
  return mulDiv(net, 10_000 + vatRate, 1_000_000) * 100
}

/** The gross amount of each net line; they add up to the document's gross because VAT is taken from the running sum. */
function grossOfNets(lines: readonly { amount: Cents; vatCategory: VatCategory; vatRate: VatRate }[]): Cents[] {
  const running = new Map<string, Cents>()
  return lines.map((line) => {
    const key = `${line.vatCategory} ${line.vatRate}`
    const before = running.get(key) ?? 0
    running.set(key, before + line.amount)
    return line.amount + vatOf(before + line.amount, line.vatRate) - vatOf(before, line.vatRate)
  })
}

type Stated = NonNullable<NewOrder['totals']>

/**
 * The shop's totals must be ours: with gross prices to the cent, with net prices the nets to the cent and the VAT within
 * what rounding a line at a time can make of it (half a cent a line and rate).
 */
function totalsDiffer(
  stated: Stated,
  ours: ReturnType<typeof documentAmounts>,
  mode: PriceMode,
  lines: number,
): Record<string, unknown> | undefined {
  if (mode === 'gross')
    return stated.gross === ours.payable ? undefined : { stated: stated.gross, computed: ours.payable }
  const tolerance = Math.ceil(lines / 2) + 1
  if (stated.net !== undefined && stated.net !== ours.net) return { stated: stated.net, computed: ours.net, of: 'net' }
  return Math.abs(stated.gross - ours.payable) <= tolerance
    ? undefined
    : { stated: stated.gross, computed: ours.payable }
}

/** As agreed: a shop order keeps exactly the shop's figures, with our categories. */
function statedAmounts(stated: Stated, lines: readonly { vatCategory: VatCategory; vatRate: VatRate }[]) {
  const perRate = stated.perRate!.map((r) => ({
    category: lines.find((l) => l.vatRate === r.rate)?.vatCategory ?? ('S' as const),
    rate: r.rate,
    net: r.net,
    vat: r.vat,
  }))
  perRate.sort((a, b) => b.rate - a.rate)
  const net = perRate.reduce((sum, r) => sum + r.net, 0)
  return { net, vat: stated.gross - net, gross: stated.gross, perRate }
}
