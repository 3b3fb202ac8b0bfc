import { refuseNow, statement, type Work } from '../kernel/index.ts'

const codeTaken = statement<{ id: string }>(
  'branches.code-taken',
  `select id from branches.branch where $1 = 'branch' and code = $2 and id <> $3
   union all select id from branches.stock_location where $1 = 'location' and code = $2 and id <> $3
   union all select id from branches.channel where $1 = 'channel' and code = $2 and id <> $3`,
)
const upsertBranch = statement(
  'branches.save-branch',
  `insert into branches.branch (id, code, name, street, postal_code, city, country, active) values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (id) do update set code = excluded.code, name = excluded.name, street = excluded.street, postal_code = excluded.postal_code, city = excluded.city, country = excluded.country, active = excluded.active`,
)
const upsertLocation = statement(
  'branches.save-location',
  `insert into branches.stock_location as l (id, code, name, branch_id, active, purpose) values ($1, $2, $3, $4, $5, coalesce($6, 'sale'))
   on conflict (id) do update set code = excluded.code, name = excluded.name, branch_id = excluded.branch_id, active = excluded.active, purpose = coalesce($6, l.purpose)`,
)
const upsertChannel = statement(
  'branches.save-channel',
  `insert into branches.channel (id, code, name, kind, price_mode, locations, payment_methods, active) values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (id) do update set code = excluded.code, name = excluded.name, kind = excluded.kind, price_mode = excluded.price_mode, locations = excluded.locations, payment_methods = excluded.payment_methods, active = excluded.active`,
)
const countLocations = statement<{ known: number }>(
  'branches.count-locations',
  "select count(*)::int as known from branches.stock_location where id = any($1) and purpose = 'sale'",
)
const countBranches = statement<{ known: number }>(
  'branches.count-branches',
  'select count(*)::int as known from branches.branch where id = $1',
)

async function refuseTaken(work: Work, kind: string, code: string, id: string): Promise<void> {
  const [taken] = await work.query(codeTaken, [kind, code, id])
  if (taken) refuseNow('already-exists', { what: 'code', value: code })
}

interface BranchInput {
  id: string
  code: string
  name: string
  street?: string | undefined
  postalCode?: string | undefined
  city?: string | undefined
  country: string
  active: boolean
}

/** A branch (Filiale) opens or changes. */
export async function saveBranch(work: Work, input: BranchInput): Promise<Record<string, never>> {
  await refuseTaken(work, 'branch', input.code, input.id)
  work.save(upsertBranch, [
    input.id,
    input.code,
    input.name,
    input.street ?? null,
    input.postalCode ?? null,
    input.city ?? null,
    input.country,
    input.active,
  ])
  work.record({ subjectId: input.id, after: { code: input.code, active: input.active } })
  return {}
}

/** A stock location (Lagerort) of a branch: for sale, or a place for what came back. */
export async function saveStockLocation(
  work: Work,
  input: {
    id: string
    code: string
    name: string
    branchId: string
    active: boolean
    purpose?: string | undefined
  },
): Promise<Record<string, never>> {
  const [branch] = await work.query(countBranches, [input.branchId])
  if (branch!.known === 0) refuseNow('not-found', { what: 'branch' })
  await refuseTaken(work, 'location', input.code, input.id)
  work.save(upsertLocation, [input.id, input.code, input.name, input.branchId, input.active, input.purpose ?? null])
  work.record({ subjectId: input.id, after: { code: input.code, active: input.active } })
  return {}
}

interface ChannelInput {
  id: string
  code: string
  name: string
  kind: string
  priceMode: string
  locations: string[]
  paymentMethods: Record<string, string>
  active: boolean
}

/** A sales channel and the stock locations that serve it, in order of priority. */
export async function saveChannel(work: Work, input: ChannelInput): Promise<Record<string, never>> {
  const unique = [...new Set(input.locations)]
  const [found] = await work.query(countLocations, [unique])
  if (found!.known !== unique.length) refuseNow('unknown-location', { location: unique.join(', ') })
  await refuseTaken(work, 'channel', input.code, input.id)
  work.save(upsertChannel, [
    input.id,
    input.code,
    input.name,
    input.kind,
    input.priceMode,
    unique,
    JSON.stringify(input.paymentMethods),
    input.active,
  ])
  work.announce('channel.changed', { channelId: input.id })
  work.record({ subjectId: input.id, after: { code: input.code, locations: unique, active: input.active } })
  return {}
}
