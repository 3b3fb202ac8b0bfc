import { randomBytes } from 'node:crypto'
import { type Permission, permissionsOf, type Role } from '../../../common/permissions.ts'
import type { Language } from '../../../common/refusal.ts'
import { sha256 } from '../canonical.ts'
import type { Database } from '../database/statement.ts'
import { statement } from '../database/statement.ts'
import type { Kernel } from '../kernel.ts'
import { refuseNow } from '../refusal-error.ts'
import { perform, systemActor } from '../use-case.ts'
import { hashPassword, passwordMatches } from './passwords.ts'

/** Who asks: a person with a session or a program with a key, and what he may do. */
export interface Identity {
  kind: 'user' | 'api-key'
  id: string
  name: string
  login: string | null
  role: Role | null
  language: Language
  permissions: ReadonlySet<Permission>
}

const SESSION_HOURS = 12
const FAILURES_PER_LOGIN = 5
const FAILURES_PER_ADDRESS = 30
const WINDOW_MINUTES = 15

const findLogin = statement<{ id: string; password_hash: string }>(
  'kernel.find-login',
  'select id, password_hash from kernel.app_user where lower(login) = lower($1) and active',
)
const countFailures = statement<{ by_login: number; by_address: number }>(
  'kernel.count-login-failures',
  `select count(*) filter (where login = lower($1))::int as by_login, count(*) filter (where address = $2)::int as by_address
     from kernel.login_attempt where at > now() - interval '${WINDOW_MINUTES} minutes'`,
)
const insertFailure = statement(
  'kernel.remember-login-failure',
  'insert into kernel.login_attempt (login, address) values (lower($1), $2)',
)
const forgetFailures = statement(
  'kernel.forget-login-failures',
  "delete from kernel.login_attempt where login = lower($1) or at < now() - interval '1 day'",
)
const openSession = statement(
  'kernel.open-session',
  `insert into kernel.session (token_hash, user_id, expires_at) values ($1, $2, now() + interval '${SESSION_HOURS} hours')`,
)
const closeSession = statement(
  'kernel.close-session',
  'delete from kernel.session where token_hash = $1 or expires_at < now()',
)
const findSession = statement<{ id: string; name: string; login: string; role: Role; language: Language }>(
  'kernel.find-session',
  `select u.id, u.name, u.login, u.role, u.language from kernel.session s join kernel.app_user u on u.id = s.user_id
    where s.token_hash = $1 and s.expires_at > now() and u.active`,
)
const findKey = statement<{ id: string; name: string; permissions: Permission[] }>(
  'kernel.find-api-key',
  'select id, name, permissions from kernel.api_key where key_hash = $1 and active',
)

const nobody = hashPassword(randomBytes(16).toString('hex'))

/**
 * Checks login and password and opens a session. Failures are counted in the database, over all processes: five a
 * login or thirty an address in a quarter of an hour, then it's refused even with the right password. The journal says
 * who came and went and whose log-in failed, by the user's id alone; what was typed and from where it never says.
 */
export async function logIn(
  kernel: Kernel,
  login: string,
  password: string,
  address: string,
): Promise<{ token: string; identity: Identity }> {
  await refuseTooMany(kernel, login, address)
  const [found] = await kernel.database.query(findLogin, [login])
  // an unknown login costs the same time as a wrong password
  const matches = await passwordMatches(password, found?.password_hash ?? (await nobody))
  if (!found || !matches) {
    await rememberFailure(kernel, { login, userId: found?.id, address })
    refuseNow('wrong-login')
  }
  const token = randomBytes(32).toString('base64url')
  await perform(kernel, { name: 'log-in', actor: { kind: 'user', id: found.id }, input: {} }, async (work) => {
    work.save(forgetFailures, [login])
    work.save(openSession, [sha256(token), found.id])
    work.record({ subjectId: found.id })
  })
  return { token, identity: (await identityOfSession(kernel.database, token))! }
}

export async function refuseTooMany(kernel: Kernel, login: string, address: string): Promise<void> {
  const [failures] = await kernel.database.query(countFailures, [login, address])
  if (failures!.by_login >= FAILURES_PER_LOGIN || failures!.by_address >= FAILURES_PER_ADDRESS)
    refuseNow('too-many-logins', { minutes: WINDOW_MINUTES })
}

/** Counts a wrong password; committed by itself, for what follows is a refusal. */
export async function rememberFailure(
  kernel: Kernel,
  { login, userId, address }: { login: string; userId: string | undefined; address: string },
): Promise<void> {
  await perform(kernel, { name: 'log-in-failed', actor: systemActor, input: {} }, async (work) => {
    work.save(insertFailure, [login, address])
    work.record(userId === undefined ? {} : { subjectId: userId })
  })
}

export async function logOut(kernel: Kernel, token: string, userId: string): Promise<void> {
  await perform(kernel, { name: 'log-out', actor: { kind: 'user', id: userId }, input: {} }, async (work) => {
    work.save(closeSession, [sha256(token)])
    work.record({ subjectId: userId })
  })
}

export async function identityOfSession(database: Database, token: string): Promise<Identity | undefined> {
  const [user] = await database.query(findSession, [sha256(token)])
  return user && { kind: 'user', ...user, permissions: new Set(permissionsOf[user.role]) }
}

/** A program's identity by its key; only the hash of the key is stored. */
export async function identityOfKey(database: Database, key: string): Promise<Identity | undefined> {
  const [found] = await database.query(findKey, [sha256(key)])
  return (
    found && {
      kind: 'api-key',
      id: found.id,
      name: found.name,
      login: null,
      role: null,
      language: 'de',
      permissions: new Set(found.permissions),
    }
  )
}
