import type { RuleViolation } from '../../invoicing/index.ts'
import type { ReceivedProfile } from '../read/received.ts'

/** MINIMUM carries ten terms; only what can be said about them is checked. */
const IN_MINIMUM =
  /^BR-(01|02|03|04|05|06|07|08|09|13|14|15|CL-01|CL-14|CO-09|CO-15|CO-26|DEC-12|DEC-13|DEC-14|DEC-18)$|^TRESEN-(UNREADABLE|ENCODING|PROFILE|CREDIT|VAT-ID)$/

/** What is about lines, or adds them up; BASIC WL has none, and need not say where the goods went. */
const NEEDS_LINES = /^BR-(16|CO-10|IC-1[12]|(S|Z|E|AE|IC|G|O)-0[18])$/

/** If a rule can be asked of an invoice of that profile: what a profile doesn't carry can't be wrong in it. */
export function appliesIn(profile: ReceivedProfile, rule: RuleViolation['rule']): boolean {
  if (profile === 'minimum') return IN_MINIMUM.test(rule)
  if (profile === 'basic-wl') return !NEEDS_LINES.test(rule)
  return true
}
