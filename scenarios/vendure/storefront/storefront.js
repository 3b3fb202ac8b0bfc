// The demo's storefront: what any storefront of Vendure does, in plain JavaScript over the Shop API.
const $ = (id) => document.getElementById(id)
const money = (cents) => (cents / 100).toLocaleString('de-DE', { minimumFractionDigits: 2 })
const problem = '... on ErrorResult { errorCode message }'
const setting = await (await fetch('/setting')).json()
let token
let buyer

async function ask(query, variables) {
  const answer = await fetch('/shop-api', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  })
  token = answer.headers.get('vendure-auth-token') ?? token
  const { data, errors } = await answer.json()
  if (errors) throw new Error(errors[0].message)
  for (const result of Object.values(data))
    if (result?.errorCode) throw new Error(result.eligibilityCheckerMessage || result.message)
  return data
}

/** An element with its content; text is always text, never markup. */
function make(tag, { className, ...properties } = {}, ...content) {
  const element = Object.assign(document.createElement(tag), properties)
  if (className) element.className = className
  element.append(...content.filter((one) => one !== null && one !== undefined))
  return element
}

function say(text, isGood = false) {
  $('message').textContent = text
  $('message').className = isGood ? 'good' : ''
}

/** Does what a button says and shows what came of it; a problem is said where it happened. */
async function act(work) {
  say('')
  for (const button of document.querySelectorAll('button')) button.disabled = true
  try {
    await work()
  } catch (error) {
    say(error.message)
  }
  await Promise.all([showArticles(), showCart(), showOrders()])
}

async function signIn(who) {
  token = undefined
  buyer = who
  seen.clear()
  await ask(
    `mutation ($name: String!, $password: String!) { login(username: $name, password: $password) { __typename ${problem} } }`,
    {
      name: who.email,
      password: setting.password,
    },
  )
}

const stockWords = {
  IN_STOCK: ['lieferbar', 'done'],
  LOW_STOCK: ['nur noch wenige', 'wait'],
  OUT_OF_STOCK: ['nicht lieferbar', 'stop'],
}
const rows = new Map()

/** Rows are made once and kept, so that a quantity somebody is typing stays. */
async function showArticles() {
  const { products } = await ask(
    '{ products(options: { take: 50, sort: { id: ASC } }) { items { name variants { id sku name priceWithTax stockLevel } } } }',
  )
  for (const variant of products.items.flatMap((product) => product.variants)) {
    const row = rows.get(variant.id) ?? articleRow(variant)
    const [word, kind] = stockWords[variant.stockLevel] ?? [variant.stockLevel, '']
    row.badge.textContent = word
    row.badge.className = `badge ${kind}`
    row.button.disabled = variant.stockLevel === 'OUT_OF_STOCK'
    row.price.textContent = money(variant.priceWithTax)
  }
}

function articleRow(variant) {
  const quantity = make('input', { type: 'number', min: 1, value: 1, ariaLabel: `Menge ${variant.name}` })
  const button = make('button', { onclick: () => act(() => add(variant.id, Number(quantity.value))) }, 'In den Korb')
  const badge = make('span')
  const price = make('td', { className: 'figure' })
  $('articles').append(
    make(
      'tr',
      {},
      make('td', {}, variant.name, make('small', {}, variant.sku)),
      price,
      make('td', {}, badge),
      make('td', { className: 'figure' }, quantity),
      make('td', { className: 'figure' }, button),
    ),
  )
  const row = { button, badge, price }
  rows.set(variant.id, row)
  return row
}

async function add(id, quantity) {
  await ask(
    `mutation ($id: ID!, $quantity: Int!) { addItemToOrder(productVariantId: $id, quantity: $quantity) { __typename ${problem} } }`,
    { id, quantity },
  )
  const place = {
    fullName: buyer.person,
    company: buyer.company,
    streetLine1: buyer.street,
    postalCode: buyer.postalCode,
    city: buyer.city,
    countryCode: 'DE',
    customFields: { ustIdNr: buyer.vatId },
  }
  for (const kind of ['Shipping', 'Billing'])
    await ask(
      `mutation ($input: CreateAddressInput!) { setOrder${kind}Address(input: $input) { __typename ${problem} } }`,
      { input: place },
    )
  const { eligibleShippingMethods } = await ask('{ eligibleShippingMethods { id } }')
  await ask(`mutation ($id: [ID!]!) { setOrderShippingMethod(shippingMethodId: $id) { __typename ${problem} } }`, {
    id: [eligibleShippingMethods[0].id],
  })
}

