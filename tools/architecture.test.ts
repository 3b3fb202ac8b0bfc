import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { refusalTexts } from '../common/refusal-texts.ts'
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
  'inbox',
  'payments',
  'billing',
  'returns',
  'links',
  'sending',
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
      .filter((i) => /^(server|bench|tools)\/|^node:/.test(i) && !i.startsWith('server/documents/fonts'))
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

test('rules are given values: they import no store, no use case, no package, and of the kernel only hashes', () => {
  // what two documents or orders have in common is told by a hash; the kernel has the one way to make it
  const pureOfKernel = new Set(['canonicalJson', 'sha256'])
  const wrong = server
    .filter((s) => s.path.includes('/rules/'))
    .flatMap((s) => valueImportsOf(s).map((i) => ({ ...i, path: s.path })))
    .filter(({ from, names }) => {
      if (from === 'server/kernel/index.ts') return names.some((n) => !pureOfKernel.has(n))
      const isDoor = from.startsWith('server/') && from.endsWith('/index.ts')
      const isOwn = from.startsWith('server/') && !/\/(store|routes|index)\.ts$/.test(from)
      return !from.startsWith('common/') && !isDoor && !isOwn
    })
    .map(({ path, from, names }) => `${path} -> ${names.join(', ')} of ${from}`)
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
  const readers = [...common, ...server, ...web].filter((s) => s.text.includes('process.env') && !allowed.has(s.path))
  expect(readers.map((s) => s.path)).toEqual([])
})

test('each SQL statement has a name of its own', () => {
  const names = server.flatMap((s) =>
    [...s.text.matchAll(/\bstatement(?:<[\s\S]*?>)?\(\s*'([^']+)'/g)].map((m) => m[1]!),
  )
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter((n, i) => names.indexOf(n) !== i)).toEqual([])
})

test('every route of the contracts is served, once', async () => {
  const { kernelRoutes } = await import('../server/kernel/http/kernel-routes.ts')
  const served = [
    ...kernelRoutes({ subscribe: () => () => undefined, stop: async () => undefined }),
    ...setUpRoutes,
    ...routes,
  ].map((b) => `${b.route.method} ${b.route.path}`)
  expect(served.filter((r, i) => served.indexOf(r) !== i)).toEqual([])
  expect(served.sort()).toEqual((await contractRoutes()).map((r) => `${r.method} ${r.path}`).sort())
})

test('every refusal a route promises has words, and every code with words is said somewhere', async () => {
  const promised = (await contractRoutes()).flatMap((r) => r.refusals.map((code) => `${r.method} ${r.path}: ${code}`))
  expect(promised.length).toBeGreaterThan(50)
  expect(promised.filter((p) => !((p.split(': ')[1] as string) in refusalTexts))).toEqual([])
  const code = server.map((s) => s.text).join('\n')
  expect(Object.keys(refusalTexts).filter((c) => !code.includes(`'${c}'`) && !code.includes(`${c}:`))).toEqual([])
})

test('migrations are numbered from 0001 without a gap, and each says what it does', () => {
  const names = readdirSync(join(root, 'server/migrations')).sort()
  expect(names.length).toBeGreaterThan(5)
  names.forEach((name, index) => {
    expect(name).toMatch(new RegExp(`^${String(index + 1).padStart(4, '0')}-[a-z0-9-]+\\.sql$`))
  })
})

test('nothing is left for later, nobody looks away, and no machine is named', () => {
  const words = new RegExp(
    [
      ...['TO' + 'DO', 'FIX' + 'ME', '\\bX' + 'XX\\b', '@ts-ig' + 'nore', '@ts-no' + 'check', 'as a' + 'ny\\b'],
      '(?<![\\w.])/(?:home|root|Users|work)/[a-z]',
    ].join('|'),
  )
  const folders = ['bench', 'bin', 'common', 'docs', 'plugins', 'scenarios', 'server', 'tools', 'web']
  const texts = folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .concat(readdirSync(root).filter((name) => /\.(md|json|ts|mjs)$/.test(name) && name !== 'package-lock.json'))
    .filter((path) => /\.(md|tsx?|mjs|sql|typ|css|html|json)$/.test(path) && !/node_modules|dist\/|fixtures/.test(path))
  expect(texts.length).toBeGreaterThan(400)
  expect(texts.filter((path) => words.test(readFileSync(join(root, path), 'utf8')))).toEqual([])
})

