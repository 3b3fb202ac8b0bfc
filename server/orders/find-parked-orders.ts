import type { z } from 'zod'
import type { parkedOrder } from '../../common/orders/api.ts'
import { intakeParty } from '../customers/index.ts'
import { type Database, orNotFound, pageRows, statement } from '../kernel/index.ts'

type ParkedView = z.input<typeof parkedOrder>
const columns = `p.id, p.channel, p.external_number as "externalNumber", p.received_at as "receivedAt", p.reasons, p.state, p.order_id as "orderId", t.details->'billTo'->>'name' as "customerName", p.gross`
const parkedRows = statement<ParkedView>(
  'orders.find-parked',
  `select ${columns} from orders.parked_order p left join customers.intake_party t on t.id = p.party_id
    where ($1 = 'all' or p.state = 'parked') and ($2::uuid is null or p.id < $2) and ($4::text is null or p.channel = $4) order by p.id desc limit $3 + 1`,
)
const parkedById = statement<ParkedView & { content: Record<string, unknown> | null; partyId: string | null }>(
  'orders.parked',
  `select ${columns}, p.content, p.party_id as "partyId" from orders.parked_order p left join customers.intake_party t on t.id = p.party_id where p.id = $1`,
)

/** Parked orders, newest first; of one sales channel where it is named. */
export async function findParkedOrders(
  database: Database,
  input: { limit: number; after?: string | undefined; state: 'parked' | 'all'; channel?: string | undefined },
) {
  const { state, after, limit, channel } = input
  const rows = await database.query(parkedRows, [state, after ?? null, limit, channel ?? null])
  return pageRows(rows, input, (row) => row.id)
}

export async function findParkedOrder(database: Database, input: { id: string }) {
  const [row] = await database.query(parkedById, [input.id])
  const { partyId, content, ...parked } = orNotFound(row, 'parked-order')
  return { ...parked, content: { ...content, ...(partyId ? ((await intakeParty(database, partyId)) as object) : {}) } }
}
