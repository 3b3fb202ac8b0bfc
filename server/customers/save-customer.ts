import type { z } from 'zod'
import type { Address, customerPatch, NewCustomer } from '../../common/customers/api.ts'
import { canonicalJson, newId, nextNumber, orNotFound, refuseNow, type Work } from '../kernel/index.ts'
import { forgiveBounced } from './bounced-addresses.ts'
import {
  type Fields,
  insertAddresses,
  insertCustomers,
  insertShopIdentities,
  insertVersions,
  newAddress,
  unlistAddresses,
  unsetDefaultBillTo,
  updateCustomers,
} from './save-rows.ts'
import { lockCustomers } from './store.ts'

export interface MadeCustomer {
  id: string
  number: string
  billTo: string
  deliverTo: string
}

/** A new customer with a bill-to address and where he wants goods. Without a number the series gives one. */
async function addCustomer(work: Work, input: NewCustomer): Promise<MadeCustomer> {
  const number = input.number ?? (await nextNumber(work, 'customer'))
  const [made] = await addCustomers(work, [{ ...input, number }])
  return made!
}

/**
 * Who ordered as a guest becomes a customer. The id his shop gave him is kept to find him by, not as an account that is
 * linked: whoever types his e-mail there has it too.
 */
export async function addGuest(
  work: Work,
  input: NewCustomer,
  { channel, shopCustomerId }: { channel: string; shopCustomerId: string | undefined },
): Promise<MadeCustomer> {
  const made = await addCustomer(work, input)
  if (shopCustomerId !== undefined)
    insertShopIdentities(work, [{ channel, shopId: shopCustomerId, customerId: made.id, guest: true }])
  return made
}

/** Any number of new customers in a few statements. Refuses 'already-exists' with the first number that is taken. */
export async function addCustomers(
  work: Work,
  inputs: readonly (NewCustomer & { number: string })[],
): Promise<MadeCustomer[]> {
  const fresh = inputs.map((fields) => ({ id: newId(), number: fields.number, fields }))
  const inserted = await insertCustomers(work, fresh)
  const taken = inputs.find((input) => !inserted.has(input.number))
  if (taken) refuseNow('already-exists', { what: 'customer-number', value: taken.number })
  const addresses = fresh.map(({ id, fields }) => ({
    billTo: newAddress(id, 'bill-to', fields.billTo, true),
    deliverTo: fields.deliverTo.map((a, i) => newAddress(id, 'deliver-to', a, i === 0)),
  }))
  insertAddresses(
    work,
    addresses.flatMap((a) => [a.billTo, ...a.deliverTo]),
  )
  insertShopIdentities(
    work,
    fresh.flatMap(({ id: customerId, fields }) =>
      Object.entries(fields.shopIds).map(([channel, shopId]) => ({ channel, shopId, customerId, guest: false })),
    ),
  )
  for (const { id } of fresh) work.announce('customer.changed', { customerId: id })
  return fresh.map(({ id, number }, i) => {
    const { billTo, deliverTo } = addresses[i]!
    return { id, number, billTo: billTo.id, deliverTo: (deliverTo[0] ?? billTo).id }
  })
}

export async function createCustomer(work: Work, input: NewCustomer): Promise<{ id: string; number: string }> {
  const { id, number } = await addCustomer(work, input)
  work.record({ subjectId: id, after: terms(input) })
  return { id, number }
}

/** What changes; null takes away what may be missing. */
export type CustomerChange = Omit<z.output<typeof customerPatch>, 'addDeliverTo' | 'forgiveAddresses'> & {
  id: string
  addDeliverTo?: readonly Address[]
}

/** Changes a customer. Personal data before the change is kept in customers.version, the journal says only which fields changed. */
export async function changeCustomer(
  work: Work,
  { addDeliverTo, forgiveAddresses = [], ...input }: z.output<typeof customerPatch> & { id: string },
): Promise<Record<string, never>> {
  const [changed] = await changeCustomers(work, [{ ...input, addDeliverTo: addDeliverTo ? [addDeliverTo] : [] }])
  const { before, after, changedFields } = changed!
  if (forgiveAddresses.length > 0) forgiveBounced(work, input.id, forgiveAddresses)
  work.record({ subjectId: input.id, before: terms(before), after: { ...terms(after), changedFields } })
  return {}
}

interface ChangedCustomer {
  before: Fields
  after: Fields
  changedFields: string[]
}

/** Any number of customers, each once, in a few statements. */
export async function changeCustomers(work: Work, inputs: readonly CustomerChange[]): Promise<ChangedCustomer[]> {
  const rows = await lockCustomers(
    work,
    inputs.map((i) => i.id),
  )
  const found = new Map(rows.map(({ customer }) => [customer.id, customer]))
  const changes = inputs.map((input) => {
    const before = orNotFound(found.get(input.id), 'customer')
    return { input, before, after: patched(before, input) }
  })
  updateCustomers(
    work,
    changes.map(({ before, after }) => ({ id: before.id, number: before.number, fields: after })),
  )
  insertVersions(
    work,
    changes.map((c) => c.before),
  )
  changeAddresses(work, inputs)
  for (const { id } of inputs) work.announce('customer.changed', { customerId: id })
  return changes.map(({ input, before, after }) => ({ before, after, changedFields: fieldsOf(input, before, after) }))
}

function patched(before: Fields, { id, billTo, addDeliverTo, dropDeliverTo, ...patch }: CustomerChange): Fields {
  const said = Object.entries(patch).filter(([, value]) => value !== undefined)
  return { ...before, ...Object.fromEntries(said.map(([name, value]) => [name, value ?? undefined])) }
}

/** Addresses are versions: none is changed, what no longer holds is only taken off the list. */
function changeAddresses(work: Work, inputs: readonly CustomerChange[]): void {
  const moved = inputs.filter((i) => i.billTo)
  const dropped = inputs.flatMap((i) => (i.dropDeliverTo ?? []).map((id) => ({ id, customerId: i.id })))
  unsetDefaultBillTo(
    work,
    moved.map((i) => i.id),
  )
  unlistAddresses(work, dropped)
  insertAddresses(work, [
    ...moved.map((i) => newAddress(i.id, 'bill-to', i.billTo!, true)),
    ...inputs.flatMap((i) => (i.addDeliverTo ?? []).map((a) => newAddress(i.id, 'deliver-to', a, false))),
  ])
}

function fieldsOf(input: CustomerChange, before: Fields, after: Fields): string[] {
  const names = Object.keys({ ...before, ...after }) as (keyof Fields)[]
  const changed = names.filter((name) => canonicalJson(after[name]) !== canonicalJson(before[name]))
  const addresses = (input.addDeliverTo?.length ?? 0) + (input.dropDeliverTo?.length ?? 0) > 0
  return [...changed, ...(input.billTo ? ['billTo'] : []), ...(addresses ? ['deliverTo'] : [])]
}

/** What the journal may say of a customer: terms, no personal data. */
function terms(c: Fields) {
  return {
    creditLimit: c.creditLimit,
    mayBuyOnDeliveryNote: c.mayBuyOnDeliveryNote,
    blocked: c.blocked,
    paymentTerms: c.paymentTerms,
    priceGroup: c.priceGroup,
    invoiceFormat: c.invoiceFormat,
    billingRule: c.billingRule,
    billingAmount: c.billingAmount,
    invoiceGrouping: c.invoiceGrouping,
    sentByEmail: c.sending.kinds,
  }
}
