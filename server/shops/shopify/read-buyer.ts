import type { NewOrderInput } from '../../../common/orders/api.ts'
import { detailsOf, findBuyerOrderNumber, findVatId } from '../rules/buyer-details.ts'
import { line, orNothing } from '../rules/plain-text.ts'
import { type AddressInput, postalAddress } from '../rules/postal-address.ts'
import type { ShopifyAddress, ShopifyOrder } from './shapes.ts'

interface Buyer {
  customer: NewOrderInput['customer']
  billTo: AddressInput | undefined
  deliverTo: AddressInput | undefined
  buyerOrderNumber: string | undefined
}

/** Who ordered. A business buyer (B2B) is the location of the firm, whoever of its people ordered. */
export function readBuyer(order: ShopifyOrder): Buyer {
  const { customer, purchasingEntity: firm } = order
  const details = order.customAttributes.flatMap(({ key, value }) => detailsOf({ [key]: value }))
  const registered = firm?.location.taxSettings?.taxRegistrationId ?? ''
  const vatId = findVatId([['vat_id', registered], ...details])
  const email = orNothing(line(order.email || customer?.defaultEmailAddress?.emailAddress, 254))
  const billing = readAddress(order.billingAddress, email, firm?.company.name)
  const shipping = readAddress(order.shippingAddress, email, undefined)
  const company = vatId ?? firm?.company.name.trim() ?? order.billingAddress?.company.trim()
  return {
    customer: {
      // every buyer has a customer record in Shopify, also without an account: only a firm is somebody we should know
      guest: !firm,
      shopCustomerId: orNothing(line(firm?.location.id ?? customer?.id, 120)),
      email,
      vatId,
      company: Boolean(company),
    },
    billTo: billing ?? shipping,
    deliverTo: shipping ?? billing,
    buyerOrderNumber: orNothing(line(order.poNumber, 80)) ?? findBuyerOrderNumber(details),
  }
}

export function readAddress(
  address: ShopifyAddress,
  email: string | undefined,
  company: string | undefined,
): AddressInput | undefined {
  if (!address) return undefined
  return postalAddress({
    company: address.company || (company ?? ''),
    person: address.name,
    street: address.address1,
    addition: address.address2,
    postalCode: address.zip,
    city: address.city,
    country: address.countryCodeV2,
    phone: address.phone,
    email: email ?? '',
  })
}
