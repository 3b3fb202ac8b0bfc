import { randomBytes } from 'node:crypto'
import type { Permission, Role } from '../../../common/permissions.ts'
import { sha256 } from '../canonical.ts'
import { statement } from '../database/statement.ts'
import { newId } from '../ids.ts'
import { orNotFound, orRefuse, refuseNow } from '../refusal-error.ts'
import type { Work } from '../use-case.ts'
import { checkPassword, hashPassword } from './passwords.ts'

const insertUser = statement<{ id: string }>(
  'kernel.insert-user',
  'insert into kernel.app_user (id, login, name, role, password_hash, created_at) values ($1, $2, $3, $4, $5, $6) on conflict (lower(login)) do nothing returning id',
)
const lockUser = statement<{ id: string; name: string; role: Role; active: boolean }>(
  'kernel.lock-user',
  'select id, name, role, active from kernel.app_user where id = $1 for update',
)
const countAdministrators = statement<{ others: number }>(
  'kernel.count-administrators',
  "select count(*)::int as others from kernel.app_user where role = 'administrator' and active and id <> $1",
)
const updateUser = statement(
  'kernel.update-user',
  'update kernel.app_user set name = coalesce($2, name), role = coalesce($3, role), active = coalesce($4, active), password_hash = coalesce($5, password_hash) where id = $1',
)
const endSessions = statement('kernel.end-sessions', 'delete from kernel.session where user_id = $1')

/** A new person at the counter, in the warehouse, in accounting. */
export async function createUser(
  work: Work,
  input: { login: string; name: string; role: Role; password: string },
): Promise<{ id: string }> {
  const problem = checkPassword(input.password)
  if (problem) orRefuse(problem)
  const id = newId()
  const [made] = await work.query(insertUser, [
    id,
    input.login,
    input.name,
    input.role,
    await hashPassword(input.password),
    work.now,
  ])
  if (!made) refuseNow('already-exists', { what: 'login', value: input.login })
  work.record({ subjectId: id, after: { role: input.role } })
  return { id }
}

/** Changes role, password or activity. Whoever is switched off or gets a new password is logged out everywhere. */
export async function changeUser(
  work: Work,
  input: { id: string; name?: string; role?: Role; active?: boolean; password?: string },
): Promise<Record<string, never>> {
  const problem = input.password === undefined ? undefined : checkPassword(input.password)
  if (problem) orRefuse(problem)
  const [user] = await work.query(lockUser, [input.id])
  const before = orNotFound(user, 'user')
  const remainsAdministrator = (input.role ?? before.role) === 'administrator' && (input.active ?? before.active)
  if (before.role === 'administrator' && before.active && !remainsAdministrator) {
    const [count] = await work.query(countAdministrators, [input.id])
    if (count!.others === 0) refuseNow('last-administrator')
  }
  const hash = input.password === undefined ? null : await hashPassword(input.password)
  work.save(updateUser, [input.id, input.name ?? null, input.role ?? null, input.active ?? null, hash])
  if (input.active === false || input.password !== undefined) work.save(endSessions, [input.id])
  work.record({
    subjectId: input.id,
    before: { role: before.role, active: before.active },
    after: {
      role: input.role ?? before.role,
      active: input.active ?? before.active,
      passwordChanged: input.password !== undefined,
    },
  })
  return {}
}

const insertKey = statement(
  'kernel.insert-api-key',
  'insert into kernel.api_key (id, name, prefix, key_hash, permissions, created_at) values ($1, $2, $3, $4, $5, $6)',
)
const deactivateKey = statement<{ id: string }>(
  'kernel.revoke-api-key',
  'update kernel.api_key set active = false where id = $1 returning id',
)

/** A key for a program, with only the permissions it needs. The key itself is told once and stored as a hash. */
export async function createApiKey(
  work: Work,
  input: { name: string; permissions: Permission[] },
): Promise<{ id: string; key: string }> {
  const id = newId()
  const key = `tk_${randomBytes(32).toString('base64url')}`
  work.save(insertKey, [id, input.name, key.slice(0, 9), sha256(key), input.permissions, work.now])
  work.record({ subjectId: id, after: { permissions: input.permissions } })
  return { id, key }
}

export async function revokeApiKey(work: Work, input: { id: string }): Promise<Record<string, never>> {
  const [revoked] = await work.query(deactivateKey, [input.id])
  orNotFound(revoked, 'api-key')
  work.record({ subjectId: input.id })
  return {}
}
