import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { apiKey, httpClient, type TestApp, testApp } from '../../tools/test-app.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { createUser } from '../kernel/identity/users.ts'

vi.setConfig({ testTimeout: 30_000 })

let tresen: TestKernel
let server: TestApp
const password = 'ein langes Kennwort'

beforeAll(async () => {
  tresen = await testKernel()
  server = await testApp(tresen)
})
afterAll(async () => {
  expect(await tresen.findBroken()).toEqual([])
  await server.app.close()
  await tresen.close()
})

const userOf = (login: string) => tresen.play(createUser, { login, name: `Frau ${login}`, role: 'clerk', password })
async function logIn(login: string, word = password) {
  const answer = await httpClient(server.address)('POST', '/api/session', { body: { login, password: word } })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return { status: answer.status, body: answer.body, client: httpClient(server.address, { cookie }) }
}
const change = (client: ReturnType<typeof httpClient>, oldPassword: string, newPassword: string) =>
  client('POST', '/api/session/password', { body: { oldPassword, newPassword } })
const journalOf = (userId: string) =>
  tresen.sql<{ useCase: string; by: string | null }>(
    'select use_case as "useCase", actor_id as by from kernel.journal where subject_id = $1 order by txid, position',
    [userId],
  )

test('somebody changes his password himself: the new one holds, and he is logged out elsewhere but not here', async () => {
  await userOf('anna')
  const [here, elsewhere] = [await logIn('anna'), await logIn('anna')]
  expect((await change(here.client, password, 'ein anderes Kennwort')).status).toBe(200)
  await vi.waitFor(async () => expect((await elsewhere.client('GET', '/api/session')).status).toBe(401), 5_000)
  expect((await here.client('GET', '/api/session')).status).toBe(200)
  expect((await logIn('anna')).status).toBe(401)
  expect((await logIn('anna', 'ein anderes Kennwort')).status).toBe(200)
})

test('without the old password nothing changes, and guessing it closes the door', async () => {
  await userOf('bert')
  const { client } = await logIn('bert')
  expect((await change(client, 'geraten', 'ein anderes Kennwort')).body.code).toBe('wrong-password')
  expect((await change(client, password, 'kurz')).body.code).toBe('weak-password')
  for (let i = 0; i < 4; i++) await change(client, 'geraten', 'ein anderes Kennwort')
  expect((await change(client, password, 'ein anderes Kennwort')).body.code).toBe('too-many-logins')
  await tresen.sql("delete from kernel.login_attempt where login = 'bert'")
  expect((await logIn('bert')).status).toBe(200)
})

test('the language somebody chooses follows him to the next machine', async () => {
  await userOf('carl')
  const { client, body } = await logIn('carl')
  expect(body.language).toBe('de')
  expect((await client('PATCH', '/api/session', { body: { language: 'en' } })).status).toBe(200)
  expect((await logIn('carl')).body.language).toBe('en')
})

test('a program has no password and no language of its own', async () => {
  const { authorization } = await apiKey(tresen)
  const program = httpClient(server.address, { authorization })
  expect((await change(program, password, 'ein anderes Kennwort')).body.code).toBe('not-allowed')
  expect((await program('PATCH', '/api/session', { body: { language: 'en' } })).body.code).toBe('not-allowed')
})

test('log-in, failed log-in, new password and log-out are in the journal, by the id alone', async () => {
  const { id } = await userOf('dora')
  const { client } = await logIn('dora')
  await logIn('dora', 'falsch')
  await logIn('niemand-den-es-gibt', 'falsch')
  await change(client, password, 'ein anderes Kennwort')
  await client('DELETE', '/api/session')
  expect(await journalOf(id)).toEqual([
    { useCase: 'createUser', by: null },
    { useCase: 'log-in', by: id },
    { useCase: 'log-in-failed', by: null },
    { useCase: 'change-own-password', by: id },
    { useCase: 'log-out', by: id },
  ])
  const [text] = await tresen.sql<{ all: string }>("select string_agg(j::text, ' ') as all from kernel.journal j")
  for (const said of ['dora', 'Frau', 'niemand', 'falsch', 'Kennwort', '127.0.0.1'])
    expect(text!.all).not.toContain(said)
})
