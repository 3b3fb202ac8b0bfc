import { z } from 'zod'
import { permissions, roles } from '../permissions.ts'
import { byId, id, language, moment, nothing, page, pageOf, route, word } from '../route.ts'

const permission = z.enum(permissions)
const role = z.enum(roles)
const me = z.object({
  id,
  name: z.string(),
  login: z.string().nullable(),
  role: role.nullable(),
  permissions: z.array(permission),
  language,
})
export const user = z
  .object({ id, login: word(60), name: word(120), role, active: z.boolean(), createdAt: moment })
  .meta({ id: 'User' })
export const apiKey = z
  .object({
    id,
    name: word(120),
    prefix: z.string(),
    permissions: z.array(permission),
    active: z.boolean(),
    createdAt: moment,
  })
  .meta({ id: 'ApiKey' })
export const webhook = z
  .object({
    id,
    url: z.url({ protocol: /^https?$/ }).max(500),
    eventTypes: z.array(word(80)).max(50),
    active: z.boolean(),
    createdAt: moment,
    delivered: z.int(),
    failed: z.int(),
  })
  .meta({ id: 'Webhook' })
export const event = z
  .object({ cursor: z.string(), id, type: z.string(), at: moment, data: z.record(z.string(), z.unknown()) })
  .meta({ id: 'Event' })

const tag = 'users and keys'
export const logIn = route({
  method: 'POST',
  path: '/api/session',
  summary: 'Log in; the session is an HttpOnly cookie',
  tag,
  permission: 'public',
  body: z.object({ login: word(60), password: z.string().min(1).max(200) }),
  output: me,
  refusals: ['wrong-login', 'too-many-logins'],
})
export const logOut = route({
  method: 'DELETE',
  path: '/api/session',
  summary: 'Log out',
  tag,
  permission: 'logged-in',
  output: nothing,
  refusals: [],
})
export const getMe = route({
  method: 'GET',
  path: '/api/session',
  summary: 'Who am I',
  tag,
  permission: 'logged-in',
  output: me,
  refusals: [],
})
export const changeOwnPassword = route({
  method: 'POST',
  path: '/api/session/password',
  summary: 'Change the own password; the old one is asked for, sessions elsewhere end',
  tag,
  permission: 'logged-in',
  body: z.object({ oldPassword: z.string().min(1).max(200), newPassword: z.string().min(1).max(200) }),
  output: nothing,
  refusals: ['not-allowed', 'wrong-password', 'weak-password', 'too-many-logins'],
})
export const changeOwnLanguage = route({
  method: 'PATCH',
  path: '/api/session',
  summary: 'Change the language of the own screens',
  tag,
  permission: 'logged-in',
  body: z.object({ language }),
  output: nothing,
  refusals: ['not-allowed'],
})
export const listUsers = route({
  method: 'GET',
  path: '/api/users',
  summary: 'Users',
  tag,
  permission: 'users.write',
  query: page,
  output: pageOf(user),
  refusals: [],
})
export const createUser = route({
  method: 'POST',
  path: '/api/users',
  summary: 'New user',
  tag,
  permission: 'users.write',
  body: z.object({ login: word(60), name: word(120), role, password: z.string().min(1).max(200) }),
  output: z.object({ id }),
  refusals: ['already-exists', 'weak-password'],
})
export const changeUser = route({
  method: 'PATCH',
  path: '/api/users/:id',
  summary: 'Change a user: role, password, active',
  tag,
  permission: 'users.write',
  params: byId,
  body: z.object({ name: word(120), role, active: z.boolean(), password: z.string().min(1).max(200) }).partial(),
  output: nothing,
  refusals: ['not-found', 'weak-password', 'last-administrator'],
})
export const listApiKeys = route({
  method: 'GET',
  path: '/api/api-keys',
  summary: 'API keys (never their secret)',
  tag,
  permission: 'users.write',
  query: page,
  output: pageOf(apiKey),
  refusals: [],
})
export const createApiKey = route({
  method: 'POST',
  path: '/api/api-keys',
  summary: 'New API key; the secret is shown once',
  tag,
  permission: 'users.write',
  body: z.object({ name: word(120), permissions: z.array(permission).min(1) }),
  output: z.object({ id, key: z.string() }),
  refusals: [],
})
export const revokeApiKey = route({
  method: 'DELETE',
  path: '/api/api-keys/:id',
  summary: 'Revoke an API key',
  tag,
  permission: 'users.write',
  params: byId,
  output: nothing,
  refusals: ['not-found'],
})
export const listWebhooks = route({
  method: 'GET',
  path: '/api/webhooks',
  summary: 'Outgoing webhooks (Standard Webhooks)',
  tag: 'events',
  permission: 'settings.read',
  query: page,
  output: pageOf(webhook),
  refusals: [],
})
export const createWebhook = route({
  method: 'POST',
  path: '/api/webhooks',
  summary: 'New webhook; the signing secret is shown once',
  tag: 'events',
  permission: 'settings.write',
  body: z.object({
    url: z.url({ protocol: /^https?$/ }).max(500),
    eventTypes: z.array(word(80)).max(50).default([]).describe('empty: all'),
  }),
  output: z.object({ id, secret: z.string() }),
  refusals: [],
})
export const removeWebhook = route({
  method: 'DELETE',
  path: '/api/webhooks/:id',
  summary: 'Switch a webhook off',
  tag: 'events',
  permission: 'settings.write',
  params: byId,
  output: nothing,
  refusals: ['not-found'],
})
export const replayWebhook = route({
  method: 'POST',
  path: '/api/webhooks/:id/replay',
  summary: 'Send all events since a moment again',
  tag: 'events',
  permission: 'settings.write',
  params: byId,
  body: z.object({ since: moment }),
  output: z.object({ queued: z.int() }),
  refusals: ['not-found'],
})
export const listEvents = route({
  method: 'GET',
  path: '/api/events',
  summary:
    'State changes after a cursor; with Accept: text/event-stream they keep coming live (SSE, Last-Event-ID resumes)',
  tag: 'events',
  permission: 'events.read',
  query: z.object({
    limit: z.coerce.number().int().min(1).max(200).default(100),
    after: z
      .string()
      .regex(/^\d{1,20}-\d{1,20}$/)
      .optional(),
  }),
  output: z.object({ events: z.array(event), next: z.string() }),
  refusals: [],
})
export const journalEntry = z
  .object({
    id,
    at: moment,
    by: z.string(),
    useCase: z.string(),
    subjectId: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'JournalEntry' })
export const listJournal = route({
  method: 'GET',
  path: '/api/journal',
  summary: 'Who did what when',
  tag: 'events',
  permission: 'settings.read',
  query: page.extend({ subjectId: id.optional() }),
  output: pageOf(journalEntry),
  refusals: [],
})
