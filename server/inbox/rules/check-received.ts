import { checkRules, type En16931Invoice, type RuleViolation } from '../../invoicing/index.ts'
import type { ReceivedFile } from '../read/read-received.ts'
import type { ReceivedInvoice } from '../read/received.ts'
import { appliesIn } from './profiles.ts'
import { receivedRules } from './received-rules.ts'

/** What is wrong with a received invoice: the rule, the field, and how it reads in both languages. */
export type Finding = RuleViolation

const OWN_RULES = new Set(receivedRules.map((rule) => rule.id))

/**
 * Holds a received invoice against the rules of EN 16931 and its own specification. Our rules ask our own invoices for
 * every cent; of others they ask what the standard does: a VAT amount may be off by up to a euro, and is then only
 * remarked. What the profile doesn't carry isn't asked for. Fatal findings come first.
 */
export function checkReceived(file: ReceivedFile): Finding[] {
  const { profile } = file
  const asked = profile === 'xrechnung' || profile === 'peppol' || profile === 'extended' ? profile : 'en16931'
  const ofModel = checkRules(inWholeCents(modelOf(file.invoice)), asked)
    .filter(({ rule }) => !OWN_RULES.has(rule))
    .filter((violation) => !isForWantOfAmount(violation, file))
    .filter(({ rule }) => !isMetByRepresentative(rule, file))
    .map(tolerant)
  const ofReceived = receivedRules.flatMap((rule) =>
    rule.check(file).map((facts) => ({
      rule: rule.id,
      term: rule.term || String(facts.term ?? ''),
      severity: rule.severity?.(file) ?? ('fatal' as const),
      message: { de: rule.de, en: rule.en },
      facts,
    })),
  )
  const findings = [...ofReceived, ...ofModel].filter(({ rule }) => appliesIn(profile, rule))
  return [...findings.filter((f) => f.severity === 'fatal'), ...findings.filter((f) => f.severity !== 'fatal')]
}

/** As our rules read it: a charge on a line is an allowance the other way, what only groups or informs is no line. */
export function modelOf(invoice: ReceivedInvoice): En16931Invoice {
  return {
    ...invoice,
    lines: invoice.lines
      .filter((line) => line.inSums)
      .map((line) => ({
        ...line,
        allowances: [...line.allowances, ...line.charges.map(({ amount, reason }) => ({ amount: -amount, reason }))],
      })),
  }
}

/** Our rules compute with whole cents only; what is none has a finding of its own (BR-DEC, or that it's missing). */
function inWholeCents(invoice: En16931Invoice): En16931Invoice {
  const text = JSON.stringify(invoice, (_, value) => (typeof value === 'number' ? Math.round(value) || 0 : value))
  return JSON.parse(text) as En16931Invoice
}

/** While an amount is missing nothing is computed: it is said once, not again by each sum that it's missing from. */
function isForWantOfAmount({ rule, term, facts }: Finding, { missing, unreadable, profile }: ReceivedFile): boolean {
  // the sum of the lines is no term of MINIMUM
  const lacks = [...missing.filter((m) => profile !== 'minimum' || m.term !== 'BT-106'), ...unreadable]
  if (lacks.length > 0 && ('stated' in facts || 'computed' in facts)) return true
  return rule === 'BR-03' && lacks.some((m) => m.term === term)
}

/** BR-S-02 and its like: the tax representative's number stands for the seller's. */
function isMetByRepresentative(rule: string, { further }: ReceivedFile): boolean {
  return /^BR-(S|Z|E|AE|IC|G)-0[234]$/.test(rule) && further.some(({ term }) => term === 'BT-63')
}

const A_EURO = 100

/**
 * Where the official rule tolerates less than a euro, where a list of codes changes twice a year, and what only we ask
 * for: remarked, the invoice stays valid.
 */
function tolerant(finding: Finding): Finding {
  const { stated, computed } = finding.facts
  const isNear = typeof stated === 'number' && typeof computed === 'number' && Math.abs(stated - computed) < A_EURO
  const isTolerated = /^BR-(CO-17|(S|Z|E|AE|IC|G|O)-08)$/.test(finding.rule) && isNear
  return isTolerated || finding.rule === 'BR-CL-25' || finding.rule.startsWith('TRESEN-')
    ? { ...finding, severity: 'warning' }
    : finding
}