async function showCart() {
  const { activeOrder: cart } = await ask(
    '{ activeOrder { shippingWithTax totalWithTax lines { id quantity linePriceWithTax productVariant { name } } } }',
  )
  if (!cart?.lines.length) {
    $('cart').replaceChildren(make('p', { className: 'soft' }, 'Noch leer. Einen Artikel in den Korb legen.'))
    return
  }
  const { eligiblePaymentMethods } = await ask('{ eligiblePaymentMethods { code name isEligible eligibilityMessage } }')
  const line = (name, quantity, amount, remove) =>
    make(
      'tr',
      {},
      make('td', {}, name),
      make('td', { className: 'figure' }, quantity),
      make('td', { className: 'figure' }, money(amount)),
      make('td', { className: 'figure' }, remove),
    )
  const total = line('Summe', '', cart.totalWithTax, '')
  total.className = 'total'
  $('cart').replaceChildren(
    make(
      'table',
      {},
      make(
        'tbody',
        {},
        ...cart.lines.map((one) =>
          line(
            one.productVariant.name,
            String(one.quantity),
            one.linePriceWithTax,
            make(
              'button',
              {
                ariaLabel: `${one.productVariant.name} entfernen`,
                title: 'entfernen',
                onclick: () =>
                  act(() =>
                    ask(`mutation ($id: ID!) { removeOrderLine(orderLineId: $id) { __typename ${problem} } }`, {
                      id: one.id,
                    }),
                  ),
              },
              '×',
            ),
          ),
        ),
        line('Versand', '', cart.shippingWithTax, ''),
        total,
      ),
    ),
    make(
      'div',
      { className: 'pay' },
      ...eligiblePaymentMethods
        .sort((a, b) => b.code.length - a.code.length)
        .map((method) =>
          method.isEligible
            ? make(
                'button',
                {
                  className: method.code === 'kauf-auf-lieferschein' ? 'primary' : '',
                  onclick: () => act(() => pay(method.code)),
                },
                method.code === 'kauf-auf-lieferschein' ? 'Auf Lieferschein kaufen' : 'Mit Karte zahlen',
              )
            : make('p', { className: 'soft' }, method.eligibilityMessage),
        ),
    ),
  )
}

async function pay(method) {
  await ask(
    'mutation { transitionOrderToState(state: "ArrangingPayment") { ... on OrderStateTransitionError { errorCode message } } }',
  )
  try {
    const { addPaymentToOrder } = await ask(
      `mutation ($input: PaymentInput!) { addPaymentToOrder(input: $input) { ... on Order { code } ${problem} ... on IneligiblePaymentMethodError { eligibilityCheckerMessage } } }`,
      { input: { method, metadata: {} } },
    )
    say(`Bestellung ${addPaymentToOrder.code} ist aufgegeben.`, true)
  } catch (error) {
    await ask('mutation { transitionOrderToState(state: "AddingItems") { __typename } }')
    throw error
  }
}

const states = {
  PaymentAuthorized: ['Bestellt', 'wait'],
  PaymentSettled: ['Bezahlt', 'wait'],
  PartiallyShipped: ['Teilweise versandt', 'wait'],
  Shipped: ['Versandt', 'done'],
  PartiallyDelivered: ['Teilweise geliefert', 'wait'],
  Delivered: ['Geliefert', 'done'],
  Cancelled: ['Storniert', 'stop'],
}
/** how each order looked last, to mark what changed */
const seen = new Map()

async function showOrders() {
  const { activeCustomer } =
    await ask(`{ activeCustomer { orders(options: { filter: { active: { eq: false } }, sort: { orderPlacedAt: DESC }, take: 8 }) { items {
    code state totalWithTax orderPlacedAt lines { id quantity orderPlacedQuantity productVariant { name } }
    payments { method state } fulfillments { id state method trackingCode lines { orderLineId quantity } }
    history(options: { filter: { type: { eq: "ORDER_NOTE" } } }) { items { id data } } } } } }`)
  const orders = activeCustomer?.orders.items ?? []
  if (orders.length === 0) {
    $('orders').replaceChildren(make('p', { className: 'soft' }, 'Noch keine Bestellung.'))
    return
  }
  const looks = orders.map((order) => JSON.stringify(order))
  if (orders.every((order, index) => seen.get(order.code) === looks[index])) return
  $('orders').replaceChildren(
    ...orders.map((order, index) => orderCard(order, seen.has(order.code) && seen.get(order.code) !== looks[index])),
  )
  for (const [index, order] of orders.entries()) seen.set(order.code, looks[index])
  setTimeout(() => {
    for (const card of document.querySelectorAll('.fresh')) card.classList.remove('fresh')
  }, 600)
}

function orderCard(order, isFresh) {
  const [word, kind] = states[order.state] ?? [order.state, '']
  const standing = (order.fulfillments ?? []).filter(({ state }) => state !== 'Cancelled')
  const sent = (id) =>
    standing
      .flatMap(({ lines }) => lines)
      .filter((line) => line.orderLineId === id)
      .reduce((sum, line) => sum + line.quantity, 0)
  const isPaid = order.payments.some(({ state }) => state === 'Settled')
  const steps = [
    ...standing.map(({ method, trackingCode }) => `${method}${trackingCode ? `, Sendung ${trackingCode}` : ''}`),
    ...order.history.items.map(({ data }) => data.note),
    ...(isPaid && order.state !== 'Cancelled' ? ['Bezahlt'] : []),
  ]
  return make(
    'div',
    { className: isFresh ? 'order fresh' : 'order' },
    make('header', {}, make('b', {}, order.code), make('span', { className: `badge ${kind}` }, word)),
    make(
      'ul',
      {},
      ...order.lines.map((line) =>
        make(
          'li',
          {},
          make('span', {}, `${line.quantity} × ${line.productVariant.name}`),
          make('span', {}, line.quantity === 0 ? 'storniert' : `${sent(line.id)} von ${line.quantity} versandt`),
        ),
      ),
    ),
    ...steps.map((text) => make('div', { className: 'step' }, text)),
    make('div', { className: 'step soft' }, `Summe ${money(order.totalWithTax)} €`),
  )
}

for (const one of setting.buyers) $('who').append(make('option', { value: one.email }, one.company))
$('who').onchange = () => act(() => signIn(setting.buyers.find(({ email }) => email === $('who').value)))
$('tresen').href = setting.tresen
await act(() => signIn(setting.buyers[0]))
setInterval(() => Promise.all([showOrders(), showArticles()]).catch(() => undefined), 2_000)