test('what the docs name is there: links lead somewhere, files and tests in docs/law exist', () => {
  const pages = [
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    ...['docs', 'server', 'web'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.md') && !/node_modules|dist\/|fixtures/.test(name))
        .map((name) => join(folder, name)),
    ),
  ].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  const broken = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)]
      .map((m) => m[1]!)
      .filter((link) => !existsSync(resolve(root, dirname(path), link)))
      .map((link) => `${path} -> ${link}`),
  )
  const files = [...sourcesOf('common'), ...sourcesOf('server'), ...sourcesOf('scenarios')].map((s) => `/${s.path}`)
  const unknown = pages
    .filter(({ path }) => path.startsWith('docs/law/'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/`([\w./-]+\.ts)`/g)]
        .filter(([, name]) => !files.some((file) => file.endsWith(`/${name}`)))
        .map(([, name]) => `${path} names ${name}`),
    )
  expect(pages.length).toBeGreaterThan(50)
  expect([...broken, ...unknown]).toEqual([])
})

/* Length is a ratchet: a file has at most 300 lines, a function of the server 60, a screen 120. What is longer stands here
   with its ceiling, which may only fall. */

const LONG_FILES: Record<string, number> = { 'common/orders/api.ts': 335 }
const LONG_FUNCTIONS: Record<string, number> = {
  'server/delivery/rules/compose-snapshot.ts composeNoteSnapshot': 70,
  'server/demo/load-demo.ts play': 70,
  'server/documents/render.ts createRenderer': 90,
  'server/import/import-stock.ts planStock': 70,
  'server/invoicing/issue-invoice.ts issueInvoice': 110,
  'server/kernel/database/embedded-postgres.ts startEmbeddedPostgres': 70,
  'server/orders/place-order.ts acceptOrder': 100,
  'server/payments/record-payment.ts recordPayment': 80,
}

test('no file is everything', () => {
  const long = [...common, ...server, ...web]
    .filter((s) => !/refusal-texts\.ts$|words\//.test(s.path)) // words are a list
    .map((s) => [s.path, s.text.split('\n').length - 1] as const)
    .filter(([path, lines]) => lines > (LONG_FILES[path] ?? 300))
  expect(long).toEqual([])
})

test('no function is everything, and what has become short leaves the list', () => {
  const functions = [...common, ...server, ...web].flatMap((s) => functionsOf(s))
  expect(functions.length).toBeGreaterThan(800)
  const limitOf = (name: string) => LONG_FUNCTIONS[name] ?? (name.startsWith('web/') ? 120 : 60)
  expect(functions.filter(({ name, lines }) => lines > limitOf(name))).toEqual([])
  const stillLong = new Set(functions.filter((f) => f.lines > 60).map((f) => f.name))
  expect(Object.keys(LONG_FUNCTIONS).filter((name) => !stillLong.has(name))).toEqual([])
})

interface ContractRoute {
  method: string
  path: string
  refusals: readonly string[]
}

async function contractRoutes(): Promise<ContractRoute[]> {
  const files = readdirSync(join(root, 'common'))
    .map((folder) => join(root, 'common', folder, 'api.ts'))
    .filter((file) => existsSync(file))
  const found: ContractRoute[] = []
  for (const file of files) {
    const exported = Object.values((await import(file)) as Record<string, Partial<ContractRoute>>)
    found.push(...exported.filter((e): e is ContractRoute => e?.path?.startsWith('/api/') === true))
  }
  return found
}

function parsed(source: Source): ts.SourceFile {
  const kind = source.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  return ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true, kind)
}

/** What a file imports that is there when it runs, types left out. */
function valueImportsOf(source: Source): { from: string; names: string[] }[] {
  return parsed(source).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || statement.importClause?.isTypeOnly) return []
    const text = (statement.moduleSpecifier as ts.StringLiteral).text
    const from = text.startsWith('.') ? relative(root, resolve(root, dirname(source.path), text)) : text
    const bindings = statement.importClause?.namedBindings
    if (bindings === undefined || !ts.isNamedImports(bindings)) return [{ from, names: ['*'] }]
    const names = bindings.elements.filter((e) => !e.isTypeOnly).map((e) => (e.propertyName ?? e.name).text)
    return names.length > 0 ? [{ from, names }] : []
  })
}

/** Every function that has a name of its own, with its length. */
function functionsOf(source: Source): { name: string; lines: number }[] {
  const file = parsed(source)
  const lineOf = (position: number) => file.getLineAndCharacterOfPosition(position).line
  const found: { name: string; lines: number }[] = []
  const visit = (node: ts.Node, given?: string): void => {
    const own = ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) ? node.name?.getText() : given
    if (own !== undefined && ts.isFunctionLike(node))
      found.push({ name: `${source.path} ${own}`, lines: lineOf(node.end) - lineOf(node.getStart()) + 1 })
    ts.forEachChild(node, (child) => visit(child, ts.isVariableDeclaration(node) ? node.name.getText() : undefined))
  }
  visit(file)
  return found
}
