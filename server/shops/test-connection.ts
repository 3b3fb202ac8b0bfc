import { type Database, orNotFound } from '../kernel/index.ts'
import { connectors } from './connectors.ts'
import { ShopError } from './shop-error.ts'
import { findConnection } from './sync/connections.ts'

const nothing = {
  shopName: null,
  version: null,
  currency: null,
  warnings: [],
  trouble: null,
  remarks: [],
  problem: null,
}

/** Asks the shop whether address and keys work; what is wrong is an answer, not an error. */
export async function testConnection(database: Database, { channelId }: { channelId: string }) {
  const connection = orNotFound(await findConnection(database, channelId), 'shop')
  const connector = connectors[connection.kind]
  if (!connector) return { ...nothing, ok: false, problem: null }
  try {
    const found = await connector.open(connection).test()
    return { ...nothing, ok: found.currency === 'EUR', ...found, warnings: [...found.warnings] }
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    return { ...nothing, ok: false, trouble: error.trouble, remarks: [...error.remarks], problem: error.said }
  }
}
