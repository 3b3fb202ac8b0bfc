import { type IntakeResult, type NewOrder, newOrder, type ParkReason } from '../../common/orders/api.ts'
import { intakeParty, keepIntakeParty } from '../customers/index.ts'
import { newId, orNotFound, refuseNow, statement, type Work } from '../kernel/index.ts'
import { placeOrder } from './place-order.ts'

interface ParkedRow {
  id: string
  channel: string
  externalNumber: string | null
  content: Record<string, unknown> | null
  partyId: string | null
  reasons: ParkReason[]
  state: 'parked' | 'completed' | 'discarded'
}
const parkedColumns = 'id, channel, external_number as "externalNumber", content, party_id as "partyId", reasons, state'
const parkedByNumber = statement<ParkedRow>(
  'orders.parked-by-number',
  `select ${parkedColumns} from orders.parked_order where channel = $1 and external_number = $2 and state = 'parked' for update`,
)
const lockParked = statement<ParkedRow>(
  'orders.lock-parked',
  `select ${parkedColumns} from orders.parked_order where id = $1 for update`,
)
const insertParked = statement(
  'orders.insert-parked',
  `insert into orders.parked_order (id, channel, external_number, content, party_id, reasons, gross, received_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
)
const updateParked = statement(
  'orders.update-parked',
  'update orders.parked_order set content = $2, party_id = $3, reasons = $4, gross = $5, received_at = $6 where id = $1',
)
const closeParked = statement(
  'orders.close-parked',
  'update orders.parked_order set state = $2, order_id = $3 where id = $1',
)

/**
 * An order that can't be taken yet is kept with the reason: nothing is lost, nothing else waits for it. Coming again, it
 * replaces itself.
 */
export async function parkOrder(
  work: Work,
  order: NewOrder,
  { reasons, gross, parkedId }: { reasons: readonly ParkReason[]; gross: number | null; parkedId?: string | undefined },
): Promise<IntakeResult> {
  const { customer, billTo, deliverTo, note, ...content } = order
  const [earlier] =
    order.externalNumber === undefined ? [] : await work.query(parkedByNumber, [order.channel, order.externalNumber])
  const partyId = keepIntakeParty(work, { customer, billTo, deliverTo, note })
  const replaced = parkedId ?? earlier?.id
  const id = replaced ?? newId()
  const values = [JSON.stringify(content), partyId, JSON.stringify(reasons), gross, work.now]
  if (replaced) work.save(updateParked, [id, ...values])
  else work.save(insertParked, [id, order.channel, order.externalNumber ?? null, ...values])
  work.announce('order.parked', { parkedId: id, channel: order.channel, externalNumber: order.externalNumber ?? null })
  work.record({ subjectId: id, after: { reasons, externalNumber: order.externalNumber ?? null } })
  return {
    outcome: 'parked',
    orderId: null,
    number: null,
    parkedId: id,
    externalNumber: order.externalNumber ?? null,
    gross,
    backordered: false,
    reasons: [...reasons],
  }
}

/** A shop's order that isn't one of ours at all (another currency, another shape): kept as it came, for somebody to look at. */
export async function parkUnreadable(
  work: Work,
  input: { channel: string; externalNumber: string | null; reasons: readonly ParkReason[]; raw: unknown },
): Promise<IntakeResult> {
  const [earlier] =
    input.externalNumber === null ? [] : await work.query(parkedByNumber, [input.channel, input.externalNumber])
  const partyId = keepIntakeParty(work, { raw: input.raw })
  const id = earlier?.id ?? newId()
  const values = [null, partyId, JSON.stringify(input.reasons), null, work.now]
  if (earlier) work.save(updateParked, [id, ...values])
  else work.save(insertParked, [id, input.channel, input.externalNumber, ...values])
  work.announce('order.parked', { parkedId: id, channel: input.channel, externalNumber: input.externalNumber })
  work.record({ subjectId: id, after: { reasons: input.reasons } })
  return {
    outcome: 'parked',
    orderId: null,
    number: null,
    parkedId: id,
    externalNumber: input.externalNumber,
    gross: null,
    backordered: false,
    reasons: [...input.reasons],
  }
}

export interface Mending {
  id: string
  /** unknown article number -> ours */
  articles: Record<string, string>
  customerNumber?: string | undefined
  acceptTotals: boolean
  acceptState: boolean
}

/** A parked order is mended and taken. What is still wrong keeps it parked with the new reasons. */
export async function completeParkedOrder(work: Work, mending: Mending): Promise<IntakeResult> {
  const [row] = await work.query(lockParked, [mending.id])
  const parked = orNotFound(row, 'parked-order')
  if (parked.state !== 'parked' || parked.content === null) refuseNow('parked-order-closed')
  const party = (parked.partyId ? await intakeParty(work, parked.partyId) : {}) as Record<string, unknown>
  const asItCame = newOrder.parse({ ...parked.content, ...party })
  const problems = mending.acceptState ? [] : parked.reasons.filter((r) => r.code.endsWith('-in-shop'))
  const result = await placeOrder(work, mend(asItCame, mending), { problems, parked: { id: mending.id, asItCame } })
  if (result.orderId !== null) {
    work.save(closeParked, [mending.id, 'completed', result.orderId])
    work.announce('order.unparked', { parkedId: mending.id, orderId: result.orderId })
  }
  return result
}

function mend(order: NewOrder, mending: Mending): NewOrder {
  return {
    ...order,
    ...(mending.acceptTotals ? { totals: undefined } : {}),
    customer:
      mending.customerNumber === undefined
        ? order.customer
        : // somebody here said whose it is
          { ...order.customer, customerNumber: mending.customerNumber, guest: false },
    lines: order.lines.map((line) => {
      const replacement = mending.articles[line.article ?? line.name ?? '']
      return replacement === undefined ? line : { ...line, article: replacement }
    }),
  }
}

/** A parked order is put aside for good, with the reason in the journal. */
export async function discardParkedOrder(
  work: Work,
  input: { id: string; reason: string },
): Promise<Record<string, never>> {
  const [row] = await work.query(lockParked, [input.id])
  if (orNotFound(row, 'parked-order').state !== 'parked') refuseNow('parked-order-closed')
  work.save(closeParked, [input.id, 'discarded', null])
  work.record({ subjectId: input.id, after: { reason: input.reason } })
  work.announce('order.unparked', { parkedId: input.id, orderId: null })
  return {}
}
