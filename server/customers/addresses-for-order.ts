import type { Address } from '../../common/customers/api.ts'
import { canonicalJson, type Work } from '../kernel/index.ts'
import { insertAddresses, newAddress } from './save-rows.ts'
import { findAddressesOf, type StoredAddress } from './store.ts'

/**
 * The addresses of an order: known ones are used again, a new spelling becomes a new version. Without one the customer's
 * default holds. `listed: false`: of somebody who is only alike to the customer, so not offered for other orders.
 */
export async function addressesForOrder(
  work: Work,
  customerId: string,
  { billTo, deliverTo, listed }: { billTo?: Address | undefined; deliverTo?: Address | undefined; listed: boolean },
): Promise<{ billTo: string; deliverTo: string }> {
  const known = await findAddressesOf(work, customerId)
  const pick = (role: 'bill-to' | 'deliver-to', wanted: Address | undefined, otherwise: string | undefined): string => {
    if (wanted === undefined) return known.find((a) => a.role === role && a.isDefault)?.id ?? otherwise ?? known[0]!.id
    const same = sameAddress(known, role, wanted)
    if (same) return same.id
    const fresh = { ...newAddress(customerId, role, wanted, false), listed }
    insertAddresses(work, [fresh])
    return fresh.id
  }
  const bill = pick('bill-to', billTo, undefined)
  if (deliverTo === undefined && billTo !== undefined && !known.some((a) => a.role === 'deliver-to' && a.isDefault))
    return { billTo: bill, deliverTo: bill }
  const billDetails = billTo ?? known.find((a) => a.id === bill)?.details
  if (deliverTo !== undefined && billDetails !== undefined && canonicalJson(deliverTo) === canonicalJson(billDetails))
    return { billTo: bill, deliverTo: bill }
  return { billTo: bill, deliverTo: pick('deliver-to', deliverTo, bill) }
}

function sameAddress(
  known: readonly StoredAddress[],
  role: 'bill-to' | 'deliver-to',
  wanted: Address,
): StoredAddress | undefined {
  const text = canonicalJson(wanted)
  return known.find((a) => a.role === role && canonicalJson(a.details) === text)
}
