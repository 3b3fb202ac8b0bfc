import { parseArgs } from 'node:util'
import { type Permission, permissions, type Role, roles } from '../../common/permissions.ts'
import { readConfiguration } from '../config.ts'
import { changeUser, createApiKey, createUser } from '../kernel/identity/users.ts'
import { orNotFound, perform, statement, systemActor } from '../kernel/index.ts'
import { withKernel } from './open-database.ts'
import { readableSecret } from './start.ts'

const userByLogin = statement<{ id: string }>(
  'cli.user-by-login',
  'select id from kernel.app_user where lower(login) = lower($1)',
)

/** Adds a user or gives one a new password; the password is made here and shown once. */
export async function user(args: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { role: { type: 'string' }, name: { type: 'string' } },
  })
  const [verb, login] = positionals
  const role = (values.role ?? 'clerk') as Role
  if (!login || !['add', 'password'].includes(verb ?? '') || !roles.includes(role)) {
    console.error(`tresen user add LOGIN --role ${roles.join('|')} [--name NAME]\ntresen user password LOGIN`)
    return 2
  }
  const password = readableSecret(14)
  await withKernel(readConfiguration(), (kernel) =>
    perform(kernel, { name: `${verb}-user`, actor: systemActor, input: {} }, async (work) => {
      if (verb === 'add') return createUser(work, { login, name: values.name ?? login, role, password })
      const [found] = await work.query(userByLogin, [login])
      return changeUser(work, { id: orNotFound(found, 'user').id, password })
    }),
  )
  console.log(`Anmeldung: ${login}\nKennwort:  ${password}`)
  return 0
}

/** Adds a key for a program; the key is shown once. */
export async function apiKey(args: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { permission: { type: 'string', multiple: true, default: [] } },
  })
  const [verb, name] = positionals
  const unknown = values.permission.filter((p) => !permissions.includes(p as Permission))
  if (verb !== 'add' || !name || values.permission.length === 0 || unknown.length > 0) {
    console.error(`tresen api-key add NAME --permission P [--permission P ...]\nRechte: ${permissions.join(', ')}`)
    return 2
  }
  const { key } = await withKernel(readConfiguration(), (kernel) =>
    perform(kernel, { name: 'create-api-key', actor: systemActor, input: {} }, (work) =>
      createApiKey(work, { name, permissions: values.permission as Permission[] }),
    ),
  )
  console.log(key)
  return 0
}
