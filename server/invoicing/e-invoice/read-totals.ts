import { XMLParser } from 'fast-xml-parser'
import type { Day } from '../../../common/dates.ts'
import { type Cents, parseDecimal } from '../../../common/money.ts'

/** What an invoice adds up to, read back from its XML. */
export interface InvoiceTotals {
  number: string
  issuedOn: Day
  typeCode: string
  net: Cents
  vat: Cents
  gross: Cents
  amountDue: Cents
  perRate: { category: string; rate: number; net: Cents; vat: Cents }[]
  lineCount: number
  linesNet: Cents
}

type Node = { readonly [name: string]: Value }
type Value = string | Node | readonly (string | Node)[] | undefined

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  alwaysCreateTextNode: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
})

/**
 * Reads number, dates, totals, VAT and lines of a UBL or CII invoice, in cents, so that what was sent can be held
 * against the ledger. `linesNet` is added up from the lines, not taken from the header. Throws when it is no invoice.
 */
export function readTotals(xml: string): InvoiceTotals {
  // no e-invoice needs a document type; one could only bring entities
  if (/<!DOCTYPE/i.test(xml)) throw new Error('an e-invoice has no document type declaration')
  const document = parser.parse(xml) as Node
  if (document.CrossIndustryInvoice) return readCii(child(document, 'CrossIndustryInvoice'))
  if (document.Invoice) return readUbl(child(document, 'Invoice'), 'Invoice')
  if (document.CreditNote) return readUbl(child(document, 'CreditNote'), 'CreditNote')
  throw new Error('neither a UBL nor a CII invoice')
}

function readUbl(root: Node, name: 'Invoice' | 'CreditNote'): InvoiceTotals {
  const currency = text(root, 'DocumentCurrencyCode')
  const totals = child(root, 'LegalMonetaryTotal')
  // the VAT may stand there a second time in the accounting currency (BT-111)
  const taxTotal = children(root, 'TaxTotal').find((t) => text(child(t, 'TaxAmount'), '@currencyID') === currency)
  if (!taxTotal) throw new Error('the invoice has no VAT total')
  const lines = children(root, `${name}Line`)
  return {
    number: text(root, 'ID'),
    issuedOn: text(root, 'IssueDate'),
    typeCode: text(root, `${name}TypeCode`),
    net: cents(totals, 'TaxExclusiveAmount'),
    vat: cents(taxTotal, 'TaxAmount'),
    gross: cents(totals, 'TaxInclusiveAmount'),
    amountDue: cents(totals, 'PayableAmount'),
    perRate: children(taxTotal, 'TaxSubtotal').map((subtotal) => ({
      category: text(child(subtotal, 'TaxCategory'), 'ID'),
      rate: rateOf(child(subtotal, 'TaxCategory'), 'Percent'),
      net: cents(subtotal, 'TaxableAmount'),
      vat: cents(subtotal, 'TaxAmount'),
    })),
    lineCount: lines.length,
    linesNet: lines.reduce((sum, line) => sum + cents(line, 'LineExtensionAmount'), 0),
  }
}

function readCii(root: Node): InvoiceTotals {
  const document = child(root, 'ExchangedDocument')
  const transaction = child(root, 'SupplyChainTradeTransaction')
  const settlement = child(transaction, 'ApplicableHeaderTradeSettlement')
  const totals = child(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation')
  const currency = text(settlement, 'InvoiceCurrencyCode')
  const vatTotal = children(totals, 'TaxTotalAmount').find((t) =>
    [undefined, currency].includes(optionalText(t, '@currencyID')),
  )
  const lines = children(transaction, 'IncludedSupplyChainTradeLineItem')
  return {
    number: text(document, 'ID'),
    issuedOn: text(child(document, 'IssueDateTime'), 'DateTimeString').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
    typeCode: text(document, 'TypeCode'),
    net: cents(totals, 'TaxBasisTotalAmount'),
    vat: vatTotal ? cents(vatTotal, '#text') : 0,
    gross: cents(totals, 'GrandTotalAmount'),
    amountDue: cents(totals, 'DuePayableAmount'),
    perRate: children(settlement, 'ApplicableTradeTax').map((tax) => ({
      category: text(tax, 'CategoryCode'),
      rate: rateOf(tax, 'RateApplicablePercent'),
      net: cents(tax, 'BasisAmount'),
      vat: cents(tax, 'CalculatedAmount'),
    })),
    lineCount: lines.length,
    linesNet: lines.reduce((sum, line) => sum + cents(lineTotals(line), 'LineTotalAmount'), 0),
  }
}

function lineTotals(line: Node): Node {
  return child(child(line, 'SpecifiedLineTradeSettlement'), 'SpecifiedTradeSettlementLineMonetarySummation')
}

/** The children of that name; the parser gives each as a list of nodes. */
function children(node: Node, name: string): readonly Node[] {
  return (node[name] ?? []) as readonly Node[]
}

function child(node: Node, name: string): Node {
  const [first] = children(node, name)
  if (first === undefined) throw new Error(`the invoice has no ${name}`)
  return first
}

function optionalText(node: Node, name: string): string | undefined {
  const value = name.startsWith('@') || name === '#text' ? node[name] : children(node, name)[0]?.['#text']
  return typeof value === 'string' ? value.trim() : undefined
}

function text(node: Node, name: string): string {
  const value = optionalText(node, name)
  if (value === undefined) throw new Error(`the invoice has no ${name}`)
  return value
}

function cents(node: Node, name: string): Cents {
  const value = parseDecimal(text(node, name), 2)
  if (value === undefined) throw new Error(`${name} is no amount of whole cents: ${text(node, name)}`)
  return value
}

/** Hundredths of a percent; what is not subject to VAT has none. */
function rateOf(node: Node, name: string): number {
  return parseDecimal(optionalText(node, name) ?? '0', 2) ?? 0
}
