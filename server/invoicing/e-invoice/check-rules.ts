import type { En16931Invoice } from './en16931.ts'
import type { InvoiceProfile } from './profiles.ts'
import { codeLists } from './rules/code-lists.ts'
import { decimals } from './rules/decimals.ts'
import { own } from './rules/own.ts'
import { peppol } from './rules/peppol.ts'
import { requiredTerms } from './rules/required-terms.ts'
import type { Facts, Rule } from './rules/rule.ts'
import { totals } from './rules/totals.ts'
import { vatCategories } from './rules/vat-categories.ts'
import { xrechnung } from './rules/xrechnung.ts'

/** A rule that an invoice breaks. A fatal one would have it refused; a warning leaves it valid. */
export interface RuleViolation {
  /** BR-CO-15 */
  rule: string
  /** BT-112 */
  term: string
  severity: 'fatal' | 'warning'
  message: { de: string; en: string }
  facts: Facts
}

/** Every rule that an invoice of ours can break; docs/law/e-invoice.md says what each asks for. */
export const RULES: readonly Rule[] = [
  ...requiredTerms,
  ...totals,
  ...decimals,
  ...codeLists,
  ...vatCategories,
  ...xrechnung,
  ...peppol,
  ...own,
]

/**
 * What is wrong with an invoice before it's issued, to the cent: where the official rules tolerate a difference (a
 * computed VAT may be off by a euro), these don't.
 */
export function checkRules(invoice: En16931Invoice, profile: InvoiceProfile): RuleViolation[] {
  return RULES.filter((rule) => rule.applies?.(invoice, profile) ?? true).flatMap((rule) =>
    rule.check(invoice).map((facts) => ({
      rule: rule.id,
      term: rule.term,
      severity: rule.severity ?? 'fatal',
      message: { de: rule.de, en: rule.en },
      facts,
    })),
  )
}
