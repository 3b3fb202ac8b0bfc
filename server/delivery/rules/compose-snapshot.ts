import type { Address } from '../../../common/customers/api.ts'
import { type Day, dayOf } from '../../../common/dates.ts'
import type { Quantity } from '../../../common/quantity.ts'
import type { StoredLocation, StoredMerchant } from '../../branches/index.ts'
import type { ArticleText } from '../../catalog/index.ts'
import type { CustomerRow } from '../../customers/index.ts'
import type { OrderLineRow, OrderRow } from '../../orders/index.ts'
import type { DeliveryNoteSnapshot, NoteParty } from '../despatch-advice/delivery-note-snapshot.ts'

export interface NoteFacts {
  merchant: StoredMerchant
  customer: CustomerRow
  deliverTo: Address
  billTo: Address
  location: StoredLocation
  orders: readonly OrderRow[]
  articles: ReadonlyMap<string, ArticleText>
  lines: readonly { position: number; orderLine: OrderLineRow; delivered: Quantity }[]
}

export interface ShippingFacts {
  number: string
  issuedOn: Day
  deliveredOn: Day
  parcels?: number | undefined
  grossWeight?: number | undefined
  carrier?: string | undefined
  trackingNumber?: string | undefined
}

/** What the delivery note says: supplier, recipient, day, kind and quantity of the goods, order references. No prices. */
export function composeNoteSnapshot(facts: NoteFacts, shipping: ShippingFacts): DeliveryNoteSnapshot {
  const { merchant, customer, location } = facts
  const english = customer.language === 'en'
  const goods = facts.lines.filter((l) => l.orderLine.kind === 'goods' && l.delivered > 0)
  return {
    ...shipping,
    language: customer.language,
    supplier: {
      name: merchant.name,
      address: {
        street: merchant.street,
        postalCode: merchant.postalCode,
        city: merchant.city,
        country: merchant.country,
      },
      electronicAddress: sellerEndpoint(merchant),
      contact: { name: merchant.contactName, phone: merchant.phone, email: merchant.email },
      vatId: merchant.vatId,
      registrationId: merchant.registerEntry,
    },
    recipient: {
      ...party(facts.deliverTo),
      electronicAddress: buyerEndpoint(customer),
      customerNumber: customer.number,
    },
    ...(sameParty(facts.deliverTo, facts.billTo)
      ? {}
      : { buyer: { ...party(facts.billTo), electronicAddress: buyerEndpoint(customer) } }),
    ...(location.city
      ? {
          despatchedFrom: {
            name: location.name,
            address: {
              street: location.street ?? undefined,
              postalCode: location.postalCode ?? '',
              city: location.city,
              country: location.country,
            },
          },
        }
      : {}),
    orders: facts.orders.map((o) => ({
      number: o.number,
      externalNumber: o.externalNumber ?? undefined,
      buyerOrderNumber: o.buyerOrderNumber ?? undefined,
      orderedOn: dayOf(new Date(o.orderedAt)),
    })),
    grossWeight: shipping.grossWeight ?? weightOf(goods, facts.articles),
    lines: goods.map(({ orderLine, delivered }, i) => {
      const article = facts.articles.get(orderLine.articleId ?? '')
      return {
        position: i + 1,
        orderNumber: facts.orders.find((o) => o.id === orderLine.orderId)!.number,
        orderLine: orderLine.position,
        articleNumber: orderLine.articleNumber ?? '',
        gtin: article?.gtin ?? undefined,
        name: (english ? article?.nameEn : undefined) ?? orderLine.name,
        description: undefined,
        unit: orderLine.unit,
        ordered: orderLine.ordered - orderLine.cancelled,
        delivered,
        open: orderLine.ordered - orderLine.cancelled - orderLine.delivered - delivered,
      }
    }),
  }
}

function weightOf(
  goods: readonly { orderLine: OrderLineRow; delivered: Quantity }[],
  articles: ReadonlyMap<string, ArticleText>,
): number | undefined {
  const weights = goods.map(({ orderLine, delivered }) => {
    const grams = articles.get(orderLine.articleId ?? '')?.weightGrams
    return grams == null ? undefined : Math.round((grams * delivered) / 1000)
  })
  const sum = weights.reduce<number | undefined>(
    (total, w) => (total === undefined || w === undefined ? undefined : total + w),
    0,
  )
  return sum === 0 ? undefined : sum
}

export function party(address: Address): NoteParty {
  const { name, phone, email, ...postal } = address
  return { name, address: postal, ...(phone || email ? { contact: { phone, email } } : {}) }
}

/** The same name at the same place, whatever telephone number stands beside it. */
export function sameParty(a: Address, b: Address): boolean {
  return (
    a.name === b.name &&
    a.street === b.street &&
    a.postalCode === b.postalCode &&
    a.city === b.city &&
    a.country === b.country
  )
}

/** Where we receive electronic documents: the VAT id (scheme 9930) or else the e-mail address (EM). */
export function sellerEndpoint(merchant: StoredMerchant): { scheme: string; value: string } {
  return merchant.vatId?.startsWith('DE')
    ? { scheme: '9930', value: merchant.vatId }
    : { scheme: 'EM', value: merchant.email }
}

/** Where the customer receives them: what he told us, his Leitweg-ID, his German VAT id, or his e-mail address. */
export function buyerEndpoint(customer: CustomerRow): { scheme: string; value: string } | undefined {
  if (customer.electronicAddress) return customer.electronicAddress
  if (customer.buyerReference && /^\d{2,12}(-[A-Za-z0-9]{1,30})?-\d{2}$/.test(customer.buyerReference))
    return { scheme: '0204', value: customer.buyerReference }
  if (customer.vatId?.startsWith('DE')) return { scheme: '9930', value: customer.vatId }
  const email = customer.email ?? customer.contact.email
  return email ? { scheme: 'EM', value: email } : undefined
}
