import { newId, statement, type Work } from '../kernel/index.ts'

const insertParty = statement(
  'customers.insert-intake-party',
  'insert into customers.intake_party (id, details, created_at) values ($1, $2, $3)',
)
const partyById = statement<{ details: unknown }>(
  'customers.intake-party',
  'select details from customers.intake_party where id = $1',
)

/** Keeps who ordered while the order itself is parked. */
export function keepIntakeParty(work: Work, details: unknown): string {
  const id = newId()
  work.save(insertParty, [id, JSON.stringify(details), work.now])
  return id
}

export async function intakeParty(database: Pick<Work, 'query'>, id: string): Promise<unknown> {
  const [row] = await database.query(partyById, [id])
  return row?.details
}
