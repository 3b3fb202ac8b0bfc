import { expect, test } from 'vitest'
import { cellOf, decodeTable, readRecords, tableOf } from './read-table.ts'
import { noProblems, problemText } from './rules/problems.ts'

const names = {
  aliases: { number: ['Artikel-Nr.'], nameDe: ['Bezeichnung'], listPrice: ['Preis'] },
  required: ['number'],
}

async function read(text: string) {
  const problems = noProblems()
  const table = tableOf(await readRecords(text, problems), names, problems)
  return {
    rows: table.rows.map((row) => [row.row, ...Object.keys(names.aliases).map((c) => cellOf(table, row, c))]),
    problems: problems.named.map((p) => `${p.row} ${p.column} ${p.code}`),
  }
}

test('semicolon, comma or tab, German or English names in any case', async () => {
  const expected = { rows: [[2, 'A1', 'Rohr; 1/2, lang', '1,50']], problems: [] }
  expect(await read('artikelnr;BEZEICHNUNG;preis\nA1;"Rohr; 1/2, lang";1,50\n')).toEqual(expected)
  expect(await read('\ufeffNumber,name_de,list price\r\nA1,"Rohr; 1/2, lang","1,50"\r\n')).toEqual(expected)
  expect(await read('Artikel-Nr.\tBezeichnung\tPreis\nA1\tRohr; 1/2, lang\t1,50')).toEqual(expected)
})

test('quotes, line breaks in a cell, inches without quotes, a leading apostrophe', async () => {
  expect(await read(`number;nameDe\nA1;"zwei\nZeilen ""so"""\n\n'007;Rohr 1/2"\n`)).toEqual({
    rows: [
      [2, 'A1', 'zwei\nZeilen "so"', undefined],
      [4, '007', 'Rohr 1/2"', undefined],
    ],
    problems: [],
  })
  expect((await read('number;nameDe\nA1;"offen\nA2;zwei\n')).problems).toEqual([expect.stringContaining('no-csv')])
})

test('a cell that the row has not stays unsaid, an empty one says nothing', async () => {
  expect((await read('number;nameDe;preis\nA1\nA2;;\n')).rows).toEqual([
    [2, 'A1', undefined, undefined],
    [3, 'A2', '', ''],
  ])
})

test('the line with which Excel is told the separator', async () => {
  expect(await read('sep=,\nnumber,nameDe\nA1,Rohr\n')).toEqual({ rows: [[3, 'A1', 'Rohr', undefined]], problems: [] })
})

test('columns that are unknown, missing, there twice or without a name, and cells outside of them', async () => {
  expect((await read('farbe;preis;listPrice;;\nrot;1;2;x;\n')).problems).toEqual([
    '1 farbe unknown-column',
    '1 listPrice column-twice',
    '1 number missing-column',
    '1  column-without-name',
  ])
  expect((await read('number;nameDe\nA1;Rohr;3\nA2;Rohr;;\n')).problems).toEqual(['2  too-many-cells'])
  expect((await read('number;nameDe\nA1;R\ufffdhre\n')).problems).toEqual(['2 nameDe unreadable-character'])
  expect((await read('')).problems).toEqual([])
})

test('UTF-8 with and without BOM, Windows-1252 and UTF-16', async () => {
  const text = 'Größe 5 €'
  expect(decodeTable(Buffer.from(text))).toBe(text)
  expect(decodeTable(Buffer.from(`\ufeff${text}`))).toBe(text)
  expect(decodeTable(Buffer.from([71, 114, 0xf6, 0xdf, 101, 32, 53, 32, 0x80]))).toBe(text)
  expect(decodeTable(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(text)
})

test('a problem is said in German and in English', async () => {
  const problem = { row: 2, column: 'Preis', code: 'no-figure', facts: { text: 'zwölf', digits: 4 } } as const
  expect(problemText(problem, 'de')).toBe('„zwölf“ ist keine Zahl mit höchstens 4 Nachkommastellen.')
  expect(problemText(problem, 'en')).toBe('"zwölf" is no figure with at most 4 decimals.')
})
