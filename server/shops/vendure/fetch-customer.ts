import type { ShopCustomer } from '../connector.ts'
import { detailsOf, findVatId } from '../rules/buyer-details.ts'
import { postalAddress } from '../rules/postal-address.ts'
import type { AdminApi } from './api.ts'
import { findShopFacts, selectCustomFields } from './shop-facts.ts'

interface Answer {
  customer: {
    id: string
    firstName: string
    lastName: string
    emailAddress: string
    phoneNumber: string | null
    customFields?: unknown
    addresses: Address[] | null
  } | null
}
interface Address {
  fullName: string | null
  company: string | null
  streetLine1: string
  streetLine2: string | null
  postalCode: string | null
  city: string | null
  country: { code: string }
  phoneNumber: string | null
  defaultBillingAddress: boolean | null
  customFields?: unknown
}

/** A customer of the shop with his billing address; null where there is none of this id. */
export async function fetchCustomer(api: AdminApi, id: string): Promise<ShopCustomer | null> {
  const facts = await findShopFacts(api)
  const { customer } = await api.ask<Answer>(
    `query ($id: ID!) { customer(id: $id) { id firstName lastName emailAddress phoneNumber ${selectCustomFields(facts, 'Customer')}
      addresses { fullName company streetLine1 streetLine2 postalCode city country { code } phoneNumber defaultBillingAddress ${selectCustomFields(facts, 'Address')} } } }`,
    { id },
  )
  if (!customer) return null
  const addresses = customer.addresses ?? []
  const address = addresses.find((one) => one.defaultBillingAddress) ?? addresses[0]
  const person = `${customer.firstName} ${customer.lastName}`.trim()
  return {
    id: customer.id,
    email: customer.emailAddress || null,
    vatId: findVatId([address?.customFields, customer.customFields].flatMap((one) => detailsOf(one))) ?? null,
    company: address?.company?.trim() || null,
    person: person || null,
    billTo: address ? (billTo(address, person, customer.emailAddress) ?? null) : null,
  }
}

function billTo(address: Address, person: string, email: string) {
  return postalAddress({
    company: address.company ?? '',
    person: address.fullName || person,
    street: address.streetLine1,
    addition: address.streetLine2 ?? '',
    postalCode: address.postalCode ?? '',
    city: address.city ?? '',
    country: address.country.code,
    phone: address.phoneNumber ?? '',
    email,
  })
}
