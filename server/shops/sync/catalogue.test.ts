import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestShop, type TestShop } from '../../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../../tools/test-kernel.ts'
import { changeArticle } from '../../catalog/index.ts'
import { connectShop } from '../connect-shop.ts'
import { findCatalogue } from '../show-catalogue.ts'
import { publishArticles, takeShopArticles } from '../take-articles.ts'
import { matchShop } from '../wish-work.ts'
import { type PlainShop, plainShop } from './plain-shop.ts'
import { openSync } from './test-sync.ts'

let tresen: TestKernel
let here: TestShop
let shop: PlainShop
let sync: Awaited<ReturnType<typeof openSync>>

beforeAll(async () => {
  tresen = await testKernel()
  here = await openTestShop(tresen)
  shop = plainShop(Math.random)
  sync = await openSync(tresen, shop)
})
afterAll(async () => {
  await sync.stop()
  await tresen.close()
})

const match = async () => {
  await tresen.play(matchShop, { channelId: sync.channelId })
  await sync.untilQuiet()
}
const report = async (show: 'matched' | 'only-here' | 'only-there' | 'ambiguous') => {
  const found = await findCatalogue(tresen.kernel.database, { channelId: sync.channelId, show, limit: 50 })
  return found.rows.map((row) => row.sku ?? row.articleNumber)
}

test('articles are matched by SKU, else by GTIN; what could be two is for somebody to say', async () => {
  await here.article({ number: 'GLEICH' })
  await here.article({ number: 'UNSER-GTIN', gtin: '4006381333931' })
  await here.article({ number: 'NUR-HIER' })
  await here.article({ number: 'EINS', gtin: '4012345678901' })
  await here.article({ number: 'ZWEI' })
  shop.addArticle('GLEICH', 1)
  shop.addArticle('IHR-GTIN', 1, { gtin: '4006381333931' })
  shop.addArticle('NUR-DORT', 1, { name: 'Nur im Shop', price: 2380 })
  shop.addArticle('ZWEI', 1, { gtin: '4012345678901' })
  await match()
  expect(await report('matched')).toEqual(['GLEICH', 'IHR-GTIN'])
  expect(await report('only-there')).toEqual(['NUR-DORT'])
  expect(await report('ambiguous')).toEqual(['ZWEI'])
  expect(await report('only-here')).toEqual(
    ['EINS', 'NUR-HIER', 'UNSER-GTIN', 'ZWEI'].filter((n) => n !== 'UNSER-GTIN'),
  )
})

test('what is only there becomes an article here, at the net price of the shop’s gross one', async () => {
  expect(await tresen.play(takeShopArticles, { channelId: sync.channelId })).toEqual({ wanted: 1, withoutRate: 0 })
  const [article] = await tresen.sql<{ name: string; price: number; vat: string }>(
    `select name_de as name, list_price as price, vat_class as vat from catalog.article where number = 'NUR-DORT'`,
  )
  expect(article).toEqual({ name: 'Nur im Shop', price: 200_000, vat: 'standard' })
  await sync.untilQuiet()
  // goods are counted in, not copied from a shop
  expect(shop.available('NUR-DORT')).toBe(0)
  expect(await report('only-there')).toEqual([])
})

test('what is only here is made there; afterwards name and price follow', async () => {
  const [{ id } = { id: '' }] = await tresen.sql<{ id: string }>(
    "select id from catalog.article where number = 'NUR-HIER'",
  )
  await tresen.play(publishArticles, { channelId: sync.channelId, articleIds: [id] })
  await sync.untilQuiet()
  expect(shop.article('NUR-HIER')).toMatchObject({ price: 1190, available: 100 })
  await tresen.play(changeArticle, { id, nameDe: 'Umbenannt', listPrice: 200_000 })
  await sync.untilQuiet()
  expect(shop.article('NUR-HIER')).toMatchObject({ name: 'Umbenannt', price: 2380 })
  // published twice it's still one
  await tresen.play(publishArticles, { channelId: sync.channelId, articleIds: [id] })
  await sync.untilQuiet()
  expect(await report('matched')).toContain('NUR-HIER')
})

test('an article whose VAT rate the shop doesn’t tell is left there', async () => {
  shop.addArticle('OHNE-SATZ', 1)
  const { open } = shop.connector
  shop.connector.open = (access) => ({
    ...open(access),
    catalogue: async (page) => {
      const found = await open(access).catalogue(page)
      return { ...found, rows: found.rows.map((row) => (row.sku === 'OHNE-SATZ' ? { ...row, vatRate: null } : row)) }
    },
  })
  await match()
  shop.connector.open = open
  expect(await tresen.play(takeShopArticles, { channelId: sync.channelId })).toEqual({ wanted: 0, withoutRate: 1 })
  expect(await report('only-there')).toEqual(['OHNE-SATZ'])
})

test('another shop behind a channel that has orders is refused; the same one may move', async () => {
  const connection = {
    channelId: sync.channelId,
    kind: 'woocommerce' as const,
    address: 'https://new.example',
    secrets: {},
    safetyStock: 0,
    priceGroup: 'standard',
    active: true,
  }
  shop.buy([{ sku: 'NUR-HIER', quantity: 1 }])
  await sync.untilQuiet()
  expect(await refusalOf(tresen.play(connectShop, connection))).toBe('another-shop')
  expect(await report('matched')).not.toEqual([])
  await tresen.play(connectShop, { ...connection, moved: true })
  await sync.untilQuiet()
  expect(await report('matched')).not.toEqual([])
})
