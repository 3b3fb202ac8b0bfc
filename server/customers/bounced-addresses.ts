import type { Day } from '../../common/dates.ts'
import { type Database, statement, type Work } from '../kernel/index.ts'

export interface BouncedAddress {
  address: string
  bouncedOn: Day
  reason: string
}

const bouncedOf = statement<BouncedAddress>(
  'customers.bounced-of',
  'select address, bounced_on as "bouncedOn", reason from customers.bounced_address where customer_id = $1 order by address',
)
const mark = statement(
  'customers.mark-bounced',
  `insert into customers.bounced_address (customer_id, address, bounced_on, reason) select $1, lower(a), $3, $4 from unnest($2::text[]) a
   on conflict (customer_id, address) do update set bounced_on = excluded.bounced_on, reason = excluded.reason`,
)
const forgive = statement(
  'customers.forgive-bounced',
  'delete from customers.bounced_address where customer_id = $1 and address in (select lower(a) from unnest($2::text[]) a)',
)

/** Addresses of a customer from which a mail came back. */
export const findBounced = (database: Database, customerId: string) => database.query(bouncedOf, [customerId])

/** A mail came back from these addresses: whoever sends there again is warned. */
export function markBounced(
  work: Work,
  { customerId, addresses, on, reason }: { customerId: string; addresses: readonly string[]; on: Day; reason: string },
): void {
  work.save(mark, [customerId, addresses, on, reason])
}

/** They are good again. */
export function forgiveBounced(work: Work, customerId: string, addresses: readonly string[]): void {
  work.save(forgive, [customerId, addresses])
}
