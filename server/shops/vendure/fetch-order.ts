import type { AdminApi } from './api.ts'
import { findShopFacts, type ShopFacts, selectCustomFields } from './shop-facts.ts'

const discounts = 'discounts { adjustmentSource type description amount amountWithTax }'
const bothPrices = (name: string) => `${name} ${name}WithTax`

/** The order as the readers know it: the query the recorded orders were asked with, with this shop's own fields. */
function orderQuery(facts: ShopFacts): string {
  const address = `{ fullName company streetLine1 streetLine2 city province postalCode country countryCode phoneNumber ${selectCustomFields(facts, 'Address')} }`
  return `query ($id: ID!) { order(id: $id) {
    id createdAt updatedAt type orderPlacedAt code state active nextStates couponCodes currencyCode totalQuantity
    ${['subTotal', 'shipping', 'total'].map(bothPrices).join(' ')} ${discounts}
    taxSummary { description taxRate taxBase taxTotal }
    promotions { id name couponCode }
    customer { id title firstName lastName emailAddress phoneNumber user { id identifier verified } ${selectCustomFields(facts, 'Customer')} }
    shippingAddress ${address} billingAddress ${address}
    lines { id quantity orderPlacedQuantity taxRate lineTax taxLines { description taxRate } ${discounts}
      ${['unitPrice', 'linePrice', 'discountedLinePrice', 'proratedLinePrice', 'proratedUnitPrice'].map(bothPrices).join(' ')}
      productVariant { id sku name options { code name group { code name } } product { id slug name } } }
    shippingLines { id ${['price', 'discountedPrice'].map(bothPrices).join(' ')} ${discounts} shippingMethod { id code name } }
    surcharges { id description sku ${bothPrices('price')} taxRate taxLines { description taxRate } }
    payments { id createdAt updatedAt method amount state transactionId metadata refunds { id createdAt state total transactionId } }
    fulfillments { id createdAt updatedAt state method trackingCode lines { orderLineId quantity } }
    modifications { id createdAt priceChange isSettled lines { orderLineId quantity } refund { id paymentId total } }
    history(options: { sort: { createdAt: ASC }, take: 100 }) { items { createdAt type data } }
    ${selectCustomFields(facts, 'Order')} } }`
}

/** One order as the Admin API answers it, null where there is none of this id. */
export async function fetchOrder(api: AdminApi, id: string): Promise<unknown> {
  const facts = await findShopFacts(api)
  const { order } = await api.ask<{ order: unknown }>(orderQuery(facts), { id })
  return order
}
