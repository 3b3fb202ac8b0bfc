import { readdirSync, readFileSync } from 'node:fs'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { SAMPLES } from './sample-invoices.ts'
import { writeCii } from './write-cii.ts'
import { writeUbl } from './write-ubl.ts'

/** Both schemas are sequences: which child comes before which is read from invoices that are known to be valid. */

const fixtures = new URL('./fixtures/', import.meta.url)

type Ordered = readonly { readonly [name: string]: Ordered | unknown }[]
type Visit = (path: string, children: readonly string[]) => void

const parser = new XMLParser({
  preserveOrder: true,
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
})

function visit(xml: string, each: Visit): void {
  const walk = (nodes: Ordered, path: string): void => {
    const names = nodes
      .map((node) => Object.keys(node)[0]!)
      .filter((name) => !name.startsWith('#') && !name.startsWith('?'))
    each(path, names)
    for (const node of nodes) {
      const name = Object.keys(node)[0]!
      // a line is a line: the paths of an invoice and of a credit note are the same
      if (Array.isArray(node[name])) walk(node[name] as Ordered, `${path}/${name.replace('CreditNote', 'Invoice')}`)
    }
  }
  walk(parser.parse(xml) as Ordered, '')
}

/** "path: a < b" for every two different children that stand in this order somewhere. */
function ordersIn(xmls: readonly string[]): Set<string> {
  const orders = new Set<string>()
  for (const xml of xmls) {
    visit(xml, (path, names) => {
      const distinct = [...new Set(names)]
      distinct.forEach((a, i) => {
        for (const b of distinct.slice(i + 1)) orders.add(`${path}: ${a} < ${b}`)
      })
    })
  }
  return orders
}

function contradictions(ours: readonly string[], valid: ReadonlySet<string>): string[] {
  return [...ordersIn(ours)].filter((order) => {
    const [, path, a, b] = /^(.*): (.*) < (.*)$/.exec(order)!
    return valid.has(`${path}: ${b} < ${a}`)
  })
}

const validFiles = (syntax: string) =>
  readdirSync(fixtures)
    .filter((file) => file.endsWith(`_${syntax}.xml`))
    .map((file) => readFileSync(new URL(file, fixtures), 'utf8'))

describe('our elements stand in the order of valid invoices', () => {
  test('UBL', () => {
    const valid = ordersIn(validFiles('ubl'))
    expect(valid.size).toBeGreaterThan(300)
    expect(
      contradictions(
        Object.values(SAMPLES).map((i) => writeUbl(i, 'xrechnung')),
        valid,
      ),
    ).toEqual([])
  })

  test('CII, also with the groups of EXTENDED', () => {
    const valid = ordersIn(validFiles('uncefact'))
    expect(valid.size).toBeGreaterThan(200)
    const ours = Object.values(SAMPLES).flatMap((i) => [writeCii(i, 'xrechnung'), writeCii(i, 'extended')])
    expect(contradictions(ours, valid)).toEqual([])
  })

  test('and a wrong order would be noticed', () => {
    const swapped = writeUbl(SAMPLES['credit note']!, 'xrechnung').replace(
      /(<cbc:IssueDate>.*?<\/cbc:IssueDate>)(<cbc:CreditNoteTypeCode>.*?<\/cbc:CreditNoteTypeCode>)(.*?)(<cac:Item>.*<\/cac:Item>)(<cac:Price>.*<\/cac:Price>)/s,
      '$1$2$3$5$4',
    )
    expect(contradictions([swapped], ordersIn(validFiles('ubl')))).toEqual(['/Invoice/InvoiceLine: Price < Item'])
  })
})
