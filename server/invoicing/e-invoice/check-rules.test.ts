import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkRules, RULES, type RuleViolation } from './check-rules.ts'
import type { En16931Invoice } from './en16931.ts'
import type { InvoiceProfile } from './profiles.ts'
import { FAMILY_CASES, ONE_CATEGORY_CASES, ofCategory } from './rules/broken-categories.ts'
import { base, buyerAddress, CASES, totals } from './rules/broken-invoices.ts'
import { VAT_FAMILIES } from './rules/vat-families.ts'
import { SAMPLES } from './sample-invoices.ts'

function violations(invoice: En16931Invoice, profile: InvoiceProfile): string[] {
  return checkRules(invoice, profile).map((violation) => violation.rule)
}

describe('rules of an e-invoice', () => {
  describe.each(['xrechnung', 'en16931', 'peppol', 'extended'] as const)('%s finds nothing wrong in', (profile) => {
    test.each(Object.entries(SAMPLES))('%s', (_, invoice) => expect(checkRules(invoice, profile)).toEqual([]))
    test.each(VAT_FAMILIES)('an invoice of category $category with allowance and charge', ({ category }) => {
      expect(checkRules(ofCategory(category), profile)).toEqual([])
    })
  })

  for (const [rule, change, profile = 'xrechnung'] of CASES) {
    test(`${rule} is found`, () => {
      expect(violations(base, profile)).not.toContain(rule)
      expect(violations({ ...base, ...change(base) }, profile)).toContain(rule)
    })
  }

  test.each([...FAMILY_CASES, ...ONE_CATEGORY_CASES])('%s is found', (rule, category, change) => {
    const invoice = ofCategory(category)
    expect(violations({ ...invoice, ...change(invoice) }, 'en16931')).toContain(rule)
  })

  test('every rule is shown broken here, and stands in the table once', () => {
    const shown = new Set([...CASES, ...FAMILY_CASES, ...ONE_CATEGORY_CASES].map(([rule]) => rule))
    const ids = RULES.map((rule) => rule.id)
    expect(ids.filter((id) => !shown.has(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('every rule is explained in docs/law/e-invoice.md', () => {
    const page = readFileSync(new URL('../../../docs/law/e-invoice.md', import.meta.url), 'utf8')
    const named = new Set(page.match(/[A-Z][A-Z0-9]*(-[A-Z0-9a-z]+)+/g))
    expect(RULES.map((rule) => rule.id).filter((id) => !named.has(id))).toEqual([])
  })

  test('a violation says what is stated and what it should be, in both languages', () => {
    expect(checkRules({ ...base, ...totals({ gross: base.totals.gross + 1 })(base) }, 'en16931')).toContainEqual({
      rule: 'BR-CO-15',
      term: 'BT-112',
      severity: 'fatal',
      message: { de: 'Brutto ist nicht Netto plus Umsatzsteuer.', en: 'The total with VAT is not net plus VAT.' },
      facts: { stated: base.totals.gross + 1, computed: base.totals.gross },
    } satisfies RuleViolation)
  })

  test('each line that is wrong is named', () => {
    const lines = base.lines.map((l, i) => (i === 1 ? l : { ...l, name: '' }))
    expect(checkRules({ ...base, lines }, 'en16931').map((v) => v.facts)).toEqual([{ line: '1' }, { line: '3' }])
  })

  test('what the standard only warns of is a warning', () => {
    const found = checkRules({ ...base, typeCode: '384' }, 'xrechnung')
    expect(found.map((v) => [v.rule, v.severity])).toEqual([['BR-DE-26', 'warning']])
  })

  test('the German rules bind XRechnung, and Peppol between Germans only', () => {
    const invoice = { ...base, buyerReference: undefined }
    expect(violations(invoice, 'en16931')).toEqual([])
    expect(violations(invoice, 'peppol')).toEqual(['BR-DE-15'])
    expect(violations({ ...invoice, ...buyerAddress({ country: 'AT' })(invoice) }, 'peppol')).toEqual([])
  })
})
