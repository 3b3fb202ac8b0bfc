import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { listChannels } from '../../common/branches/api.ts'
import { listArticles } from '../../common/catalog/api.ts'
import { changeCustomer, linkShopAccount, listCustomers } from '../../common/customers/api.ts'
import { type Permission, permissions } from '../../common/permissions.ts'
import { connectShop, publishArticles } from '../../common/shops/api.ts'
import { type App, startApp } from '../../server/app/start-app.ts'
import { buildScreens, screensDirectory } from '../../server/cli/build-screens.ts'
import { progressLine } from '../../server/cli/console-log.ts'
import { openDatabase } from '../../server/cli/open-database.ts'
import { readConfiguration } from '../../server/config.ts'
import { demoArticles, demoCustomers, loadDemoMasterData, storyClient } from '../../server/demo/index.ts'
import { createApiKey, createUser } from '../../server/kernel/identity/users.ts'
import { perform, silentLog, systemActor } from '../../server/kernel/index.ts'
import { serveStorefront } from './serve-storefront.ts'
import { addCustomer, customerPassword, type ShopCustomer, setUpShop } from './set-up-shop.ts'
import type { Shop } from './start-shop.ts'
import { takeDown } from './take-down.ts'

/*
 * npm run demo:shop: Tresen with the demo merchant, a real Vendure beside it, connected, and a small storefront. All of it
 * lies in a throw-away folder and is gone afterwards.
 */

const STAFF = { login: 'chef', password: 'eschenbrueck-demo' }
const ARTICLES = 14
/** may buy on delivery note; may not; is blocked */
const BUYERS = ['K-10001', 'K-10022', 'K-10002']
const BLOCKED = 'K-10002'

try {
  import.meta.resolve('@vendure/core')
} catch {
  console.error(
    'Vendure ist nicht installiert: Es ist eine Entwicklungs-Abhängigkeit. Mit „npm ci“ (ohne --omit=dev) kommt es mit.',
  )
  process.exit(1)
}

const progress = progressLine()
const { keep, stop, isStopping } = takeDown(() => console.log('\nHält an …'))
await run().catch(async (error: unknown) => {
  if (isStopping()) return
  console.error(error)
  await stop()
  process.exit(1)
})

async function run(): Promise<void> {
  await buildScreens((text) => progress.show(text))
  const { app, shopDatabase } = await startTresen()
  const key = async (name: string, may: readonly Permission[]) =>
    (
      await perform(app.kernel, { name: 'create-api-key', actor: systemActor, input: {} }, (work) =>
        createApiKey(work, { name, permissions: [...may] }),
      )
    ).key
  const hookSecret = `whsec_${randomBytes(24).toString('base64')}`
  progress.show('Vendure wird gestartet')
  const { startShop } = await import('./start-shop.ts')
  const apiKey = await key('Webshop', ['checkout.ask'])
  const plugin = { address: app.address, channel: 'web-shop', apiKey, hookSecret }
  const port = await freePort(3081)
  const shop = await keep(
    () => startShop({ databaseUrl: shopDatabase, port, plugin }),
    (started) => started.stop(),
  )
  progress.show('Shop wird eingerichtet')
  await setUpShop(shop)
  const tresen = storyClient(app.address, await key('Einrichtung', permissions))
  const buyers = await addBuyers(tresen, shop)
  await connect(tresen, shop, hookSecret)
  const front = { shop: shop.address, tresen: app.address, buyers, password: customerPassword }
  const frontPort = await freePort(3080)
  const storefront = await keep(
    () => serveStorefront({ port: frontPort, ...front }),
    (started) => started.close(),
  )
  progress.done()
  tell(app, shop, storefront.address)
}

