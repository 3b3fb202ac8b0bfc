import { timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import { getSetUp, setUp as setUpRoute } from '../../common/branches/api.ts'
import { saveBranch, saveChannel, saveMerchant, saveStockLocation } from '../branches/index.ts'
import { createUser } from '../kernel/identity/users.ts'
import {
  type Binding,
  type Database,
  newId,
  read,
  refuseNow,
  sha256,
  statement,
  type Work,
  write,
} from '../kernel/index.ts'

const isDone = statement<{ done: boolean }>('app.is-set-up', 'select exists (select 1 from branches.merchant) as done')
const setUpCode = statement<{ value: string }>(
  'app.set-up-code',
  "select value #>> '{}' as value from kernel.setting where name = 'set-up-code' for update",
)
const saveCode = statement(
  'app.save-set-up-code',
  "insert into kernel.setting (name, value) values ('set-up-code', to_jsonb($1::text)) on conflict (name) do update set value = excluded.value",
)

export async function isSetUp(database: Database): Promise<boolean> {
  return (await database.query(isDone, []))[0]!.done
}

/** Who may set up is who can read the terminal: the code is printed there, only its hash is kept. */
export async function offerSetUp(database: Database, code: string): Promise<void> {
  await database.query(saveCode, [sha256(code).toString('hex')])
}

type Input = z.output<NonNullable<typeof setUpRoute.body>>

/** First start with an own company: company, first branch with its stock location and channels, first administrator. */
export async function setUp(work: Work, input: Input): Promise<{ branchId: string }> {
  const [code] = await work.query(setUpCode, [])
  if (await isSetUp(work)) refuseNow('already-set-up')
  const given = sha256(input.setUpCode.trim()).toString('hex')
  if (!code || !timingSafeEqual(Buffer.from(code.value), Buffer.from(given))) refuseNow('wrong-login')
  await saveMerchant(work, input.merchant)
  const [branchId, locationId] = [newId(), newId()]
  const { street, postalCode, city, country } = input.merchant
  await saveBranch(work, { id: branchId, code: 'Z', name: 'Zentrale', street, postalCode, city, country, active: true })
  await saveStockLocation(work, { id: locationId, code: 'LAGER', name: 'Lager', branchId, active: true })
  await saveChannel(work, {
    id: newId(),
    code: 'phone',
    name: 'Telefon',
    kind: 'phone',
    priceMode: 'net',
    locations: [locationId],
    paymentMethods: {},
    active: true,
  })
  await saveChannel(work, {
    id: newId(),
    code: 'web-shop',
    name: 'Webshop',
    kind: 'web-shop',
    priceMode: 'gross',
    locations: [locationId],
    paymentMethods: {},
    active: true,
  })
  await createUser(work, { ...input.administrator, role: 'administrator' })
  work.record({ subjectId: branchId, after: { setUp: true } })
  return { branchId }
}

export const setUpRoutes: Binding[] = [
  read(getSetUp, async (database) => ({ done: await isSetUp(database) })),
  write(setUpRoute, setUp),
]
