import type { Language } from '../../../common/refusal.ts'
import { sha256 } from '../canonical.ts'
import { statement } from '../database/statement.ts'
import type { Kernel } from '../kernel.ts'
import { orRefuse, refuseNow } from '../refusal-error.ts'
import { type Actor, perform, type Work } from '../use-case.ts'
import { checkPassword, hashPassword, passwordMatches } from './passwords.ts'
import { refuseTooMany, rememberFailure } from './sessions.ts'

const ownLogin = statement<{ login: string; passwordHash: string }>(
  'kernel.own-login',
  'select login, password_hash as "passwordHash" from kernel.app_user where id = $1 and active',
)
const updatePassword = statement(
  'kernel.update-own-password',
  'update kernel.app_user set password_hash = $2 where id = $1',
)
const endOtherSessions = statement(
  'kernel.end-other-sessions',
  'delete from kernel.session where user_id = $1 and token_hash <> $2',
)
const updateLanguage = statement('kernel.update-own-language', 'update kernel.app_user set language = $2 where id = $1')

interface PasswordChange {
  oldPassword: string
  newPassword: string
  /** the session that asks; it stays, all others of the user end */
  token: string
  address: string
}

/**
 * Somebody changes his own password and is logged out everywhere else. The old one is asked for, and guessing it counts
 * as a failed log-in: who finds an open screen must not take the account over.
 */
export async function changeOwnPassword(kernel: Kernel, userId: string, change: PasswordChange): Promise<void> {
  const problem = checkPassword(change.newPassword)
  if (problem) orRefuse(problem)
  const [user] = await kernel.database.query(ownLogin, [userId])
  if (!user) refuseNow('not-logged-in')
  await refuseTooMany(kernel, user.login, change.address)
  if (!(await passwordMatches(change.oldPassword, user.passwordHash))) {
    await rememberFailure(kernel, { login: user.login, userId, address: change.address })
    refuseNow('wrong-password')
  }
  const hash = await hashPassword(change.newPassword)
  const actor: Actor = { kind: 'user', id: userId }
  await perform(kernel, { name: 'change-own-password', actor, input: {} }, async (work) => {
    work.save(updatePassword, [userId, hash])
    work.save(endOtherSessions, [userId, sha256(change.token)])
    work.record({ subjectId: userId })
  })
}

/** In which language somebody reads the screens, wherever he logs in. */
export async function changeOwnLanguage(work: Work, input: { language: Language }): Promise<Record<string, never>> {
  if (work.actor.kind !== 'user') refuseNow('not-allowed', { permission: 'user' })
  work.save(updateLanguage, [work.actor.id, input.language])
  work.record({ subjectId: work.actor.id!, after: { language: input.language } })
  return {}
}