async function startTresen(): Promise<{ app: App; shopDatabase: string }> {
  const temporary = await keep(
    () => mkdtempSync(join(tmpdir(), 'tresen-demo-shop-')),
    (directory) => rmSync(directory, { recursive: true, force: true }),
  )
  const configuration = { ...readConfiguration(), databaseUrl: undefined, dataDirectory: temporary }
  const database = await keep(
    () => openDatabase(configuration, silentLog, (text) => progress.show(text)),
    (opened) => opened.close(),
  )
  const port = await freePort(configuration.port)
  const where = { databaseUrl: database.url, host: '127.0.0.1', port, webDirectory: screensDirectory }
  const app = await keep(
    () => startApp({ ...where, log: silentLog, jobs: true }),
    (started) => started.close(),
  )
  await loadDemoMasterData(app.kernel, (done, of, what) => progress.show(`${what} ${done}/${of}`))
  await perform(app.kernel, { name: 'create-user', actor: systemActor, input: {} }, (work) =>
    createUser(work, { ...STAFF, name: 'Administration', role: 'administrator' }),
  )
  const admin = new Client({ connectionString: database.url })
  await admin.connect()
  await admin.query('create database vendure')
  await admin.end()
  const shopDatabase = new URL(database.url)
  shopDatabase.pathname = '/vendure'
  return { app, shopDatabase: shopDatabase.href }
}

/** Their accounts in the shop, each linked with the customer here as somebody of the house does it. */
async function addBuyers(tresen: ReturnType<typeof storyClient>, shop: Shop): Promise<ShopCustomer[]> {
  const buyers: ShopCustomer[] = []
  for (const { number, email, name, contact, billTo, vatId } of demoCustomers()) {
    if (!BUYERS.includes(number!)) continue
    const buyer = {
      email: email!,
      company: name,
      person: contact?.name ?? name,
      street: billTo.street ?? '',
      postalCode: billTo.postalCode,
      city: billTo.city,
      vatId: vatId ?? undefined,
    }
    const shopCustomerId = await addCustomer(shop, buyer)
    const { rows } = await tresen.call(listCustomers, { q: number })
    await tresen.call(linkShopAccount, { id: rows[0]!.id, channel: 'web-shop', shopCustomerId })
    buyers.push(buyer)
  }
  return buyers
}

/** What a merchant clicks in the settings: the shop's address and keys, then a first assortment into the shop. */
async function connect(tresen: ReturnType<typeof storyClient>, shop: Shop, hookSecret: string): Promise<void> {
  const blocked = await tresen.call(listCustomers, { q: BLOCKED })
  await tresen.call(changeCustomer, { id: blocked.rows[0]!.id, blocked: true })
  const channelId = (await tresen.call(listChannels, {})).channels.find(({ code }) => code === 'web-shop')!.id
  await tresen.call(connectShop, {
    channelId,
    kind: 'vendure',
    address: shop.address,
    secrets: { ...shop.admin, hookSecret },
  })
  const numbers = demoArticles()
    .filter(({ active }) => active)
    .slice(0, ARTICLES)
    .map(({ number }) => number)
  const found = await Promise.all(numbers.map((q) => tresen.call(listArticles, { q, limit: 10 })))
  const articleIds = found.flatMap(({ rows }) =>
    rows.filter(({ number }) => numbers.includes(number)).map(({ id }) => id),
  )
  await tresen.call(publishArticles, { channelId, articleIds: [...new Set(articleIds)] })
  for (;;) {
    const { items } = (await shop.merchant('{ productVariants { items { stockLevels { stockOnHand } } } }'))
      .productVariants
    const ready = items.filter(
      (one: { stockLevels: { stockOnHand: number }[] }) => one.stockLevels[0]?.stockOnHand,
    ).length
    progress.show(`Artikel in den Shop ${ready}/${numbers.length}`)
    if (ready >= numbers.length) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function tell(app: App, shop: Shop, storefront: string): void {
  console.log(`
  Webshop:        ${storefront}
  Tresen:         ${app.address}      Anmeldung: ${STAFF.login} / ${STAFF.password}
  Vendure-API:    ${shop.address}/admin-api      ${shop.admin.username} / ${shop.admin.password}

  Im Webshop „auf Lieferschein“ kaufen, in Tresen Lieferschein und Warenausgang buchen,
  berechnen, Zahlung erfassen: Der Webshop zeigt jeden Schritt. Holzbau Kräher darf auf
  Lieferschein kaufen, Montageservice Schnellfix nicht, Zimmerei Mühlbächer ist gesperrt. Ihre
  Konten im Shop sind in Tresen verbunden; ein neues Konto bekäme den Lieferschein nicht.

  Anhalten: Strg-C (danach ist alles wieder weg)
`)
}

/** The port if nobody has it, else any. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(0))
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(wanted)))
  })
}
