import { type Answer, graphQlClient } from './graphql-client.ts'
import { customerPassword, type ShopCustomer } from './set-up-shop.ts'
import type { Shop } from './start-shop.ts'

const problem = '... on ErrorResult { errorCode message }'
const result = `{ __typename ... on Order { id code state } ${problem} }`

/** Ways to pay the shop offers now: code, and why not where it isn't possible. */
export interface Offered {
  code: string
  isEligible: boolean
  eligibilityMessage: string | null
}

export interface Buyer {
  signIn(): Promise<void>
  /** buys as a guest: says who he is instead of signing in */
  introduce(): Promise<void>
  /** Fills the cart, gives addresses and way of shipping; the order is ready to be paid. */
  fillCart(lines: Readonly<Record<string, number>>): Promise<void>
  offered(): Promise<Offered[]>
  /** Pays, which places the order. Throws what the shop says when it doesn't take it. */
  pay(method: string): Promise<{ id: string; code: string; state: string }>
  /** all of it */
  buy(lines: Readonly<Record<string, number>>, method: string): Promise<{ id: string; code: string; state: string }>
  /** the order as the buyer sees it */
  sees(code: string): Promise<Answer>
}

/** A buyer with his browser, through the Shop API. Lines are pieces by id of the variant. */
export function buyerOf({ address }: Pick<Shop, 'address'>, who: ShopCustomer): Buyer {
  const ask = graphQlClient(`${address}/shop-api`)
  const place = {
    fullName: who.person,
    company: who.company,
    streetLine1: who.street,
    postalCode: who.postalCode,
    city: who.city,
    countryCode: 'DE',
    customFields: { ustIdNr: who.vatId },
  }
  const self: Buyer = {
    async signIn() {
      await ask(
        `mutation ($name: String!, $password: String!) { login(username: $name, password: $password) { __typename ${problem} } }`,
        {
          name: who.email,
          password: customerPassword,
        },
      )
    },
    async introduce() {
      const first = await ask('{ products { items { variants { id } } } }')
      await ask(`mutation ($id: ID!) { addItemToOrder(productVariantId: $id, quantity: 1) ${result} }`, {
        id: first.products.items[0].variants[0].id,
      })
      const [firstName, ...rest] = who.person.split(' ')
      await ask(`mutation ($input: CreateCustomerInput!) { setCustomerForOrder(input: $input) ${result} }`, {
        input: { firstName, lastName: rest.join(' '), emailAddress: who.email },
      })
    },
    async fillCart(lines) {
      // Vendure puts as many pieces in the cart as there are, also where it says that they are too few
      await ask('mutation { removeAllOrderLines { __typename } }').catch(() => undefined)
      for (const [id, quantity] of Object.entries(lines))
        await ask(
          `mutation ($id: ID!, $quantity: Int!) { addItemToOrder(productVariantId: $id, quantity: $quantity) ${result} }`,
          { id, quantity },
        )
      for (const kind of ['Shipping', 'Billing'])
        await ask(`mutation ($input: CreateAddressInput!) { setOrder${kind}Address(input: $input) ${result} }`, {
          input: place,
        })
      const { eligibleShippingMethods } = await ask('{ eligibleShippingMethods { id } }')
      await ask(`mutation ($id: [ID!]!) { setOrderShippingMethod(shippingMethodId: $id) ${result} }`, {
        id: [eligibleShippingMethods[0].id],
      })
    },
    offered: async () =>
      (await ask('{ eligiblePaymentMethods { code isEligible eligibilityMessage } }')).eligiblePaymentMethods,
    async pay(method) {
      const { transitionOrderToState } = await ask(
        'mutation { transitionOrderToState(state: "ArrangingPayment") { ... on Order { state } ... on OrderStateTransitionError { errorCode message transitionError } } }',
      ).catch((error: Error) => {
        // a second try after a way to pay was refused: it is there already
        if (/ArrangingPayment/.test(error.message)) return { transitionOrderToState: null }
        throw error
      })
      void transitionOrderToState
      const { addPaymentToOrder } = await ask(
        `mutation ($input: PaymentInput!) { addPaymentToOrder(input: $input) ${result} }`,
        {
          input: { method, metadata: {} },
        },
      )
      return addPaymentToOrder
    },
    async buy(lines, method) {
      await self.fillCart(lines)
      return self.pay(method)
    },
    sees: async (code) =>
      (
        await ask(
          'query ($code: String!) { orderByCode(code: $code) { code state totalWithTax lines { id quantity productVariant { sku name } } payments { method state } fulfillments { method trackingCode state lines { orderLineId quantity } } } }',
          { code },
        )
      ).orderByCode,
  }
  return self
}
