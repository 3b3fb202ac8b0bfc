import { decimalOfCents } from '../../../common/money.ts'
import {
  type Article,
  type Fulfillment,
  fulfilledOf,
  type Line,
  type Order,
  outstandingOf,
  receivedOf,
  refundedOf,
  taxOf,
  totalOf,
} from './stand-in-shop.ts'

/* For tests: orders and articles in the shape the Admin API answers them; graphql-js picks what a document asks for. */

export const gid = (type: string, n: number | string) => `gid://shopify/${type}/${n}`
export const numberOf = (id: unknown) => Number(String(id).slice(String(id).lastIndexOf('/') + 1))
const bag = (cents: number) => ({ shopMoney: { amount: decimalOfCents(cents), currencyCode: 'EUR' } })

interface PageArgs {
  first?: number
  after?: string | null
}

/** A page of a list; the cursor is a place in it. */
export function page<Row>(rows: readonly Row[], { first = 50, after }: PageArgs) {
  const from = after ? Number(after) : 0
  const end = from + first
  return {
    nodes: rows.slice(from, end),
    pageInfo: { hasNextPage: end < rows.length, endCursor: String(Math.min(end, rows.length)) },
  }
}

const taxLine = (amount: number) => ({ title: 'MwSt.', ratePercentage: 19, priceSet: bag(taxOf(amount)) })

function lineAnswer(line: Line) {
  const { article } = line
  const now = line.current * article.price
  return {
    id: gid('LineItem', line.n),
    name: article.name,
    sku: article.sku,
    quantity: line.quantity,
    currentQuantity: line.current,
    requiresShipping: true,
    isGiftCard: false,
    variant: { id: gid('ProductVariant', article.n), barcode: article.gtin },
    originalUnitPriceSet: bag(article.price),
    priceAfterAllDiscountsBeforeTaxesSet: bag(now - taxOf(now)),
    discountAllocations: [],
    taxLines: [taxLine(line.quantity * article.price)],
  }
}

const address = (email: string) => ({
  name: 'Paula Probst',
  company: 'Probst Bau GmbH',
  firstName: 'Paula',
  lastName: 'Probst',
  address1: 'Lindenweg 4',
  address2: null,
  zip: '02763',
  city: 'Zittau',
  countryCodeV2: 'DE',
  phone: null,
  email,
})

export function orderAnswer(order: Order) {
  const open = order.lines.reduce((sum, line) => sum + line.current - fulfilledOf(order, line), 0)
  return {
    id: gid('Order', order.n),
    name: order.name,
    number: order.n,
    email: order.email,
    createdAt: order.createdAt,
    processedAt: order.createdAt,
    updatedAt: order.updatedAt,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelledAt ? 'OTHER' : null,
    closed: order.closed,
    currencyCode: 'EUR',
    presentmentCurrencyCode: 'EUR',
    taxesIncluded: true,
    tags: order.tags,
    paymentGatewayNames: [...new Set(order.payments.map((one) => one.gateway))],
    displayFinancialStatus: outstandingOf(order) > 0 ? 'PENDING' : 'PAID',
    displayFulfillmentStatus:
      order.fulfillments.length === 0 ? 'UNFULFILLED' : open > 0 ? 'PARTIALLY_FULFILLED' : 'FULFILLED',
    customAttributes: [],
    customer: { id: gid('Customer', 1), defaultEmailAddress: { emailAddress: order.email } },
    billingAddress: address(order.email),
    shippingAddress: address(order.email),
    ...moneyAnswer(order),
    transactions: order.payments.map((one) => ({
      id: gid('OrderTransaction', one.n),
      kind: one.kind,
      status: one.status,
      gateway: one.gateway,
      formattedGateway: one.gateway,
      manualPaymentGateway: one.manual,
      paymentId: one.manual ? null : `pay-${one.n}`,
      processedAt: one.at,
      amountSet: bag(one.amount),
    })),
    shippingLines: { nodes: [shippingAnswer(order)] },
    lineItems: (args: PageArgs) => page(order.lines.map(lineAnswer), args),
    fulfillments: order.fulfillments.map(fulfillmentAnswer),
    fulfillmentOrders: (args: PageArgs) => page(fulfillmentOrdersOf(order), args),
    metafields: { nodes: [...order.metafields].map(([key, value]) => ({ key, value })) },
  }
}

