import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { routes } from '../server/app/capabilities.ts'
import { setUpRoutes } from '../server/app/set-up.ts'

/* The rules of the house, read from the code, so that nobody has to remember them. */

const root = join(import.meta.dirname, '..')
const capabilities = [
  'kernel',
  'documents',
  'branches',
  'tax',
  'catalog',
  'customers',
  'stock',
  'receivables',
  'orders',
  'delivery',
  'invoicing',
  'payments',
  'import',
  'shops',
  'demo',
  'app',
  'cli',
]
const IMPORT = /(?:\bfrom|\bimport\(?)\s*'([^'\n]+)'/g

interface Source {
  path: string
  text: string
  imports: string[]
}

function sourcesOf(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx)$/.test(name) && !/node_modules|dist\/|fixtures/.test(name))
    .map((name) => {
      const path = join(folder, name)
      const text = readFileSync(join(root, path), 'utf8')
      const imports = [...text.matchAll(IMPORT)]
        .map((m) => m[1]!)
        .map((i) => (i.startsWith('.') ? relative(root, resolve(root, dirname(path), i)) : i))
      return { path, text, imports }
    })
}

const isTest = (path: string) => /\.test\.tsx?$/.test(path) || /(test-|fixture-orders|print-samples)/.test(path)
const common = sourcesOf('common').filter((s) => !isTest(s.path))
const server = sourcesOf('server').filter((s) => !isTest(s.path))
const web = sourcesOf('web').filter((s) => !isTest(s.path))
const capabilityOf = (path: string) => /^server\/([^/]+)\//.exec(path)?.[1]

test('the code is really there to be looked at', () => {
  expect(common.length).toBeGreaterThan(15)
  expect(server.length).toBeGreaterThan(150)
  expect(web.length).toBeGreaterThan(40)
  expect(server.flatMap((s) => s.imports).length).toBeGreaterThan(500)
})

test('common is pure: nothing of Node, of the server, of the browser', () => {
  const wrong = common.flatMap((s) =>
    s.imports.filter((i) => i !== 'zod' && !i.startsWith('common/')).map((i) => `${s.path} -> ${i}`),
  )
  expect(wrong).toEqual([])
})

test('the browser imports common and itself', () => {
  const wrong = web.flatMap((s) =>
    s.imports
      .filter((i) => i.startsWith('server/') && !i.startsWith('server/documents/fonts'))
      .map((i) => `${s.path} -> ${i}`),
  )
  expect(wrong).toEqual([])
})

test('every folder of the server has its place in the order, with a half page and a door', () => {
  const folders = readdirSync(join(root, 'server'), { withFileTypes: true })
    .filter((e) => e.isDirectory() && e.name !== 'migrations')
    .map((e) => e.name)
  expect(folders.sort()).toEqual([...capabilities].sort())
  for (const name of capabilities)
    expect(existsSync(join(root, 'server', name, 'README.md')), `${name}/README.md`).toBe(true)
  for (const name of capabilities.filter((c) => c !== 'app' && c !== 'cli'))
    expect(existsSync(join(root, 'server', name, 'index.ts')), `${name}/index.ts`).toBe(true)
})

test('imports point down', () => {
  const wrong = server.flatMap((s) => {
    const own = capabilities.indexOf(capabilityOf(s.path) ?? 'cli')
    return s.imports
      .filter((i) => i.startsWith('server/') && capabilities.indexOf(capabilityOf(i) ?? '') > own)
      .map((i) => `${s.path} -> ${i}`)
  })
  expect(wrong).toEqual([])
})

test('another capability is a door: only its index is imported', () => {
  const knowsEverybody = new Set(['app', 'cli'])
  // how a capability says its invariants, without opening the kernel's database to everybody
  const open = new Set(['server/kernel/invariants.ts'])
  const wrong = server.flatMap((s) => {
    const own = capabilityOf(s.path)
    if (own === undefined) return []
    return s.imports
      .filter(
        (i) =>
          i.startsWith('server/') &&
          capabilityOf(i) !== undefined &&
          capabilityOf(i) !== own &&
          !i.endsWith('/index.ts') &&
          !open.has(i),
      )
      .filter((i) => !(knowsEverybody.has(own) && (capabilityOf(i) === 'kernel' || capabilityOf(i) === 'app')))
      .map((i) => `${s.path} -> ${i}`)
  })
  expect(wrong).toEqual([])
})

