import { type Database, statement, type Work } from '../../kernel/index.ts'
import type { Registered } from './handshake.ts'

/** A connected Shopware shop as its registration sees it. */
export interface RegisteredShop extends Registered {
  channelId: string
  channel: string
  address: string
  publicAddress: string | null
}

const columns = `s.channel_id as "channelId", c.code as channel, s.address, s.public_address as "publicAddress", s.secrets,
  r.asked_at as "askedAt", r.shop_id as "shopId", r.shop_url as "shopUrl", r.secret`
const from = `from shops.connection s join branches.channel c on c.id = s.channel_id
  left join shops.shopware_registration r on r.channel_id = s.channel_id where s.kind = 'shopware'`
type Row = Omit<RegisteredShop, 'pending'> & {
  askedAt: string | null
  shopId: string
  shopUrl: string
  secret: string | null
}
const byCode = statement<Row>('shops.shopware-by-code', `select ${columns} ${from} and c.code = $1`)
const byId = statement<Row>('shops.shopware-by-id', `select ${columns} ${from} and s.channel_id = $1`)

export async function findShopware(
  database: Database,
  by: { channel: string } | { channelId: string },
): Promise<RegisteredShop | undefined> {
  const [row] = await ('channel' in by ? database.query(byCode, [by.channel]) : database.query(byId, [by.channelId]))
  if (!row) return undefined
  const { askedAt, shopId, shopUrl, secret, ...shop } = row
  const pending = askedAt === null ? null : { askedAt: new Date(askedAt), shopId, shopUrl, secret }
  return { ...shop, pending }
}

// the moment is signed: what is not newer than the last one taken is a repetition, by whoever overheard it
const savePendingRow = statement<{ taken: boolean }>(
  'shops.save-pending-registration',
  `insert into shops.shopware_registration as r (channel_id, asked_second, asked_at, shop_id, shop_url, secret) values ($1, $2, $3, $4, $5, $6)
   on conflict (channel_id) do update set asked_second = excluded.asked_second, asked_at = excluded.asked_at, shop_id = excluded.shop_id,
     shop_url = excluded.shop_url, secret = excluded.secret where r.asked_second < excluded.asked_second returning true as taken`,
)
const takePendingRow = statement<{ taken: boolean }>(
  'shops.take-pending-registration',
  'update shops.shopware_registration set secret = null where channel_id = $1 and secret = $2 returning true as taken',
)
const forgetRegistration = statement(
  'shops.forget-registration',
  'delete from shops.shopware_registration where channel_id = $1',
)

/** False: the same or a later one was taken before. */
export async function savePending(
  work: Work,
  channelId: string,
  { timestamp, shopId, shopUrl, secret }: { timestamp: number; shopId: string; shopUrl: string; secret: string },
): Promise<boolean> {
  return (await work.query(savePendingRow, [channelId, timestamp, work.now, shopId, shopUrl, secret])).length > 0
}

/** False: somebody else confirmed or asked anew meanwhile. */
export async function takePending(work: Work, channelId: string, secret: string): Promise<boolean> {
  return (await work.query(takePendingRow, [channelId, secret])).length > 0
}

// what was given by hand meanwhile stays; new keys end a rest
const saveRegisteredRow = statement(
  'shops.save-registered',
  `update shops.connection set address = $2, troubles = 0, trouble = null, not_before = null, polled_at = null,
     secrets = secrets || $3::jsonb || case when secrets ? 'shopSecret'
       then jsonb_build_object('formerShopSecret', secrets -> 'shopSecret', 'formerShopSecretUntil', $4::text) else '{}' end where channel_id = $1`,
)
const renewAppSecretRow = statement(
  'shops.renew-app-secret',
  `update shops.connection set secrets = secrets - 'shopId' || jsonb_build_object('appSecret', $2::text) where channel_id = $1`,
)

export function saveRegistered(
  work: Work,
  channelId: string,
  to: { address: string; secrets: Record<string, string>; formerUntil: Date },
): void {
  work.save(saveRegisteredRow, [channelId, to.address, JSON.stringify(to.secrets), to.formerUntil.toISOString()])
}

export function renewAppSecret(work: Work, channelId: string, appSecret: string): void {
  work.save(forgetRegistration, [channelId])
  work.save(renewAppSecretRow, [channelId, appSecret])
}
