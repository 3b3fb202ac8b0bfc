import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type DocumentNode,
  execute,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { type Captured, fixturesOf } from '../fixture-orders.ts'
import * as exported from './documents.ts'

const contract = buildSchema(readFileSync(`${import.meta.dirname}/contract.graphql`, 'utf8'))
const documents = Object.entries(exported).filter(([, text]) => /^(query|mutation) /.test(text))

const { load, orders } = fixturesOf('shopify')

/** A captured order as a tree graphql-js can walk: unions named, edges as nodes. */
function plain(order: Captured): Captured {
  const allocations = [...rows(order.lineItems), ...order.shippingLines.nodes].flatMap((one) => one.discountAllocations)
  for (const { discountApplication: why } of allocations)
    why.__typename = why.code ? 'DiscountCodeApplication' : 'ManualDiscountApplication'
  const firm = order.purchasingEntity?.company ? { ...order.purchasingEntity, __typename: 'PurchasingCompany' } : null
  const pageInfo = { hasNextPage: false, endCursor: null }
  return { ...order, lineItems: { nodes: rows(order.lineItems), pageInfo }, purchasingEntity: firm }
}

function rows(connection: Captured): Captured[] {
  return connection.nodes ?? connection.edges.map((edge: Captured) => edge.node)
}

/**
 * What a document may cost at most, as Shopify tells it: an object is a point, a list by pages as many as its page has
 * rows, a change ten. A single document may cost a thousand.
 */
function dearest(document: DocumentNode): number {
  const info = new TypeInfo(contract)
  // of each field on the way: how often it is there, and how many rows its page has
  const way = [{ times: 1, rows: 1 }]
  let cost = document.definitions.some((one) => 'operation' in one && one.operation === 'mutation') ? 10 : 0
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        enter(node) {
          const [type, above] = [info.getType(), way.at(-1)!]
          const times = node.name.value === 'nodes' ? above.times * above.rows : above.times
          if (type && isCompositeType(getNamedType(type))) cost += times
          const first = node.arguments?.find((one) => one.name.value === 'first')?.value
          way.push({ times, rows: first?.kind === 'IntValue' ? Number(first.value) : 1 })
        },
        leave() {
          way.pop()
        },
      },
    }),
  )
  return cost
}

describe('documents', () => {
  test('there are as many as there were', () => {
    expect(documents.length).toBeGreaterThan(25)
  })
  test.each(documents)('%s fits the contract of Shopify', (_, text) => {
    expect(validate(contract, parse(text))).toEqual([])
  })
  test.each(documents)('%s costs less than a single document may', (_, text) => {
    expect(dearest(parse(text))).toBeLessThan(1000)
  })
  test('a field of an older version is found out', () => {
    const old = 'mutation M($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) { changed } }'
    expect(validate(contract, parse(old))).toHaveLength(1)
    const fields = contract.getType('InventoryQuantityInput') as unknown as { getFields(): Record<string, unknown> }
    expect(Object.keys(fields.getFields())).toContain('changeFromQuantity')
    expect(Object.keys(fields.getFields())).not.toContain('compareQuantity')
  })
  test.each(orders)('%s has all that the document asks for, as the contract says it', (name) => {
    const { data } = load(name)
    const order = plain(data.order ?? data.orders.edges[0].node)
    const result = execute({
      schema: contract,
      document: parse(exported.oneOrder),
      rootValue: { order },
      variableValues: { id: order.id },
    })
    expect(result).not.toHaveProperty('errors')
  })
  test('every change of stock carries a key of its own', () => {
    const changes = documents.filter(([, text]) => /inventorySet|inventoryAdjust|refundCreate/.test(text))
    expect(changes.map(([, text]) => /@idempotent\(key: \$key\)/.test(text))).toEqual([true])
  })
  test('lists without pages are short ones', () => {
    // taxes and discounts of a line, tags, gateways: what an order has few of
    const lists = new Set<string>()
    for (const [, text] of documents) {
      const info = new TypeInfo(contract)
      visit(
        parse(text),
        visitWithTypeInfo(info, {
          Field(node) {
            const type = info.getType()
            const bare = type && isNonNullType(type) ? type.ofType : type
            if (bare && isListType(bare) && !node.arguments?.length && node.name.value !== 'nodes')
              lists.add(node.name.value)
          },
        }),
      )
    }
    expect([...lists].sort()).toEqual([
      'accessScopes',
      'currentTaxLines',
      'customAttributes',
      'discountAllocations',
      'field',
      'orderCancelUserErrors',
      'paymentGatewayNames',
      'supportedActions',
      'tags',
      'taxLines',
      'trackingInfo',
      'userErrors',
    ])
  })
})
