import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { saveBranch, saveStockLocation } from '../branches/index.ts'
import { demoMerchant } from '../demo/index.ts'
import { importFile, importTable } from './import-table.ts'

let t: TestKernel
const demo = (file: string) => readFileSync(join(import.meta.dirname, '..', 'demo', file))
const run = (kind: 'articles' | 'customers' | 'stock', csv: string | Uint8Array, dryRun = false) =>
  importFile(t.kernel, kind, typeof csv === 'string' ? new TextEncoder().encode(csv) : csv, {
    dryRun,
    onProgress: () => undefined,
  })
const count = async (table: string) => (await t.sql<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n

beforeAll(async () => {
  t = await testKernel()
  const { branches, locations } = demoMerchant()
  for (const b of branches) await t.play(saveBranch, b)
  for (const l of locations) await t.play(saveStockLocation, l)
})
afterAll(() => t.close())

test('a dry run counts and writes nothing', async () => {
  expect(await run('articles', demo('articles.csv'), true)).toMatchObject({
    rows: 319,
    created: 319,
    dryRun: true,
    errors: [],
  })
  expect(await count('catalog.article')).toBe(0)
})

test("the demo merchant's own tables import, and importing them again changes nothing", async () => {
  expect(await run('articles', demo('articles.csv'))).toMatchObject({
    created: 319,
    changed: 0,
    unchanged: 0,
    errors: [],
  })
  expect(await run('articles', demo('articles.csv'))).toMatchObject({ created: 0, changed: 0, unchanged: 319 })
  expect(await run('customers', demo('customers.csv'))).toMatchObject({ created: 60, errors: [] })
  expect(await run('customers', demo('customers.csv'))).toMatchObject({ created: 0, changed: 0, unchanged: 60 })
  const first = await run('stock', demo('stock.csv'))
  expect(first.errors).toEqual([])
  expect(await run('stock', demo('stock.csv'))).toMatchObject({ created: 0, changed: 0 })
  expect(await t.findBroken()).toEqual([])
})

test('each wrong cell is named by row and column, and not even the good rows are imported', async () => {
  const before = await count('catalog.article')
  const csv =
    'Artikelnummer;Bezeichnung;EAN;Preis;aktiv\nNEU-1;Gut;;12,50;ja\nNEU-2;;4006381333930;zwölf;vielleicht\nNEU-1;Doppelt;;1,00;ja\n'
  const result = await run('articles', csv)
  expect(result.errors.map((e) => `${e.row} ${e.column}`).sort()).toEqual([
    '3 active',
    '3 gtin',
    '3 listPrice',
    '3 nameDe',
    '4 number',
  ])
  expect(await count('catalog.article')).toBe(before)
  expect(
    await refusalOf(
      t.play((work, input: { kind: 'articles'; csv: string; dryRun: 'false' }) => importTable(work, input), {
        kind: 'articles',
        csv,
        dryRun: 'false',
      }),
    ),
  ).toBe('import-failed')
})

test('unknown and missing columns are named', async () => {
  const { errors } = await run('stock', 'artikel;farbe\nSCHR-4x40-200;rot\n')
  expect(errors.map((e) => e.column)).toEqual(expect.arrayContaining(['farbe', 'location', 'quantity']))
})

test('missing columns leave a record as it is, an empty cell clears what may be empty', async () => {
  const [before] = await t.sql<{ name_de: string; list_price: number }>(
    "select name_de, list_price from catalog.article where number = 'SCHR-4x40-200'",
  )
  expect(await run('articles', 'number,nameEn,preis:trade:100\nSCHR-4x40-200,,"7,49"\n')).toMatchObject({
    changed: 1,
    errors: [],
  })
  const [after] = await t.sql<{ name_de: string; list_price: number; name_en: string | null }>(
    "select name_de, list_price, name_en from catalog.article where number = 'SCHR-4x40-200'",
  )
  expect(after).toEqual({ ...before, name_en: null })
  const prices = await t.sql<{ price: number }>(
    "select p.price from catalog.price p join catalog.article a on a.id = p.article_id where a.number = 'SCHR-4x40-200' and price_group = 'trade' and from_quantity = 100000",
  )
  expect(prices).toEqual([{ price: 74900 }])
})

test('a file of an old Excel (Windows-1252, semicolons, German decimals) is read with its umlauts', async () => {
  const bytes = Buffer.from(
    'Kundennummer;Firma;Art;Strasse;PLZ;Ort;Kreditlimit\r\nK-20001;Müller & Söhne;Firma;Grüner Weg 1;02826;Görlitz;1.500,00\r\n',
    'latin1',
  )
  expect(await run('customers', bytes)).toMatchObject({ created: 1, errors: [] })
  expect(await t.sql("select name, credit_limit from customers.customer where number = 'K-20001'")).toEqual([
    { name: 'Müller & Söhne', credit_limit: 150000 },
  ])
})

test('further rows of a customer add delivery addresses', async () => {
  const csv =
    'number;name;kind;postalCode;city;deliverToName;deliverToPostalCode;deliverToCity\nK-20002;Bau AG;company;02826;Görlitz;Bau AG Lager;02828;Görlitz\nK-20002;;;;;Baustelle Süd;02763;Zittau\n'
  expect(await run('customers', csv)).toMatchObject({ rows: 2, created: 1, errors: [] })
  expect(
    await t.sql(
      "select a.details->>'name' as name from customers.address a join customers.customer c on c.id = a.customer_id where c.number = 'K-20002' and role = 'deliver-to' order by 1",
    ),
  ).toEqual([{ name: 'Bau AG Lager' }, { name: 'Baustelle Süd' }])
})

test('a counted stock is booked as the difference, with Import as reason', async () => {
  const [level] = await t.sql<{ on_hand: number }>(
    "select l.on_hand from stock.level l join catalog.article a on a.id = l.article_id join branches.stock_location s on s.id = l.location_id where a.number = 'SCHR-4x40-200' and s.code = 'ZL'",
  )
  expect(await run('stock', `Artikel;Lagerort;Bestand\nSCHR-4x40-200;ZL;${level!.on_hand / 1000 - 5}\n`)).toMatchObject(
    { changed: 1 },
  )
  expect(
    await t.sql("select quantity, reason, note from stock.movement where note = 'Import' and reason = 'correction'"),
  ).toEqual([{ quantity: 5000, reason: 'correction', note: 'Import' }])
  expect(await t.findBroken()).toEqual([])
})

test('twenty thousand articles go in at one go', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `MASSE-${i};Schraube ${i};${i % 90},99`)
  expect(await run('articles', `artikelnummer;bezeichnung;preis\n${rows.join('\n')}\n`)).toMatchObject({
    created: 20_000,
    errors: [],
  })
}, 60_000)
