import { createRequire } from 'node:module'
import {
  ALLOWANCE_REASONS_CODES,
  CHARGE_REASONS_CODES,
  COUNTRY_ID_CODES,
  type ComfortProfile,
  EAS_SCHEME_CODES,
  EXEMPTION_REASON_CODES,
  FacturX,
  UNIT_CODES,
} from 'factur-x-kit'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import type { Cents } from '../../../common/money.ts'
import * as lists from './code-lists.ts'
import type { En16931Invoice } from './en16931.ts'
import { SAMPLES } from './sample-invoices.ts'
import { writeCii } from './write-cii.ts'
import { writeUbl } from './write-ubl.ts'

/** What other people's programs make of our invoices. They are only here for tests. */

const samples = Object.entries(SAMPLES)

describe('factur-x-kit reads our CII', () => {
  const cents = (euros: number | undefined): Cents => Math.round((euros ?? 0) * 100)

  test.each(samples)('%s', async (_, invoice) => {
    const facturX = await FacturX.fromXML(writeCii(invoice, 'en16931'))
    expect(facturX.validate()).toEqual({ valid: true })
    const { document, totals, invoiceLines } = facturX.object as ComfortProfile
    expect(document.id).toBe(invoice.number)
    expect(document.type).toBe(invoice.typeCode)
    expect(cents(totals.sumWithoutAllowancesAndCharges)).toBe(invoice.totals.linesNet)
    expect(cents(totals.netTotal)).toBe(invoice.totals.net)
    expect(cents(totals.taxTotal?.[0]?.amount)).toBe(invoice.totals.vat)
    expect(cents(totals.grossTotal)).toBe(invoice.totals.gross)
    expect(cents(totals.openAmount)).toBe(invoice.totals.amountDue)
    expect(totals.taxBreakdown.map((b) => [cents(b.basisAmount), cents(b.calculatedAmount)])).toEqual(
      invoice.vatBreakdown.map((b) => [b.net, b.vat]),
    )
    expect(invoiceLines.map((line) => cents(line.settlement.lineTotals.netTotal))).toEqual(
      invoice.lines.map((l) => l.net),
    )
  })

  test('and knows every code of our lists', () => {
    const known = (codes: object) => new Set<string>(Object.values(codes))
    const unknown = (ours: ReadonlySet<string>, theirs: ReadonlySet<string>) =>
      [...ours].filter((code) => !theirs.has(code))
    expect(unknown(lists.COUNTRIES, known(COUNTRY_ID_CODES))).toEqual([])
    expect(unknown(lists.ALLOWANCE_REASONS, known(ALLOWANCE_REASONS_CODES))).toEqual([])
    expect(unknown(lists.CHARGE_REASONS, known(CHARGE_REASONS_CODES))).toEqual([])
    // its list is older than that of XRechnung 3.0.2, which has these three
    expect(unknown(lists.ELECTRONIC_ADDRESS_SCHEMES, known(EAS_SCHEME_CODES))).toEqual(['0219', '0220', '9901'])
    expect(unknown(lists.UNITS, known(UNIT_CODES))).toEqual([])
    const european = [...known(EXEMPTION_REASON_CODES)].filter((code) => code.startsWith('VATEX-EU'))
    expect(european.filter((code) => !lists.isVatExemptionCode(code))).toEqual([])
  })
})

describe('@e-invoice-eu/core writes the same UBL', () => {
  const { InvoiceService, invoiceSchema } = createRequire(import.meta.url)('@e-invoice-eu/core') as {
    InvoiceService: new (logger: object) => { generate(invoice: object, options: object): Promise<string> }
    invoiceSchema: Schema
  }
  const silent = () => undefined
  const service = new InvoiceService({ log: silent, warn: silent, error: silent, debug: silent, info: silent })

  test.each(samples)('element by element: %s', async (_, invoice) => {
    const xml = writeUbl(simplified(invoice), 'xrechnung')
    const input = { 'ubl:Invoice': toCore(rootOf(xml), invoiceSchema.properties!['ubl:Invoice']!, invoiceSchema) }
    const theirs = await service.generate(input, { format: 'XRECHNUNG-UBL', lang: 'de', noWarnings: true })
    expect(tagsAndTexts(theirs)).toEqual(tagsAndTexts(xml))
  })
})

/** Its schema knows no price of more than two decimals and no due date of a credit note. */
function simplified(invoice: En16931Invoice): En16931Invoice {
  const lines = invoice.lines.map((line) => ({ ...line, netPrice: Number(line.netPrice).toFixed(2) }))
  return { ...invoice, lines, dueOn: invoice.typeCode === '381' ? undefined : invoice.dueOn }
}

interface Schema {
  $ref?: string
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  $defs?: Record<string, Record<string, Schema>>
}
type Node = { [name: string]: Node[] | string }

function rootOf(xml: string): Node {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    trimValues: false,
    alwaysCreateTextNode: true,
    isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
  })
  const document = parser.parse(xml) as Record<string, Node[]>
  return (document.Invoice ?? document.CreditNote)![0]!
}

/** Our UBL as its JSON, led by its schema: an element that it doesn't know fails the test. */
function toCore(node: Node, schema: Schema, root: Schema): Record<string, unknown> {
  const resolve = ({ $ref, ...rest }: Schema): Schema => {
    const [, , group, name] = $ref?.split('/') ?? []
    return $ref ? resolve(root.$defs![group!]![name!]!) : rest
  }
  const out: Record<string, unknown> = {}
  for (const [name, children] of Object.entries(node)) {
    if (typeof children === 'string') continue
    const key = name.replace(/CreditNote(Line|TypeCode)/, 'Invoice$1').replace('CreditedQuantity', 'InvoicedQuantity')
    const property = schema.properties?.[key]
    if (!property) throw new Error(`${key} is no element of EN 16931 in UBL`)
    const inner = resolve(property)
    const item = resolve(inner.type === 'array' ? inner.items! : inner)
    const values = children.map((child) => (item.type === 'object' ? toCore(child, item, root) : child['#text']))
    out[key] = inner.type === 'array' ? values : values[0]
    if (inner.type !== 'array' && values.length > 1) throw new Error(`${key} stands there more than once`)
    for (const [attribute, value] of Object.entries(children[0]!)) {
      if (attribute.startsWith('@')) out[key + attribute] = value
    }
  }
  return out
}

function tagsAndTexts(xml: string): string[] {
  const plain = xml.replace(/ xmlns(:\w+)?="[^"]*"| xsi:schemaLocation="[^"]*"/g, '').replace(/(<\/?)ubl:/g, '$1')
  return [...plain.matchAll(/<([\w:]+[^>]*)>([^<]*)/g)].map(([, tag, text]) => `${tag!.trim()}: ${text!.trim()}`)
}
