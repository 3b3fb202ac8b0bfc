/*
 * Everything we ask of and send to Shopify's Admin GraphQL, version 2026-10. documents.test.ts holds each of them against
 * contract.graphql, the part of Shopify's schema they use (tools/shopify-contract.ts).
 */

export const API_VERSION = '2026-10'

const MONEY = 'shopMoney { amount currencyCode }'
const ADDRESS = 'name company firstName lastName address1 address2 zip city countryCodeV2 phone'
const COMPANY_ADDRESS = 'companyName recipient address1 address2 zip city countryCode phone'
const PARTS_OF_TAX = `title ratePercentage priceSet { ${MONEY} }`
const DISCOUNTS = `discountAllocations {
  allocatedAmountSet { ${MONEY} }
  discountApplication {
    ... on DiscountCodeApplication { code }
    ... on AutomaticDiscountApplication { title }
    ... on ManualDiscountApplication { title }
    ... on ScriptDiscountApplication { title }
  }
}`

/** Lines a page; each costs about twenty points of the thousand a single query may cost. */
const LINES = `pageInfo { hasNextPage endCursor }
nodes {
  id name sku quantity currentQuantity requiresShipping isGiftCard
  variant { id barcode }
  originalUnitPriceSet { ${MONEY} }
  priceAfterAllDiscountsBeforeTaxesSet { ${MONEY} }
  ${DISCOUNTS}
  taxLines { ${PARTS_OF_TAX} }
}`

const ORDER_HEAD = `id name number createdAt processedAt updatedAt cancelledAt cancelReason currencyCode presentmentCurrencyCode
taxesIncluded note poNumber displayFinancialStatus displayFulfillmentStatus paymentGatewayNames
email
customAttributes { key value }
customer { id defaultEmailAddress { emailAddress } }
purchasingEntity {
  ... on PurchasingCompany {
    company { id name externalId }
    location { id name externalId taxSettings { taxRegistrationId } }
  }
}
billingAddress { ${ADDRESS} }
shippingAddress { ${ADDRESS} }
paymentTerms { paymentTermsName translatedName paymentTermsType }`

const ORDER_MONEY = `totalPriceSet { ${MONEY} }
totalTaxSet { ${MONEY} }
taxLines { ${PARTS_OF_TAX} }
currentTotalPriceSet { ${MONEY} }
currentTotalTaxSet { ${MONEY} }
currentTaxLines { ${PARTS_OF_TAX} }
totalReceivedSet { ${MONEY} }
totalRefundedSet { ${MONEY} }
totalTipReceivedSet { ${MONEY} }
currentTotalDutiesSet { ${MONEY} }
currentTotalAdditionalFeesSet { ${MONEY} }
transactions(first: 50) { id kind status gateway formattedGateway manualPaymentGateway paymentId processedAt amountSet { ${MONEY} } }
shippingLines(first: 10, includeRemovals: true) {
  nodes {
    id title code isRemoved
    originalPriceSet { ${MONEY} }
    discountedPriceSet { ${MONEY} }
    currentDiscountedPriceSet { ${MONEY} }
    ${DISCOUNTS}
    taxLines { ${PARTS_OF_TAX} }
  }
}`

export const changedOrders = `query ChangedOrders($query: String, $after: String) {
  orders(first: 100, after: $after, sortKey: UPDATED_AT, query: $query) {
    pageInfo { hasNextPage endCursor }
    nodes { id updatedAt }
  }
}`

export const oneOrder = `query OneOrder($id: ID!) {
  order(id: $id) {
    ${ORDER_HEAD}
    ${ORDER_MONEY}
    fulfillments(first: 50) { id status }
    lineItems(first: 30) { ${LINES} }
  }
}`

export const orderLines = `query OrderLines($id: ID!, $after: String) {
  order(id: $id) { lineItems(first: 30, after: $after) { ${LINES} } }
}`

export const oneCustomer = `query OneCustomer($id: ID!) {
  node(id: $id) {
    __typename
    ... on Customer {
      id displayName
      defaultEmailAddress { emailAddress }
      defaultAddress { ${ADDRESS} }
    }
    ... on CompanyLocation {
      id name
      company { id name }
      taxSettings { taxRegistrationId }
      billingAddress { ${COMPANY_ADDRESS} }
    }
  }
}`

export const shopFacts = `query ShopFacts {
  shop { name currencyCode taxesIncluded }
  currentAppInstallation { accessScopes { handle } }
  locations(first: 50) { nodes { id name isActive fulfillsOnlineOrders isFulfillmentService } }
}`

const AVAILABLE = `id tracked
inventoryLevel(locationId: $location) { quantities(names: ["available"]) { name quantity } }`

export const catalogue = `query Catalogue($after: String, $location: ID!) {
  productVariants(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id sku barcode title price
      product { id title status hasOnlyDefaultVariant }
      inventoryItem { ${AVAILABLE} }
    }
  }
}`

export const availableOf = `query Available($ids: [ID!]!, $location: ID!) {
  nodes(ids: $ids) { ... on InventoryItem { ${AVAILABLE} } }
}`

