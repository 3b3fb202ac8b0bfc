import { emptyDatabase } from '../../tools/test-database.ts'
import { setUpShop } from './set-up-shop.ts'
import { type Shop, type ShopProcessOptions, startShop } from './start-shop.ts'

/** A German Vendure for one test file, on a database of its own in the tests' PostgreSQL. */
export async function testShop(
  options: Partial<Pick<ShopProcessOptions, 'plugin' | 'tokenMethod'>> = {},
): Promise<Shop> {
  const { url, drop } = await emptyDatabase()
  const shop = await startShop({ databaseUrl: url, ...options })
  await setUpShop(shop)
  return {
    ...shop,
    async stop() {
      await shop.stop()
      await drop()
    },
  }
}

/** somebody who buys: a firm with an account */
export const carpenter = {
  email: 'einkauf@holzbau.example.test',
  company: 'Holzbau Kräher GmbH & Co. KG',
  person: 'Ida Kräher',
  street: 'Sägewerkstraße 7',
  postalCode: '02826',
  city: 'Görlitz',
  vatId: 'DE999999999',
}
