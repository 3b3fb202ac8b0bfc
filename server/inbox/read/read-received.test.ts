import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isRefusal } from '../../../common/refusal.ts'
import { checkReceived } from '../rules/check-received.ts'
import { type ReceivedFile, readReceived } from './read-received.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures')
const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(xml|pdf)$/.test(name))

function read(name: string): ReceivedFile {
  const file = readReceived(readFileSync(join(FIXTURES, name)))
  if (isRefusal(file)) throw new Error(`${name}: ${file.code}`)
  return file
}

describe('invoices that others wrote', () => {
  test('there are some of each kind', () => {
    const kinds = new Set(files.map((name) => `${read(name).container} ${read(name).syntax} ${read(name).profile}`))
    expect([...kinds].sort()).toEqual([
      'pdf cii basic',
      'pdf cii basic-wl',
      'pdf cii en16931',
      'pdf cii extended',
      'pdf cii minimum',
      'xml cii xrechnung',
      'xml ubl xrechnung',
    ])
  })

  test.each(files.filter((name) => !name.includes('fail')))('%s is valid and nothing of it is lost', (name) => {
    const file = read(name)
    expect(checkReceived(file).filter((f) => f.severity === 'fatal')).toEqual([])
    expect([file.unreadable, file.invoice.number === '', file.invoice.seller.name === '']).toEqual([[], false, false])
  })

  test.each(files.filter((name) => name.endsWith('_ubl.xml')))('%s says the same in CII', (name) => {
    const [ubl, cii] = [read(name).invoice, read(name.replace('_ubl', '_uncefact')).invoice]
    expect(ubl.totals).toEqual(cii.totals)
    expect(ubl.vatBreakdown.map((b) => [b.net, b.vat, b.rate])).toEqual(
      cii.vatBreakdown.map((b) => [b.net, b.vat, b.rate]),
    )
    const lineOf = (line: ReceivedFile['invoice']['lines'][number]) => [
      line.id,
      line.quantity,
      line.unit,
      line.net,
      line.name,
    ]
    expect(ubl.lines.map(lineOf)).toEqual(cii.lines.map(lineOf))
    expect([ubl.seller.name, ubl.buyer.name, ubl.dueOn]).toEqual([cii.seller.name, cii.buyer.name, cii.dueOn])
  })

  test('what is wrong in the faulty ones is said', () => {
    const found = (name: string) => checkReceived(read(`zugferd-corpus/fail/${name}.pdf`)).map((f) => f.rule)
    expect(found('factur-x-invalid-xml-encoding-attribute')).toEqual(['TRESEN-ENCODING'])
    expect(found('Avoir_FR_type380_EN16931')).toEqual(['TRESEN-CREDIT'])
  })

  test('a minimal profile is read as far as it goes, and said to be no invoice', () => {
    const file = read('zugferd-corpus/valid/Facture_FR_MINIMUM.pdf')
    expect(file.invoice.lines).toEqual([])
    expect(file.invoice.totals).toMatchObject({ net: 62490, vat: 4625, gross: 67115, amountDue: 47015 })
    expect(checkReceived(file).map((f) => [f.rule, f.severity])).toEqual([['TRESEN-PROFILE', 'warning']])
  })

  test('a second account and a payee stand beside, with the name of the term', () => {
    expect(read('xrechnung-testsuite/01.05a-INVOICE_ubl.xml').further.map((f) => f.term)).toEqual([
      'BT-11',
      'BT-81',
      'BT-84',
    ])
    const other = read('zugferd-corpus/valid/EN16931_AbweichenderZahlungsempf.pdf')
    expect(other.further.map((f) => f.term)).toContain('BT-59')
  })
})
