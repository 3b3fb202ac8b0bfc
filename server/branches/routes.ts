import * as api from '../../common/branches/api.ts'
import { type Database, read, statement, write } from '../kernel/index.ts'
import type { Purpose } from './return-places.ts'
import { saveBranch, saveChannel, saveStockLocation } from './save-branches.ts'
import { saveMerchant } from './save-merchant.ts'
import { allChannels, findWholeMerchant } from './store.ts'

interface BranchRow {
  id: string
  code: string
  name: string
  street?: string
  postalCode?: string
  city?: string
  country: string
  active: boolean
}
const branchRows = statement<{ branch: BranchRow }>(
  'branches.branches',
  `select jsonb_strip_nulls(jsonb_build_object('id', id, 'code', code, 'name', name, 'street', street, 'postalCode', postal_code, 'city', city, 'country', country, 'active', active)) as branch
     from branches.branch order by code`,
)
const locationRows = statement<{
  id: string
  code: string
  name: string
  branchId: string
  active: boolean
  purpose: Purpose
}>(
  'branches.all-locations',
  'select id, code, name, branch_id as "branchId", active, purpose from branches.stock_location order by code',
)

async function findBranches(database: Database) {
  const [branches, locations] = await Promise.all([database.query(branchRows), database.query(locationRows)])
  return { branches: branches.map((b) => b.branch), locations }
}

export const branchRoutes = [
  read(api.getMerchant, findWholeMerchant),
  write(api.changeMerchant, saveMerchant),
  read(api.listBranches, findBranches),
  write(api.saveBranch, saveBranch),
  write(api.saveStockLocation, saveStockLocation),
  read(api.listChannels, async (database) => ({ channels: await database.query(allChannels) })),
  write(api.saveChannel, saveChannel),
]
