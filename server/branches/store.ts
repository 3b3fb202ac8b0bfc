import type { Merchant } from '../../common/branches/api.ts'
import { type Database, refuseNow, statement } from '../kernel/index.ts'

/** The merchant as use cases need him: the logo by its hash, so that a picture isn't read with every note. */
export type StoredMerchant = Omit<Merchant, 'logoSvg'> & { logo?: string }

const merchantRow = statement<{ details: StoredMerchant }>('branches.merchant', 'select details from branches.merchant')
const merchantWithLogo = statement<{ details: StoredMerchant; svg: string | null }>(
  'branches.merchant-with-logo',
  "select m.details, l.svg from branches.merchant m left join branches.logo l on l.sha256 = m.details->>'logo'",
)

/** The own company as it is now. Documents keep a copy of it. Refuses 'not-set-up' before the first set-up. */
export async function findMerchant(database: Database): Promise<StoredMerchant> {
  const [row] = await database.query(merchantRow, [])
  return row?.details ?? refuseNow('not-set-up')
}

/** The own company with its logo, to look at and to change. */
export async function findWholeMerchant(database: Database): Promise<Merchant> {
  const [row] = await database.query(merchantWithLogo, [])
  if (!row) refuseNow('not-set-up')
  const { logo: _, ...merchant } = row.details
  return { ...merchant, ...(row.svg ? { logoSvg: row.svg } : {}) }
}

export interface StoredLocation {
  id: string
  code: string
  name: string
  purpose: 'sale' | 'quarantine' | 'scrap' | 'supplier'
  street: string | null
  postalCode: string | null
  city: string | null
  country: string
}

const locationRows = statement<StoredLocation>(
  'branches.locations',
  `select l.id, l.code, l.name, l.purpose, b.street, b.postal_code as "postalCode", b.city, b.country
     from branches.stock_location l join branches.branch b on b.id = l.branch_id`,
)

/** Stock locations by id, with the address of their branch. */
export async function locationNames(database: Database): Promise<Map<string, StoredLocation>> {
  const rows = await database.query(locationRows, [])
  return new Map(rows.map((r) => [r.id, r]))
}

export interface ChannelRow {
  id: string
  code: string
  name: string
  kind: 'web-shop' | 'branch' | 'phone'
  priceMode: 'net' | 'gross'
  locations: string[]
  paymentMethods: Record<string, 'on-delivery-note' | 'on-invoice' | 'prepayment' | 'cash-on-delivery' | 'direct-debit'>
  active: boolean
}

const channelColumns =
  'id, code, name, kind, price_mode as "priceMode", locations::text[] as locations, payment_methods as "paymentMethods", active'
const channelByCode = statement<ChannelRow>(
  'branches.channel-by-code',
  `select ${channelColumns} from branches.channel where code = $1 and active`,
)
export const allChannels = statement<ChannelRow>(
  'branches.channels',
  `select ${channelColumns} from branches.channel order by code`,
)

export async function findChannel(database: Database, code: string): Promise<ChannelRow> {
  const [row] = await database.query(channelByCode, [code])
  return row ?? refuseNow('unknown-channel', { channel: code })
}
