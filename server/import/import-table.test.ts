import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ONE } from '../../common/quantity.ts'
import { apiKey, httpClient, testApp } from '../../tools/test-app.ts'
import { openTestShop, type TestShop } from '../../tools/test-builders.ts'
import { refusalOf, type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { saveBranch, saveStockLocation } from '../branches/index.ts'
import { demoMerchant } from '../demo/index.ts'
import { importFile, importTable } from './import-table.ts'

let t: TestKernel
let shop: TestShop
const demo = (file: string) => readFileSync(join(import.meta.dirname, '..', 'demo', file))
type Kind = 'articles' | 'customers' | 'stock'
const run = (kind: Kind, csv: string | Uint8Array, dryRun = false) =>
  importFile(t.kernel, kind, typeof csv === 'string' ? new TextEncoder().encode(csv) : csv, { dryRun })
const cellsWith = async (kind: Kind, csv: string) =>
  (await run(kind, csv)).errors.map((e) => `${e.row} ${e.column}: ${e.problem}`)
const count = async (table: string) => (await t.sql<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n
const article = async (number: string) =>
  (await t.sql<Record<string, unknown>>('select * from catalog.article where number = $1', [number]))[0]
const customer = async (number: string) =>
  (await t.sql<Record<string, unknown>>('select * from customers.customer where number = $1', [number]))[0]
const prices = (number: string) =>
  t.sql(
    'select price_group as "group", from_quantity as "from", price from catalog.price p join catalog.article a on a.id = p.article_id where a.number = $1 order by 1, 2',
    [number],
  )

beforeAll(async () => {
  t = await testKernel()
  shop = await openTestShop(t)
  const { branches, locations } = demoMerchant()
  const known = new Set((await t.sql<{ code: string }>('select code from branches.stock_location')).map((l) => l.code))
  for (const b of branches) await t.play(saveBranch, { ...b, code: `D-${b.code}` })
  for (const l of locations.filter((l) => !known.has(l.code))) await t.play(saveStockLocation, l)
})
afterAll(() => t.close())

test('a dry run counts and writes nothing', async () => {
  const result = await run('articles', demo('articles.csv'), true)
  expect(result).toEqual({ rows: 319, created: 319, changed: 0, unchanged: 0, dryRun: true, errors: [] })
  expect(await count('catalog.article')).toBe(0)
})

test("the demo merchant's own tables import, and importing them again changes nothing", async () => {
  for (const kind of ['articles', 'customers', 'stock'] as const) {
    const first = await run(kind, demo(`${kind}.csv`))
    expect(first.errors).toEqual([])
    expect(first.created).toBeGreaterThan(50)
    const again = await run(kind, demo(`${kind}.csv`))
    expect(again).toMatchObject({ rows: first.rows, created: 0, changed: 0, unchanged: first.rows })
  }
  const addresses = await count("customers.address where role = 'deliver-to'")
  const first = await run('customers', demo('delivery-addresses.csv'))
  expect(first).toMatchObject({ created: 0, errors: [] })
  expect(await count("customers.address where role = 'deliver-to'")).toBe(addresses + first.rows)
  expect(await run('customers', demo('delivery-addresses.csv'))).toMatchObject({ changed: 0 })
  expect(await t.findBroken()).toEqual([])
})

test('each wrong cell of an article is named by row and column in words, and not even the good rows are imported', async () => {
  const before = await count('catalog.article')
  const head = 'Artikelnummer;Bezeichnung;EAN;Preis;Einheit;MwSt;Staffelpreise;preis:trade;aktiv\n'
  const csv = `${head}NEU-1;Gut;;12,50;Stück;19 %;;;ja
NEU-2;;4006381333930;zwölf;Stück;19;;-1,00;vielleicht
NEU-1;Doppelt;;1,00;;;;;ja
;Ohne Nummer;;;;;;;
NEU-3;${'x'.repeat(301)};4,00638E+12;1;quer;25;trade zehn;;
NEU-4;Gut;;900000000,00;;;trade 10 1,00 | trade 10 2,00;;
`
  expect((await cellsWith('articles', csv)).sort()).toEqual([
    '3 Bezeichnung: Diese Angabe fehlt.',
    '3 EAN: Die GTIN 4006381333930 hat eine falsche Prüfziffer.',
    '3 Preis: „zwölf“ ist keine Zahl mit höchstens 4 Nachkommastellen.',
    '3 aktiv: „vielleicht“ ist weder ja noch nein.',
    '3 preis:trade: „-1,00“ ist kleiner als null.',
    '4 Artikelnummer: „NEU-1“ steht schon in Zeile 2.',
    '5 Artikelnummer: Diese Angabe fehlt.',
    '6 Bezeichnung: Höchstens 300 Zeichen.',
    '6 EAN: „4,00638E+12“ passt hier nicht; richtig wäre z. B. 4006381333931',
    '6 Einheit: „quer“ passt hier nicht; richtig wäre z. B. H87',
    '6 Staffelpreise: „trade zehn“ hat nicht die Form: trade 10 8,26',
    '7 Preis: „900000000,00“ ist zu groß.',
    '7 Staffelpreise: Der Preis der Gruppe trade ab dieser Menge steht zweimal da.',
  ])
  expect(await count('catalog.article')).toBe(before)
  expect(await cellsWith('articles', 'number;nameDe;vatClass\nNEU-5;Gut;25\n')).toEqual([
    '2 vatClass: „25“ gibt es hier nicht. Möglich sind: reduced, standard, zero',
  ])
})

test('the refusal says how many rows are wrong and each problem with its facts, for any language', async () => {
  const csv = 'number;nameDe;preis\nNEU-1;Gut;1,00\nNEU-2;;zwölf\n'
  const playing = t.play(
    (work, input: { csv: string }) => importTable(work, { ...input, kind: 'articles', dryRun: 'false' }),
    { csv },
  )
  await expect(playing).rejects.toMatchObject({
    refusal: {
      code: 'import-failed',
      facts: {
        errors: 1,
        rows: expect.arrayContaining([
          {
            row: 3,
            column: 'preis',
            code: 'no-figure',
            facts: { text: 'zwölf', digits: 4 },
            problem: expect.any(String),
          },
        ]),
      },
    },
  })
  const english = await importFile(t.kernel, 'articles', Buffer.from(csv), { dryRun: true, language: 'en' })
  expect(english.errors.map((e) => e.problem)).toContain('"zwölf" is no figure with at most 4 decimals.')
})

test('a file wrong in every row names the first problems and stays small', async () => {
  const csv = `number;nameDe;preis\n${'A;;zwölf\n'.repeat(5_000)}`
  expect((await run('articles', csv, true)).errors).toHaveLength(500)
})

test('unknown and missing columns are named', async () => {
  const { errors } = await run('stock', 'artikel;farbe\nSCHR-4x40-200;rot\n')
  expect(errors.map((e) => e.column)).toEqual(expect.arrayContaining(['farbe', 'location', 'quantity']))
})

test('one GTIN belongs to one article, in the file and with what is there', async () => {
  const gtin = (await article('SCHR-4x40-200'))!.gtin
  expect(
    await cellsWith('articles', `number;name;ean\nG1;x;4260000000004\nG2;y;4260000000004\nG3;z;${gtin}\n`),
  ).toEqual([
    '3 ean: Die GTIN 4260000000004 hat schon Artikel G1.',
    `4 ean: Die GTIN ${gtin} hat schon Artikel SCHR-4x40-200.`,
  ])
})

test('two articles change their GTINs with each other in one import, or one gives its up to another', async () => {
  await run('articles', 'number;name;ean\nS1;x;4260000000011\nS2;y;4260000000028\nS3;z;\n')
  expect(await run('articles', 'number;ean\nS1;4260000000028\nS2;4260000000011\n')).toMatchObject({ changed: 2 })
  expect([(await article('S1'))!.gtin, (await article('S2'))!.gtin]).toEqual(['4260000000028', '4260000000011'])
  expect(await run('articles', 'number;ean\nS3;4260000000028\nS1;\n')).toMatchObject({ changed: 2 })
  expect([(await article('S1'))!.gtin, (await article('S3'))!.gtin]).toEqual([null, '4260000000028'])
  expect(await cellsWith('articles', 'number;ean\nS1;4260000000028\n')).toEqual([
    '2 ean: Die GTIN 4260000000028 hat schon Artikel S3.',
  ])
})

test('over HTTP the problems are said in the language of who asks', async () => {
  const { app, address } = await testApp(t)
  const { authorization } = await apiKey(t)
  const problems = async (language: string) => {
    const ask = { body: { csv: 'number;name;preis\nH1;x;zwölf\n' }, headers: { 'accept-language': language } }
    const { body } = await httpClient(address, { authorization })('POST', '/api/import/articles?dryRun=true', ask)
    return body.errors.map((e: { problem: string }) => e.problem)
  }
  expect(await problems('en-GB')).toEqual(['"zwölf" is no figure with at most 4 decimals.'])
  expect(await problems('de-DE')).toEqual(['„zwölf“ ist keine Zahl mit höchstens 4 Nachkommastellen.'])
  await app.close()
})

test('missing columns leave an article as it is, an empty cell clears what may be empty', async () => {
  const before = await article('SCHR-4x40-200')
  expect(before!.name_en).not.toBeNull()
  const result = await run('articles', 'number,nameEn,name\nSCHR-4x40-200,,\n')
  expect(result).toMatchObject({ changed: 1, errors: [] })
  expect(await article('SCHR-4x40-200')).toEqual({ ...before, name_en: null })
})

test('price columns of a group, from a quantity on', async () => {
  await run(
    'articles',
    'number;name;preis;price:trade;preis:trade:10;Price:Projekt A:2,5\nP1;Rohr;12,50;11,00;10,00;9,00\n',
  )
  expect(await prices('P1')).toEqual([
    { group: 'Projekt A', from: 2_500, price: 90_000 },
    { group: 'trade', from: 1_000, price: 110_000 },
    { group: 'trade', from: 10_000, price: 100_000 },
  ])
  expect(await run('articles', 'number;preis:trade:10\nP1;10\n')).toMatchObject({ unchanged: 1 })
  expect(await run('articles', 'number;preis:trade:10;price:trade\nP1;9,50;\n')).toMatchObject({ changed: 1 })
  expect(await prices('P1')).toEqual([
    { group: 'Projekt A', from: 2_500, price: 90_000 },
    { group: 'trade', from: 10_000, price: 95_000 },
  ])
  expect(await cellsWith('articles', 'number;price:trade;preis:trade:1;price:trade:1.000\nP1;1;2;3\n')).toEqual([
    '1 preis:trade:1: Der Preis der Gruppe trade ab dieser Menge steht zweimal da.',
    '1 price:trade:1.000: „1.000“ kann 1000 oder 1,000 heißen; in dieser Datei steht nichts, was es entscheidet.',
  ])
})

test('a figure with two readings is refused with both', async () => {
  expect(await cellsWith('articles', 'number;name;preis\nF1;x;1.234 €\n')).toEqual([
    '2 preis: „1.234 €“ kann 1234 oder 1,234 heißen; in dieser Datei steht nichts, was es entscheidet.',
  ])
  expect(await run('articles', 'number;name;preis\nF1;x;1.234 €\nF2;x;29,90 €\n')).toMatchObject({ created: 2 })
  expect(await article('F1')).toMatchObject({ list_price: 12_340_000 })
})

test('a file of an old Excel (Windows-1252, semicolons, German decimals) is read with its umlauts', async () => {
  const bytes = Buffer.from(
    'Kundennummer;Firma;Art;Strasse;PLZ;Ort;Kreditlimit;Zahlungsziel;Skonto\r\nK-20001;Müller & Söhne;Firma;Grüner Weg 1;02826;Görlitz;1.500,00;30;"8:2;14:1"\r\n',
    'latin1',
  )
  expect(await run('customers', bytes)).toMatchObject({ created: 1, errors: [] })
  expect(await customer('K-20001')).toMatchObject({
    name: 'Müller & Söhne',
    credit_limit: 150_000,
    payment_terms: {
      netDays: 30,
      skonto: [
        { days: 8, percent: 200 },
        { days: 14, percent: 100 },
      ],
    },
  })
})

test('each wrong cell of a customer is named by row and column', async () => {
  const before = await count('customers.customer')
  const csv = `Kundennummer;Art;Firma;PLZ;Ort;Land;USt-IdNr;Abrechnung;Zahlungsziel;Skonto;deliver_to_name;deliver_to_city
K-1;Verein;;02826;Görlitz;Deutschland;123;selten;bald;2%;Lager;
;Firma;Ohne Nummer;02826;Görlitz;;;;;;;
K-2;Firma;Gut;02826;Görlitz;DE;DE 123 456 789;monatlich;30;8:2,00 %;;
K-2;Firma;Anders;02826;Görlitz;;;;;;;
`
  expect((await cellsWith('customers', csv)).sort()).toEqual([
    '2 Abrechnung: „selten“ gibt es hier nicht. Möglich sind: per-delivery, daily, weekly, fortnightly, first-and-fifteenth, monthly, above-amount, by-hand',
    '2 Art: „Verein“ gibt es hier nicht. Möglich sind: company, consumer',
    '2 Firma: Diese Angabe fehlt.',
    '2 Land: „Deutschland“ passt hier nicht; richtig wäre z. B. DE',
    '2 Skonto: „2%“ hat nicht die Form: 8:2,00 | 14:1,00',
    '2 USt-IdNr: „123“ passt hier nicht; richtig wäre z. B. DE123456789',
    '2 Zahlungsziel: „bald“ ist keine ganze Zahl.',
    '2 deliverToPostalCode: Diese Angabe fehlt.',
    '2 deliver_to_city: Diese Angabe fehlt.',
    '3 Kundennummer: Diese Angabe fehlt.',
    '5 Firma: „Anders“ steht in Zeile 4 anders. Weitere Zeilen eines Kunden fügen nur Lieferadressen hinzu.',
    '5 Kundennummer: Kunde K-2 steht schon in Zeile 4, und diese Zeile hat keine Lieferadresse.',
  ])
  expect(await count('customers.customer')).toBe(before)
  expect(await cellsWith('customers', 'customer;name;city\nK-99999;Baustelle;Görlitz\n')).toEqual([
    '2 customer: Den Kunden „K-99999“ gibt es nicht.',
  ])
})

test('further rows of a customer add delivery addresses, once each', async () => {
  const csv =
    'number;name;kind;postalCode;city;deliverToName;deliverToPostalCode;deliverToCity\nK-20002;Bau AG;company;02826;Görlitz;Bau AG Lager;02828;Görlitz\nK-20002;;;;;Baustelle Süd;02763;Zittau\n'
  expect(await run('customers', csv)).toMatchObject({ rows: 2, created: 1, errors: [] })
  expect(await run('customers', csv)).toMatchObject({ unchanged: 1 })
  expect(await run('customers', `${csv}K-20002;;;;;Baustelle Nord;02763;Zittau\n`)).toMatchObject({ changed: 1 })
  const deliverTo = await t.sql(
    "select a.details->>'name' as name from customers.address a join customers.customer c on c.id = a.customer_id where c.number = 'K-20002' and role = 'deliver-to' order by 1",
  )
  expect(deliverTo).toEqual([{ name: 'Bau AG Lager' }, { name: 'Baustelle Nord' }, { name: 'Baustelle Süd' }])
})

test('a customer keeps what the table does not say, and loses what it says is empty', async () => {
  const csv =
    'number;kind;name;city;plz;email;vatId;netDays\nK-20003;Firma;Alt GmbH;Zittau;02763;a@example.org;DE123456789;45\n'
  await run('customers', csv)
  const before = await customer('K-20003')
  expect(await run('customers', 'number;email;vatId;kauf auf lieferschein\nK-20003;;;ja\n')).toMatchObject({
    changed: 1,
  })
  expect(await customer('K-20003')).toEqual({ ...before, email: null, vat_id: null, may_buy_on_delivery_note: true })
  expect(await run('customers', 'number;email;vatId\nK-20003;;\n')).toMatchObject({ unchanged: 1 })
  expect(await run('customers', 'number;name;ort\nK-20003;Neu GmbH;Bautzen\n')).toMatchObject({ changed: 1 })
  const billTo = await t.sql(
    "select a.details, a.is_default from customers.address a join customers.customer c on c.id = a.customer_id where c.number = 'K-20003' order by a.id",
  )
  expect(billTo).toEqual([
    { details: { name: 'Alt GmbH', city: 'Zittau', postalCode: '02763', country: 'DE' }, is_default: false },
    { details: { name: 'Neu GmbH', city: 'Bautzen', postalCode: '02763', country: 'DE' }, is_default: true },
  ])
})

test('each wrong cell of a stock table is named by row and column', async () => {
  const before = await count('stock.movement')
  const csv = 'Artikel;Lagerort;Bestand\nSCHR-4x40-200;ZL;1\nX;Y;-1\nSCHR-4x40-200;zl;\n;ZL;viel\nSCHR-4x40-200;ZL;2\n'
  const problems = await cellsWith('stock', csv)
  expect(problems.map((p) => p.replace(/ Es gibt: .*/, ''))).toEqual([
    '3 Artikel: Den Artikel „X“ gibt es nicht.',
    '3 Lagerort: Den Lagerort „Y“ gibt es nicht.',
    '3 Bestand: „-1“ ist kleiner als null.',
    '4 Bestand: Diese Angabe fehlt.',
    '5 Bestand: „viel“ ist keine Zahl mit höchstens 3 Nachkommastellen.',
    '5 Artikel: Diese Angabe fehlt.',
    '6 Artikel: „SCHR-4x40-200“ steht schon in Zeile 2.',
  ])
  expect(await count('stock.movement')).toBe(before)
})

test('stock of a new shelf is a goods receipt, a counted one is booked as the difference, both with Import as reason', async () => {
  const { id, number } = await shop.article({ stock: 0 })
  const movements = () =>
    t.sql('select quantity, reason, note from stock.movement where article_id = $1 order by id', [id])
  expect(await run('stock', `Artikel;Lagerort;Bestand\n${number};ZL;12,5\n`)).toMatchObject({ created: 1 })
  expect(await run('stock', `Artikel;Lagerort;Bestand\n${number};ZL;7,5\n`)).toMatchObject({ changed: 1 })
  expect(await run('stock', `Artikel;Lagerort;Bestand\n${number};ZL;7,5\n`)).toMatchObject({ unchanged: 1 })
  expect(await movements()).toEqual([
    { quantity: 12_500, reason: 'goods-receipt', note: 'Import' },
    { quantity: 5_000, reason: 'correction', note: 'Import' },
  ])
  expect(await t.findBroken()).toEqual([])
})

test('orders that wait get imported goods, and lose what a count does not find', async () => {
  const { number } = await shop.article({ stock: 4 })
  const { id } = await shop.order({ lines: [{ article: number, quantity: 10 * ONE }] })
  const reserved = async () =>
    (
      await t.sql<{ sum: number }>(
        'select coalesce(sum(quantity), 0)::bigint as sum from stock.reservation where order_id = $1',
        [id],
      )
    )[0]!.sum
  expect(await reserved()).toBe(4 * ONE)
  await run('stock', `article;location;quantity\n${number};ZL;6\n${number};FI;20\n`)
  expect(await reserved()).toBe(10 * ONE)
  await run('stock', `article;location;quantity\n${number};ZL;3\n${number};FI;2\n`)
  expect(await reserved()).toBe(5 * ONE)
  expect(await t.findBroken()).toEqual([])
})

test('goods that come in just before a count is booked are part of it', async () => {
  const { number, id } = await shop.article({ stock: 0 })
  const other = await t.pool.connect()
  await other.query('begin')
  await other.query('insert into stock.level (article_id, location_id, on_hand) values ($1, $2, 5000)', [
    id,
    shop.warehouse,
  ])
  await other.query(
    "insert into stock.movement (id, at, article_id, to_location, quantity, reason) values (gen_random_uuid(), now(), $1, $2, 5000, 'goods-receipt')",
    [id, shop.warehouse],
  )
  const importing = run('stock', `article;location;quantity\n${number};ZL;12\n`)
  const waiting = async () =>
    (await t.sql("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))
      .length
  await expect.poll(waiting, { timeout: 20_000 }).toBe(1)
  await other.query('commit')
  other.release()
  expect(await importing).toMatchObject({ created: 1, errors: [] })
  expect(await t.sql('select on_hand from stock.level where article_id = $1', [id])).toEqual([{ on_hand: 12_000 }])
  expect(await t.findBroken()).toEqual([])
})

test('what fails while it is written leaves nothing behind', async () => {
  const before = await count('customers.customer')
  const rows = Array.from({ length: 500 }, (_, i) => `K-3${i};Firma;Bau ${i};02826;Görlitz`)
  const csv = `number;kind;name;plz;ort\n${rows.join('\n')}\n`
  await t.sql(
    `create function pg_temp_fail() returns trigger language plpgsql as $$ begin if new.number = 'K-3300' then raise 'power cut'; end if; return new; end $$`,
  )
  await t.sql('create trigger fail before insert on customers.customer for each row execute function pg_temp_fail()')
  await expect(run('customers', csv)).rejects.toThrow('power cut')
  await t.sql('drop trigger fail on customers.customer')
  expect(await count('customers.customer')).toBe(before)
  expect(await run('customers', csv)).toMatchObject({ created: 500 })
})

test('the same table twice at the same moment goes in once', async () => {
  const csv = 'number;name;preis\nTWIN-1;x;1,00\nTWIN-2;y;2,00\n'
  const results = await Promise.all([run('articles', csv), run('articles', csv)])
  expect(results.map((r) => r.created + r.changed + r.unchanged)).toEqual([2, 2])
  expect(await count("catalog.article where number like 'TWIN-%'")).toBe(2)
})

test('a key sent twice imports once', async () => {
  const input = { kind: 'articles' as const, csv: 'number;name\nKEY-1;x\n', dryRun: 'false' as const }
  const importOnce = (work: Parameters<typeof importTable>[0], i: typeof input) => importTable(work, i)
  const first = await t.play(importOnce, input, { key: 'once' })
  expect(await t.play(importOnce, input, { key: 'once' })).toEqual(first)
  expect(await refusalOf(t.play(importOnce, { ...input, csv: 'number;name\nKEY-2;x\n' }, { key: 'once' }))).toBe(
    'key-reused',
  )
})

test('twenty thousand rows of each kind go in at one go, with progress', async () => {
  const table = (head: string, row: (i: number) => string) =>
    `${head}\n${Array.from({ length: 20_000 }, (_, i) => row(i)).join('\n')}\n`
  const stages = new Map<string, number>()
  const go = async (kind: Kind, csv: string) =>
    importFile(t.kernel, kind, Buffer.from(csv), {
      dryRun: false,
      onProgress: (done, _of, stage) => stages.set(`${kind} ${stage}`, done),
    })
  const created = { rows: 20_000, created: 20_000, errors: [] }
  expect(
    await go(
      'articles',
      table('artikelnummer;bezeichnung;preis', (i) => `MASSE-${i};Rohr ${i};${i % 90},99`),
    ),
  ).toMatchObject(created)
  expect(
    await go(
      'stock',
      table('artikel;lager;menge', (i) => `MASSE-${i};ZL;${(i % 90) + 1}`),
    ),
  ).toMatchObject(created)
  expect(
    await go(
      'customers',
      table('number;kind;name;plz;ort', (i) => `M-${i};Firma;Bau ${i};02826;Görlitz`),
    ),
  ).toMatchObject(created)
  expect(stages.get('articles checked')).toBeGreaterThan(19_000)
  for (const kind of ['articles', 'stock', 'customers']) expect(stages.get(`${kind} written`)).toBe(20_000)
  expect(
    await go(
      'articles',
      table('artikelnummer;preis', (i) => `MASSE-${i};${i % 90},98`),
    ),
  ).toMatchObject({ changed: 20_000 })
}, 300_000)
