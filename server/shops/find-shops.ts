import type { z } from 'zod'
import type { listShops, shop } from '../../common/shops/api.ts'
import { type Database, statement } from '../kernel/index.ts'
import { connectors } from './connectors.ts'

type ShopView = z.input<typeof shop>
interface Row extends Omit<ShopView, 'health' | 'hookAddress'> {
  troubles: number
  health: Omit<ShopView['health'], 'state'>
}

const shopRows = statement<Row & Record<string, unknown>>(
  'shops.shops',
  `select s.channel_id as "channelId", c.code as channel, c.name, s.kind, s.address, array(select jsonb_object_keys(s.secrets)) as "secretsGiven",
     s.public_address as "publicAddress", s.safety_stock as "safetyStock", s.price_group as "priceGroup", s.active, c.active as "channelActive", s.progress, s.troubles, s.trouble, s.not_before as "notBefore",
     s.polled_at as "polledAt", s.recounted_at as "recountedAt",
     (select max(o.taken_at) from shops.shop_order o where o.channel_id = s.channel_id) as "lastOrderIn",
     (select r.at from shops.receipt r where r.channel_id = s.channel_id and r.direction = 'out' and r.outcome = 'done' order by r.id desc limit 1) as "lastWriteOut",
     t.waiting, t.oldest as "oldestWaiting", t.dead,
     (select count(*)::int from orders.parked_order p where p.channel = c.code and p.state = 'parked') as parked,
     (select count(*)::int from shops.shop_order o where o.channel_id = s.channel_id and o.conflict is not null) as conflicts,
     (select count(*)::int from shops.listing l where l.channel_id = s.channel_id and l.drift_since is not null) as drifting,
     (select count(*)::int from shops.listing l where l.channel_id = s.channel_id) as listings
     from shops.connection s join branches.channel c on c.id = s.channel_id,
     lateral (select count(*) filter (where state = 'open' and done < wished)::int as waiting, min(wished_at) filter (where state = 'open' and done < wished and wished_at <= now()) as oldest,
       count(*) filter (where state = 'dead')::int as dead from shops.task where channel_id = s.channel_id and (done < wished or state = 'dead')) t
    order by c.name`,
)

/** Connected shops with their health at a glance, and what the set-up asks for each kind. */
export async function findShops(database: Database): Promise<z.input<typeof listShops.output>> {
  const rows = (await database.query(shopRows, [])) as unknown as (ShopView &
    ShopView['health'] & { troubles: number; channelActive: boolean })[]
  return {
    shops: rows.map((row) => ({
      channelId: row.channelId,
      channel: row.channel,
      name: row.name,
      kind: row.kind,
      address: row.address,
      secretsGiven: row.secretsGiven,
      publicAddress: row.publicAddress,
      safetyStock: row.safetyStock,
      priceGroup: row.priceGroup,
      active: row.active,
      hookAddress: `/api/shops/${encodeURIComponent(row.channel)}/hooks`,
      progress: row.progress,
      health: { ...healthOf(row), state: stateOf(row) },
    })),
    kinds: Object.values(connectors).map(({ kind, secrets }) => ({
      kind,
      secrets: secrets.map(({ name, label, optional, generated }) => ({
        name,
        label,
        optional: (optional || generated) ?? false,
      })),
    })),
  }
}

function healthOf(row: ShopView['health']) {
  const { trouble, notBefore, lastOrderIn, lastWriteOut, polledAt, recountedAt } = row
  const { waiting, oldestWaiting, dead, parked, conflicts, drifting, listings } = row
  return {
    trouble,
    notBefore,
    lastOrderIn,
    lastWriteOut,
    polledAt,
    recountedAt,
    waiting,
    oldestWaiting,
    dead,
    parked,
    conflicts,
    drifting,
    listings,
  }
}

interface Standing {
  active: boolean
  channelActive: boolean
  troubles: number
  trouble: string | null
}

function stateOf(row: Standing): ShopView['health']['state'] {
  if (!row.active || !row.channelActive) return 'paused'
  if (row.trouble?.startsWith('unauthorised')) return 'keys-refused'
  return row.troubles > 0 ? 'trouble' : 'ok'
}
