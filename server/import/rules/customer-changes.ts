import { type Address, address, type Customer, type NewCustomer, newCustomer } from '../../../common/customers/api.ts'
import { canonicalJson } from '../../kernel/index.ts'

/** What a customer record of the table changes in the one that is there: only that is written, null clears. */
export interface CustomerChanges {
  patch: Partial<Omit<NewCustomer, 'number' | 'deliverTo' | 'shopIds'>>
  /** delivery addresses that he has not yet */
  deliverTo: Address[]
}

const compared = newCustomer.omit({ number: true, billTo: true, deliverTo: true, shopIds: true })

/** undefined if nothing changes. */
export function changesOf(before: Customer, record: NewCustomer): CustomerChanges | undefined {
  const [old, wanted] = [compared.parse(before), compared.parse(record)] as Record<string, unknown>[]
  const fields = Object.keys(compared.shape).filter((f) => canonicalJson(old![f]) !== canonicalJson(wanted![f]))
  const hasMoved = canonicalJson(plainAddress(before.billTo)) !== canonicalJson(address.parse(record.billTo))
  const known = new Set(before.deliverTo.map((a) => canonicalJson(plainAddress(a))))
  const deliverTo = record.deliverTo.filter((a) => {
    const isNew = !known.has(canonicalJson(a))
    known.add(canonicalJson(a))
    return isNew
  })
  if (fields.length === 0 && !hasMoved && deliverTo.length === 0) return undefined
  const patch = Object.fromEntries(fields.map((f) => [f, wanted![f] ?? null]))
  return { patch: { ...patch, ...(hasMoved && { billTo: record.billTo }) }, deliverTo }
}

/** An address as it was written, without what the database knows of it. */
export function plainAddress(stored: Customer['billTo']): Address {
  return address.parse(stored)
}
