import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '../common/route.ts'
import { routes } from '../server/app/capabilities.ts'
import { setUpRoutes } from '../server/app/set-up.ts'
import { kernelRoutes } from '../server/kernel/http/kernel-routes.ts'
import { httpClient, type Json, type TestApp, testApp } from '../tools/test-app.ts'
import { type TestKernel, testKernel } from '../tools/test-kernel.ts'

let tresen: TestKernel
let server: TestApp
let document: Json

beforeAll(async () => {
  tresen = await testKernel()
  server = await testApp(tresen)
  document = (await httpClient(server.address)('GET', '/openapi.json')).body
})
afterAll(async () => {
  await server.app.close()
  await tresen.close()
})

const everyRoute: Route[] = [...kernelRoutes(undefined as never), ...setUpRoutes, ...routes].map((b) => b.route)
const operations = (): [string, string, Json][] =>
  Object.entries(document.paths as Record<string, Json>).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Json>).map(([method, o]): [string, string, Json] => [method, path, o]),
  )

describe('the API’s own description', () => {
  test('knows every route of the contracts, with its words, permission and refusals', () => {
    for (const route of everyRoute) {
      const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
      expect(operation, `${route.method} ${route.path}`).toBeDefined()
      expect(operation.summary).toBe(route.summary)
      if (route.permission !== 'public' && route.permission !== 'logged-in')
        expect(operation.description).toContain(route.permission)
      for (const refusal of route.refusals) expect(operation.description).toContain(refusal)
      if (route.body) expect(operation.requestBody, route.path).toBeDefined()
      if (route.permission !== 'public') expect(operation.security).toEqual([{ apiKey: [] }, { session: [] }])
    }
  })

  test('promises nothing the server does not have', () => {
    const known = new Set(everyRoute.map((r) => `${r.method.toLowerCase()} ${r.path.replace(/:(\w+)/g, '{$1}')}`))
    expect(
      operations()
        .map(([method, path]) => `${method} ${path}`)
        .filter((o) => !known.has(o)),
    ).toEqual([])
  })

  test('is OpenAPI 3.1 with operations of different names, declared path parameters and no reference into nothing', () => {
    expect(document.openapi).toBe('3.1.0')
    const ids = operations().map(([, , o]) => o.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [method, path, o] of operations()) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1])
      const declared = (o.parameters ?? []).filter((p: Json) => p.in === 'path').map((p: Json) => p.name)
      expect(declared.toSorted(), `${method} ${path}`).toEqual(named.toSorted())
    }
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)
    for (const [, pointer] of references) {
      const found = pointer!.split('/').reduce<Json>((at, name) => at?.[name], document)
      expect(found, pointer).toBeDefined()
    }
  })

  test('says of every error that it is a problem with a code', () => {
    for (const [method, path, o] of operations()) {
      const problem = o.responses['4XX'] ?? o.responses['4xx']
      expect(JSON.stringify(problem), `${method} ${path}`).toContain('Problem')
    }
  })
})