function moneyAnswer(order: Order) {
  const placed = order.lines.reduce((sum, line) => sum + line.quantity * line.article.price, 490)
  const taxesOf = (amounts: number[]) => {
    const sum = amounts.reduce((all, amount) => all + taxOf(amount), 0)
    return { total: bag(sum), lines: sum === 0 ? [] : [{ title: 'MwSt.', ratePercentage: 19, priceSet: bag(sum) }] }
  }
  const asPlaced = taxesOf([...order.lines.map((line) => line.quantity * line.article.price), 490])
  const now = taxesOf([...order.lines.map((line) => line.current * line.article.price), order.shipping])
  const received = receivedOf(order)
  const outstanding = outstandingOf(order)
  return {
    totalPriceSet: bag(placed),
    totalTaxSet: asPlaced.total,
    taxLines: asPlaced.lines,
    currentTotalPriceSet: bag(totalOf(order)),
    currentTotalTaxSet: now.total,
    currentTaxLines: now.lines,
    totalReceivedSet: bag(received),
    totalRefundedSet: bag(refundedOf(order)),
    totalTipReceivedSet: bag(0),
    totalOutstandingSet: bag(outstanding),
    canMarkAsPaid: outstanding > 0 && order.cancelledAt === null,
  }
}

function shippingAnswer({ n, shipping }: Order) {
  return {
    id: gid('ShippingLine', n),
    title: 'Paketversand',
    code: 'dhl',
    isRemoved: false,
    originalPriceSet: bag(490),
    discountedPriceSet: bag(490),
    currentDiscountedPriceSet: bag(shipping),
    discountAllocations: [],
    taxLines: [taxLine(490)],
  }
}

export function fulfillmentAnswer({ n, tracking, pieces }: Fulfillment) {
  const goods = [...pieces].map(([line, quantity]) => ({ quantity, lineItem: { id: gid('LineItem', line.n) } }))
  return {
    id: gid('Fulfillment', n),
    status: 'SUCCESS',
    trackingInfo: tracking.map((number) => ({ number })),
    fulfillmentLineItems: (args: PageArgs) => page(goods, args),
  }
}

/** One fulfilment order an order, at the only location; its items have the numbers of the lines. */
export function fulfillmentOrdersOf(order: Order) {
  const items = order.lines.map((line) => ({
    id: gid('FulfillmentOrderLineItem', line.n),
    remainingQuantity: line.current - fulfilledOf(order, line),
    lineItem: { id: gid('LineItem', line.n) },
  }))
  const isOpen = order.cancelledAt === null && items.some((item) => item.remainingQuantity > 0)
  return [
    {
      id: gid('FulfillmentOrder', order.n),
      status: isOpen ? 'OPEN' : 'CLOSED',
      supportedActions: isOpen ? [{ action: 'CREATE_FULFILLMENT' }] : [],
      assignedLocation: { name: 'Lager', location: { id: gid('Location', 1) } },
      lineItems: (args: PageArgs) => page(items, args),
    },
  ]
}

export function inventoryAnswer(article: Article) {
  return {
    __typename: 'InventoryItem',
    id: gid('InventoryItem', article.n),
    tracked: true,
    inventoryLevel: { quantities: [{ name: 'available', quantity: article.available }] },
  }
}

export function variantAnswer(article: Article) {
  return {
    id: gid('ProductVariant', article.n),
    sku: article.sku,
    barcode: article.gtin,
    title: 'Default Title',
    price: decimalOfCents(article.price),
    product: {
      id: gid('Product', article.n),
      title: article.name,
      status: article.active ? 'ACTIVE' : 'DRAFT',
      hasOnlyDefaultVariant: true,
    },
    inventoryItem: inventoryAnswer(article),
  }
}
