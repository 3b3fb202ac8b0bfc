import type { NewOrderInput } from '../../../common/orders/api.ts'
import { type Detail, detailsOf, findBuyerOrderNumber, findVatId } from '../rules/buyer-details.ts'
import { line, orNothing } from '../rules/plain-text.ts'
import { type AddressInput, postalAddress } from '../rules/postal-address.ts'
import type { ShopwareAddress, ShopwareOrder } from './shapes.ts'

interface Buyer {
  customer: NewOrderInput['customer']
  billTo: AddressInput | undefined
  deliverTo: AddressInput | undefined
  buyerOrderNumber: string | undefined
}

export function readBuyer(order: ShopwareOrder): Buyer {
  const { orderCustomer: buyer, billingAddress } = order
  const ofBuyer = [order.customFields, buyer?.customFields].flatMap((one) => detailsOf(one))
  const ids = [...(buyer?.vatIds ?? []), billingAddress?.vatId ?? ''].map((id): Detail => ['vat_id', id])
  const vatId = findVatId([...ids, ...ofBuyer])
  const email = orNothing(line(buyer?.email, 254))
  // of several deliveries those with negative costs are promotions, not places
  const delivery = order.deliveries.find((one) => one.shippingCosts.totalPrice >= 0) ?? order.deliveries[0]
  const billing = readAddress(billingAddress, email)
  const shipping = readAddress(delivery?.shippingOrderAddress, email)
  return {
    customer: {
      // who isn't known to have an account may be anybody
      guest: buyer?.customer?.guest ?? true,
      shopCustomerId: orNothing(line(buyer?.customerId, 120)),
      email,
      vatId,
      company: Boolean(vatId ?? (buyer?.company.trim() || billingAddress?.company.trim())),
    },
    billTo: billing ?? shipping,
    deliverTo: shipping ?? billing,
    buyerOrderNumber: findBuyerOrderNumber(ofBuyer),
  }
}

export function readAddress(address: ShopwareAddress, email: string | undefined): AddressInput | undefined {
  if (!address) return undefined
  const { department, additionalAddressLine1: first, additionalAddressLine2: second } = address
  return postalAddress({
    company: address.company,
    person: `${address.firstName} ${address.lastName}`,
    street: address.street,
    addition: [department, first, second].filter((part) => part.trim() !== '').join(', '),
    postalCode: address.zipcode,
    city: address.city,
    country: address.country?.iso ?? '',
    phone: address.phoneNumber,
    email: email ?? '',
  })
}
