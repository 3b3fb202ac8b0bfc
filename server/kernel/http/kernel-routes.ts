import type { z } from 'zod'
import * as api from '../../../common/kernel/api.ts'
import { permissions as allPermissions } from '../../../common/permissions.ts'
import type { Page } from '../../../common/route.ts'
import type { Database } from '../database/statement.ts'
import { statement } from '../database/statement.ts'
import { cursorText, newestCursor, parseCursor, readEvents } from '../events.ts'
import { changeOwnLanguage, changeOwnPassword } from '../identity/own-account.ts'
import { type Identity, logIn, logOut } from '../identity/sessions.ts'
import { changeUser, createApiKey, createUser, revokeApiKey } from '../identity/users.ts'
import type { LiveFeed } from '../live-feed.ts'
import { pageRows } from '../paging.ts'
import { refuseNow } from '../refusal-error.ts'
import { createWebhook, findWebhooks, removeWebhook, replayWebhook } from '../webhooks.ts'
import { SESSION_COOKIE } from './authenticate.ts'
import { type Binding, raw, read, write } from './binding.ts'
import { streamEvents } from './stream-events.ts'

const userRows = statement<z.input<typeof api.user>>(
  'kernel.users',
  'select id, login, name, role, active, created_at as "createdAt" from kernel.app_user where ($1::uuid is null or id > $1) order by id limit $2 + 1',
)
const keyRows = statement<z.input<typeof api.apiKey>>(
  'kernel.api-keys',
  'select id, name, prefix, permissions, active, created_at as "createdAt" from kernel.api_key where ($1::uuid is null or id > $1) order by id limit $2 + 1',
)
const journalRows = statement<z.input<typeof api.journalEntry> & { cursor: string }>(
  'kernel.journal',
  `select j.id, j.at, coalesce(u.name, k.name, 'Tresen') as by, j.use_case as "useCase", j.subject_id as "subjectId", j.before, j.after, j.txid || '-' || j.position as cursor
     from kernel.journal j left join kernel.app_user u on u.id = j.actor_id left join kernel.api_key k on k.id = j.actor_id
    where ($1::uuid is null or j.subject_id = $1) and ($2::bigint is null or (j.txid, j.position) < ($2, $3::bigint)) order by j.txid desc, j.position desc limit $4 + 1`,
)

const paged = async <R extends { id: string }>(rows: Promise<R[]>, input: Page) =>
  pageRows(await rows, input, (r) => r.id)

function meOf(identity: Identity): z.input<typeof api.getMe.output> {
  return {
    id: identity.id,
    name: identity.name,
    login: identity.login,
    role: identity.role,
    permissions: allPermissions.filter((p) => identity.permissions.has(p)),
    language: identity.language,
  }
}

async function findJournal(database: Database, input: Page & { subjectId?: string | undefined }) {
  const after = input.after === undefined ? undefined : parseCursor(input.after)
  const rows = await database.query(journalRows, [
    input.subjectId ?? null,
    after?.txid ?? null,
    after?.position ?? null,
    input.limit,
  ])
  return pageRows(rows, input, (r) => r.cursor)
}

/** Log-in, users, keys, webhooks, events and journal. */
export function kernelRoutes(feed: LiveFeed): Binding[] {
  return [
    raw(api.logIn, async (request, reply, { kernel }) => {
      const { login, password } = request.body as { login: string; password: string }
      const { token, identity } = await logIn(kernel, login, password, request.ip)
      const secure = request.protocol === 'https'
      return reply
        .setCookie(SESSION_COOKIE, token, { httpOnly: true, sameSite: 'strict', path: '/', secure, maxAge: 12 * 3600 })
        .send(meOf(identity))
    }),
    raw(api.logOut, async (request, reply, { kernel, identity }) => {
      const token = request.cookies[SESSION_COOKIE]
      if (token && identity?.kind === 'user') await logOut(kernel, token, identity.id)
      return reply.clearCookie(SESSION_COOKIE, { path: '/' }).send({})
    }),
    raw(api.changeOwnPassword, async (request, reply, { kernel, identity }) => {
      const token = request.cookies[SESSION_COOKIE]
      if (!token || identity?.kind !== 'user') refuseNow('not-allowed', { permission: 'user' })
      const passwords = request.body as { oldPassword: string; newPassword: string }
      await changeOwnPassword(kernel, identity.id, { ...passwords, token, address: request.ip })
      return reply.send({})
    }),
    write(api.changeOwnLanguage, changeOwnLanguage),
    read(api.getMe, async (_database, _input, { identity }) => meOf(identity!)),
    read(api.listUsers, (database, input) =>
      paged(database.query(userRows, [input.after ?? null, input.limit]), input),
    ),
    write(api.createUser, createUser),
    write(api.changeUser, changeUser),
    read(api.listApiKeys, (database, input) =>
      paged(database.query(keyRows, [input.after ?? null, input.limit]), input),
    ),
    write(api.createApiKey, createApiKey, { confidential: true }),
    write(api.revokeApiKey, revokeApiKey),
    read(api.listWebhooks, (database, input) => paged(findWebhooks(database, input.after, input.limit), input)),
    write(api.createWebhook, createWebhook, { confidential: true }),
    write(api.removeWebhook, removeWebhook),
    raw(api.replayWebhook, async (request, reply, { kernel }) => {
      const { id } = request.params as { id: string }
      return reply.send(await replayWebhook(kernel.database, { id, since: (request.body as { since: string }).since }))
    }),
    raw(api.listEvents, async (request, reply, { kernel }) => {
      if (request.headers.accept?.includes('text/event-stream')) return streamEvents(request, reply, feed)
      const { after, limit } = request.query as { after?: string; limit: number }
      const cursor = after === undefined ? { txid: 0, position: 0 } : parseCursor(after)
      const events = await readEvents(kernel.database, cursor, limit)
      const next = events.at(-1) ?? (after === undefined ? await newestCursor(kernel.database) : cursor)
      return reply.send({
        events: events.map((e) => ({ cursor: cursorText(e), id: e.id, type: e.type, at: e.at, data: e.data })),
        next: cursorText(next),
      })
    }),
    read(api.listJournal, findJournal),
  ]
}
