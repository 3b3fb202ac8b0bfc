import { type Article, idOf, type Line, type Order, type Stateful, taxOf, totalOf } from './stand-in-shop.ts'

/* For tests: orders and articles as the Admin API answers them with our associations. */

const LIVE = '0fa91ce3e96a4bc2be4bd9ce752c3425'
const euros = (cents: number) => cents / 100

export function priceOf(cents: number, quantity = 1) {
  const taxes = [{ tax: euros(taxOf(cents)), taxRate: 19, price: euros(cents), extensions: [] }]
  return { unitPrice: euros(cents / quantity), totalPrice: euros(cents), quantity, calculatedTaxes: taxes }
}

const state = ({ state: technicalName }: Stateful) => ({ technicalName, name: technicalName })

const address = {
  firstName: 'Paula',
  lastName: 'Probst',
  company: 'Probst Bau GmbH',
  street: 'Lindenweg 4',
  zipcode: '02763',
  city: 'Zittau',
  country: { iso: 'DE' },
}

export function orderAnswer(order: Order) {
  const total = totalOf(order)
  const taxes = [...order.lines.map((line) => line.quantity * line.article.price), 490].map(taxOf)
  const tax = taxes.reduce((a, b) => a + b, 0)
  const { id, createdAt, updatedAt, delivery, transaction } = order
  return {
    id,
    versionId: LIVE,
    autoIncrement: order.n,
    orderNumber: order.number,
    orderDateTime: createdAt,
    createdAt,
    updatedAt,
    customerComment: null,
    customFields: order.customFields,
    amountTotal: euros(total),
    price: {
      totalPrice: euros(total),
      netPrice: euros(total - tax),
      positionPrice: euros(total - 490),
      rawTotal: euros(total),
      taxStatus: 'gross',
      calculatedTaxes: [{ tax: euros(tax), taxRate: 19, price: euros(total), extensions: [] }],
    },
    currency: { isoCode: 'EUR' },
    stateMachineState: state(order),
    orderCustomer: buyerAnswer(order),
    billingAddress: address,
    lineItems: order.lines.map(lineAnswer),
    deliveries: [
      {
        id: delivery.id,
        createdAt,
        updatedAt: delivery.updatedAt,
        shippingCosts: priceOf(490),
        trackingCodes: delivery.trackingCodes,
        stateMachineState: state(delivery),
        shippingMethod: { name: 'Paketversand' },
        shippingOrderAddress: address,
      },
    ],
    transactions: [
      {
        id: transaction.id,
        createdAt,
        updatedAt: transaction.updatedAt,
        amount: priceOf(total),
        stateMachineState: state(transaction),
        customFields: transaction.method === 'now' ? { swag_paypal_resource_id: `PP-${order.n}` } : null,
        paymentMethod: transaction.method === 'now' ? PAYPAL : DELIVERY_NOTE,
      },
    ],
  }
}

/** somebody with an account */
export const customerAnswer = {
  id: idOf('customer', 2),
  guest: false,
  email: 'paula@example.test',
  firstName: 'Paula',
  lastName: 'Probst',
  company: 'Probst Bau GmbH',
  vatIds: ['DE999999999'],
  defaultBillingAddress: address,
}

function buyerAnswer(order: Order) {
  return {
    customerId: idOf('customer', 1),
    email: order.email,
    firstName: 'Paula',
    lastName: 'Probst',
    company: null,
    vatIds: null,
    customer: { guest: true },
  }
}

function lineAnswer(line: Line, i: number) {
  return {
    id: line.id,
    parentId: null,
    label: line.article.name,
    type: 'product',
    good: true,
    position: i + 1,
    quantity: line.quantity,
    payload: { productNumber: line.article.sku },
    product: { productNumber: line.article.sku },
    price: priceOf(line.quantity * line.article.price, line.quantity || 1),
  }
}

const PAYPAL = {
  name: 'PayPal',
  technicalName: 'swag_paypal_paypal',
  handlerIdentifier: 'Swag\\PayPal\\Checkout\\Payment\\PayPalPaymentHandler',
}
const DELIVERY_NOTE = {
  name: 'Kauf auf Lieferschein',
  technicalName: 'payment_lieferschein',
  handlerIdentifier: 'Shopware\\Core\\Checkout\\Payment\\Cart\\PaymentHandler\\InvoicePayment',
}

export function productAnswer(article: Article) {
  return {
    id: idOf('product', article.n),
    parentId: null,
    autoIncrement: article.n,
    productNumber: article.sku,
    ean: article.gtin,
    name: article.name,
    translated: { name: article.name },
    price: [{ currencyId: 'b7d2554b0ce847cd82f3ac9bd1c0dfca', gross: euros(article.price), net: 0, linked: true }],
    stock: article.stock,
    active: article.active,
    tax: { id: idOf('tax', 19), taxRate: 19 },
    options: [],
  }
}
