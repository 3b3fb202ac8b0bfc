import type { z } from 'zod'
import type { saveSendingSettings as saveRoute, sendingSettings } from '../../common/sending/api.ts'
import { type Database, type Kernel, refuseNow, statement, type Work } from '../kernel/index.ts'
import { findSettings, PASSWORD, type SettingsRow } from './store.ts'

type Input = z.output<NonNullable<typeof saveRoute.body>>

const upsert = statement(
  'sending.save-settings',
  `insert into sending.settings as s (active, host, port, security, user_name, password, from_address, from_name, reply_to, bcc, largest_megabytes, texts, changed_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
   on conflict (single) do update set active = excluded.active, host = excluded.host, port = excluded.port, security = excluded.security, user_name = excluded.user_name, password = excluded.password,
     from_address = excluded.from_address, from_name = excluded.from_name, reply_to = excluded.reply_to, bcc = excluded.bcc, largest_megabytes = excluded.largest_megabytes, texts = excluded.texts,
     changed_at = excluded.changed_at, troubles = 0, trouble = null, not_before = null`,
)
const goOn = statement(
  'sending.go-on',
  "update sending.message set not_before = null where state = 'waiting' and not_before is not null",
)

/**
 * The mail server is set up or changed; what waits is tried at once. The password is sealed, and left out it stays. For
 * another server, or without encryption where there was some, it has to be given again ('password-again'), so that nobody
 * has it sent to himself. The journal says that it changed, never what it is.
 */
export async function saveSendingSettings(work: Work, input: Input): Promise<Record<string, never>> {
  const before = await findSettings(work)
  const password = passwordOf(work, input, before)
  work.save(upsert, [
    input.active,
    input.host,
    input.port,
    input.security,
    input.userName ?? null,
    password,
    input.fromAddress,
    input.fromName,
    input.replyTo ?? null,
    input.bcc ?? null,
    input.largestMegabytes,
    JSON.stringify(input.texts),
    work.now,
  ])
  work.save(goOn, [])
  const { active, host, port, security, largestMegabytes } = input
  work.announce('sending.set-up', {})
  work.record({
    before: before && { active: before.active, host: before.host, port: before.port, security: before.security },
    after: { active, host, port, security, largestMegabytes, passwordChanged: input.password !== undefined },
  })
  return {}
}

function passwordOf(work: Work, input: Input, before: SettingsRow | undefined): string | null {
  if (input.password === '') return null
  if (input.password !== undefined) return work.secrets.seal(PASSWORD, input.password)
  const kept = before?.password ?? null
  if (kept === null) return null
  const goesElsewhere =
    before!.host !== input.host || before!.port !== input.port || before!.security !== input.security
  if (goesElsewhere) refuseNow('password-again')
  return kept
}

/** What is set up, to look at and to change; of the password only whether there is one that can be used. */
export async function showSettings(
  database: Database,
  kernel: Pick<Kernel, 'secrets'>,
): Promise<{ settings: z.input<typeof sendingSettings> | null }> {
  const found = await findSettings(database)
  if (!found) return { settings: null }
  const { userName, replyTo, bcc, password, active, host, port, security, fromAddress, fromName } = found
  return {
    settings: {
      active,
      host,
      port,
      security,
      fromAddress,
      fromName,
      largestMegabytes: found.largestMegabytes,
      texts: found.texts,
      ...(userName === null ? {} : { userName }),
      ...(replyTo === null ? {} : { replyTo }),
      ...(bcc === null ? {} : { bcc }),
      passwordSet: password !== null,
      passwordReadable: password !== null && kernel.secrets.open(PASSWORD, password) !== undefined,
    },
  }
}
