import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { httpClient, type TestApp, testApp } from '../../tools/test-app.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'

let tresen: TestKernel
let server: TestApp
const screens = mkdtempSync(join(tmpdir(), 'tresen-screens-'))
const assets = join(screens, 'assets')
const build = (version: string) => {
  rmSync(assets, { recursive: true, force: true })
  mkdirSync(assets)
  writeFileSync(join(screens, 'index.html'), `<p>${version}</p>`)
  mkdirSync(join(screens, 'links'), { recursive: true })
  writeFileSync(join(screens, 'links/index.html'), '<p>for customers</p>')
  writeFileSync(join(assets, `${version}.js`), `say('${version}')`)
  writeFileSync(join(assets, `${version}.js.gz`), gzipSync(`say('${version}')`))
  writeFileSync(join(screens, '.built-from'), version)
}

beforeAll(async () => {
  build('old')
  tresen = await testKernel()
  server = await testApp(tresen, { webDirectory: screens })
})
afterAll(async () => {
  await server.app.close()
  await tresen.close()
  rmSync(screens, { recursive: true, force: true })
})
const get = (path: string) => httpClient(server.address)('GET', path)

test('screens that are built anew while the server runs are served at once', async () => {
  expect((await get('/assets/old.js')).body).toBe("say('old')")
  build('new')
  expect((await get('/')).body).toBe('<p>new</p>')
  const asset = await get('/assets/new.js')
  expect([asset.status, asset.body]).toEqual([200, "say('new')"])
  expect(asset.headers.get('cache-control')).toContain('immutable')
  expect((await get('/assets/old.js')).status).toBe(404)
})

test('a screen’s address gives the page, an unknown address of the API a problem, and the build’s own notes nothing', async () => {
  expect(await get('/orders/0190a5e6-0000-7000-8000-000000000000')).toMatchObject({ status: 200, body: '<p>new</p>' })
  expect(await get('/api/nothing')).toMatchObject({ status: 404, body: { code: 'not-found' } })
  expect((await get('/.built-from')).body).not.toBe('new')
  expect((await get('/..%2f..%2f..%2f..%2fetc/passwd')).body).not.toContain('root:')
})

test('a customer’s link gets a page of its own, strict and kept nowhere, whether it opens anything or not', async () => {
  for (const path of ['/k/wrong', '/k/q3-Zx_8fY0Kp2LmN4bVc7TrE9wQa1sDf', '/k/with.dot?utm=mail']) {
    const page = await get(path)
    expect([page.status, page.body], path).toEqual([200, '<p>for customers</p>'])
    expect(page.headers.get('cache-control')).toBe('private, no-store')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('x-robots-tag')).toContain('noindex')
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
  }
})

test('while they are being built there is no page, and no crash', async () => {
  rmSync(join(screens, 'index.html'))
  expect(await get('/orders')).toMatchObject({ status: 404, body: { code: 'not-found' } })
  build('new')
  expect((await get('/orders')).status).toBe(200)
})
