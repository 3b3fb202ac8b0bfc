import type { FileFormat } from '../documents/index.ts'
import { refuseNow } from '../kernel/index.ts'
import { checkRules } from './e-invoice/check-rules.ts'
import type { En16931Invoice } from './e-invoice/en16931.ts'

type InvoiceFormat = 'factur-x' | 'xrechnung-ubl' | 'xrechnung-cii' | 'pdf'

/**
 * Which files an invoice gets. EN 16931 must hold for every one; the stricter XRechnung must hold for a customer who
 * gets XRechnung, for the others its two files are made where it holds. A broken rule is refused by name.
 */
export function fileFormats(invoice: En16931Invoice, format: InvoiceFormat): FileFormat[] {
  refuseBroken(checkRules(invoice, 'en16931'))
  const xrechnung = checkRules(invoice, 'xrechnung')
  if (format.startsWith('xrechnung')) refuseBroken(xrechnung)
  return xrechnung.some((v) => v.severity === 'fatal') ? ['pdf'] : ['pdf', 'xrechnung-ubl', 'xrechnung-cii']
}

function refuseBroken(violations: ReturnType<typeof checkRules>): void {
  const fatal = violations.filter((v) => v.severity === 'fatal')
  if (fatal.length > 0)
    refuseNow('invoice-rules', {
      violations: fatal.map((v) => ({ rule: v.rule, term: v.term, message: v.message })),
    })
}
