import type { NewOrder } from '../../../common/orders/api.ts'
import { canonicalJson, sha256 } from '../../kernel/index.ts'

/**
 * What an order says, without who says it: addresses and the party are only kept as hashes, so that the same number with
 * other content can be told apart without a second copy of personal data.
 */
export function contentOf(order: NewOrder): Record<string, unknown> {
  const { billTo, deliverTo, customer, note, ...rest } = order
  return {
    ...rest,
    customer: fingerprint(customer),
    billTo: fingerprint(billTo),
    deliverTo: fingerprint(deliverTo),
    note: fingerprint(note),
  }
}

function fingerprint(value: unknown): string | null {
  return value === undefined ? null : sha256(canonicalJson(value)).toString('base64url').slice(0, 16)
}

/** The fields in which two contents differ: `lines.0.quantity: 3000 -> 4000`. */
export function differencesOf(before: unknown, after: unknown, path = ''): string[] {
  if (canonicalJson(before) === canonicalJson(after)) return []
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return names
      .flatMap((name) => differencesOf(before[name], after[name], path ? `${path}.${name}` : name))
      .slice(0, 10)
  }
  return [`${path}: ${canonicalJson(before ?? null)} -> ${canonicalJson(after ?? null)}`]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
