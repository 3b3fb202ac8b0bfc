import { z } from 'zod'
import type { ShopCustomer } from '../connector.ts'
import { detailsOf, findVatId } from '../rules/buyer-details.ts'
import { decodeEntities, line, orNothing } from '../rules/plain-text.ts'
import { isId, type WooApi } from './api.ts'
import { readAddress } from './read-order.ts'
import { address, metaData, text } from './shapes.ts'

const customer = z.looseObject({
  email: text,
  first_name: text,
  last_name: text,
  billing: address,
  meta_data: metaData,
})

/** A registered customer; null: deleted, or a guest (0). The VAT id is found where plugins keep it. */
export async function fetchCustomer(api: WooApi, id: string): Promise<ShopCustomer | null> {
  const answer = isId(id) ? await api.find(`customers/${id}`) : null
  const parsed = customer.safeParse(answer?.json)
  if (!parsed.success) return null
  const { billing, email, first_name, last_name, meta_data } = parsed.data
  const details = [...detailsOf(billing), ...meta_data.flatMap((one) => detailsOf({ [one.key]: one.value }))]
  const person = [`${first_name} ${last_name}`, `${billing?.first_name ?? ''} ${billing?.last_name ?? ''}`]
    .map((name) => line(decodeEntities(name), 200))
    .find((name) => name !== '')
  return {
    id,
    email: orNothing(line(email, 254)) ?? orNothing(line(billing?.email, 254)) ?? null,
    vatId: findVatId(details) ?? null,
    company: orNothing(line(decodeEntities(billing?.company ?? ''), 200)) ?? null,
    person: person ?? null,
    billTo: readAddress(billing) ?? null,
  }
}