export const setAvailable = `mutation SetAvailable($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    userErrors { code field message }
  }
}`

export const orderSeen = `query OrderSeen($id: ID!) {
  order(id: $id) {
    id name tags closed cancelledAt canMarkAsPaid currencyCode
    totalOutstandingSet { ${MONEY} }
    totalReceivedSet { ${MONEY} }
    metafields(first: 10, namespace: "tresen") { nodes { key value } }
    lineItems(first: 100) { pageInfo { hasNextPage endCursor } nodes { id quantity currentQuantity } }
    fulfillments(first: 100) { id status trackingInfo { number } }
  }
}`

export const fulfilledGoods = `query FulfilledGoods($id: ID!, $after: String) {
  fulfillment(id: $id) {
    fulfillmentLineItems(first: 200, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { quantity lineItem { id } }
    }
  }
}`

export const orderLineQuantities = `query OrderLineQuantities($id: ID!, $after: String) {
  order(id: $id) {
    lineItems(first: 250, after: $after) { pageInfo { hasNextPage endCursor } nodes { id quantity currentQuantity } }
  }
}`

const OPEN_GOODS = `pageInfo { hasNextPage endCursor }
nodes { id remainingQuantity lineItem { id } }`

export const fulfillmentOrders = `query FulfillmentOrders($id: ID!, $after: String) {
  order(id: $id) {
    fulfillmentOrders(first: 2, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id status
        supportedActions { action }
        assignedLocation { name location { id } }
        lineItems(first: 200) { ${OPEN_GOODS} }
      }
    }
  }
}`

export const fulfillmentOrderLines = `query FulfillmentOrderLines($id: ID!, $after: String) {
  fulfillmentOrder(id: $id) { lineItems(first: 200, after: $after) { ${OPEN_GOODS} } }
}`

export const createFulfillment = `mutation CreateFulfillment($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
}`

export const updateTracking = `mutation UpdateTracking($id: ID!, $tracking: FulfillmentTrackingInput!) {
  fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: false) {
    userErrors { field message }
  }
}`

export const cancelOrder = `mutation CancelOrder($id: ID!, $note: String) {
  orderCancel(
    orderId: $id
    reason: OTHER
    refundMethod: { originalPaymentMethodsRefund: false }
    restock: true
    notifyCustomer: false
    staffNote: $note
  ) { job { id } orderCancelUserErrors { field message } }
}`

export const beginEdit = `mutation BeginEdit($id: ID!) {
  orderEditBegin(id: $id) {
    calculatedOrder { id lineItems(first: 250) { nodes { id quantity } } }
    userErrors { field message }
  }
}`

export const editQuantity = `mutation EditQuantity($id: ID!, $line: ID!, $quantity: Int!) {
  orderEditSetQuantity(id: $id, lineItemId: $line, quantity: $quantity, restock: true) { userErrors { field message } }
}`

export const commitEdit = `mutation CommitEdit($id: ID!, $note: String) {
  orderEditCommit(id: $id, notifyCustomer: false, staffNote: $note) { userErrors { field message } }
}`

export const markPaid = `mutation MarkPaid($id: ID!) {
  orderMarkAsPaid(input: { id: $id }) { userErrors { field message } }
}`

export const addPayment = `mutation AddPayment($id: ID!, $amount: MoneyInput!, $name: String!) {
  orderCreateManualPayment(id: $id, amount: $amount, paymentMethodName: $name) { userErrors { field message } }
}`

export const closeOrder = `mutation CloseOrder($id: ID!) {
  orderClose(input: { id: $id }) { userErrors { field message } }
}`

export const addTags = `mutation AddTags($id: ID!, $tags: [String!]!) {
  tagsAdd(id: $id, tags: $tags) { userErrors { field message } }
}`

export const setMetafields = `mutation SetMetafields($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { userErrors { field message } }
}`

export const variantSeen = `query VariantSeen($id: ID!) {
  productVariant(id: $id) { id price product { id title status hasOnlyDefaultVariant } }
}`

export const variantBySku = `query VariantBySku($query: String!) {
  productVariants(first: 5, query: $query) { nodes { id sku product { id } inventoryItem { id } } }
}`

export const updateVariant = `mutation UpdateVariant($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkUpdate(productId: $product, variants: $variants) { userErrors { field message } }
}`

export const updateProduct = `mutation UpdateProduct($product: ProductUpdateInput!) {
  productUpdate(product: $product) { userErrors { field message } }
}`

export const createProduct = `mutation CreateProduct($input: ProductSetInput!) {
  productSet(synchronous: true, input: $input) {
    product { id variants(first: 1) { nodes { id sku inventoryItem { id } } } }
    userErrors { field message }
  }
}`

export const subscriptions = `query Subscriptions {
  webhookSubscriptions(first: 100) { nodes { id topic uri } }
}`

export const createSubscription = `mutation CreateSubscription(
  $topic: WebhookSubscriptionTopic!
  $subscription: WebhookSubscriptionInput!
) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $subscription) { userErrors { field message } }
}`