test('rules are pure: no clock, no chance, no database, nothing awaited', () => {
  const wrong = server
    .filter((s) => s.path.includes('/rules/'))
    .flatMap((s) => {
      const code = s.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      return [/\bawait\b/, /\bnew Date\(\)/, /Date\.now/, /Math\.random/, /\bstatement</, /process\./]
        .filter((p) => p.test(code))
        .map((p) => `${s.path}: ${p}`)
    })
  expect(wrong).toEqual([])
})

test('a capability writes its own schema only', () => {
  const WRITE = /\b(?:insert\s+into|update|delete\s+from)\s+("?[a-z_]+"?)\.[a-z_"]+/gi
  const wrong = server.flatMap((s) => {
    const own = capabilityOf(s.path)
    // the set-up code lies among the kernel's settings
    const allowed = new Set([own, ...(own === 'app' ? ['kernel'] : [])])
    return [...s.text.matchAll(WRITE)]
      .map((m) => m[1]!.toLowerCase())
      .filter((schema) => capabilities.includes(schema) && !allowed.has(schema))
      .map((schema) => `${s.path} writes ${schema}`)
  })
  expect(wrong).toEqual([])
})

test('the environment is read in one file', () => {
  // the programs of PostgreSQL get the environment they were started in as it is
  const allowed = new Set([
    'server/config.ts',
    'server/kernel/database/postgres-binaries.ts',
    'server/kernel/database/pg-tools.ts',
  ])
  expect(server.filter((s) => s.text.includes('process.env') && !allowed.has(s.path)).map((s) => s.path)).toEqual([])
})

test('each SQL statement has a name of its own', () => {
  const names = server.flatMap((s) =>
    [...s.text.matchAll(/\bstatement(?:<[\s\S]*?>)?\(\s*'([^']+)'/g)].map((m) => m[1]!),
  )
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter((n, i) => names.indexOf(n) !== i)).toEqual([])
})

test('every route of the contracts is served, once', async () => {
  const contracts = readdirSync(join(root, 'common'))
    .map((folder) => join(root, 'common', folder, 'api.ts'))
    .filter((file) => existsSync(file))
  const declared: string[] = []
  for (const file of contracts) {
    const exported = (await import(file)) as Record<string, { method?: string; path?: string }>
    declared.push(
      ...Object.values(exported)
        .filter((e) => e?.method && e.path?.startsWith('/api/'))
        .map((r) => `${r.method} ${r.path}`),
    )
  }
  const { kernelRoutes } = await import('../server/kernel/http/kernel-routes.ts')
  const served = [
    ...kernelRoutes({ subscribe: () => () => undefined, stop: async () => undefined }),
    ...setUpRoutes,
    ...routes,
  ].map((b) => `${b.route.method} ${b.route.path}`)
  expect(served.filter((r, i) => served.indexOf(r) !== i)).toEqual([])
  expect(served.sort()).toEqual([...new Set(declared)].sort())
})

test('nothing is left for later, and nobody looks away', () => {
  const words = new RegExp(
    ['TO' + 'DO', 'FIX' + 'ME', '\\bX' + 'XX\\b', '@ts-ig' + 'nore', '@ts-no' + 'check', 'as a' + 'ny\\b'].join('|'),
  )
  expect([...common, ...server, ...web].filter((s) => words.test(s.text)).map((s) => s.path)).toEqual([])
})

test('no file is everything: beyond 400 lines it is two', () => {
  const big = [...common, ...server, ...web].filter(
    (s) => s.text.split('\n').length > 400 && !/texts\.ts$|words\//.test(s.path),
  )
  expect(big.map((s) => s.path)).toEqual([])
})
