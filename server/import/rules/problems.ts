import type { Facts, Language } from '../../../common/refusal.ts'

/** What can be wrong with a table, in German and English. */
const problemTexts = {
  // the table
  'no-csv': { de: 'Die Datei ist kein lesbares CSV: {reason}', en: 'The file is no readable CSV: {reason}' },
  'too-many-rows': {
    de: 'Die Datei hat mehr als {maximum} Zeilen. Sie teilen und nacheinander einlesen.',
    en: 'The file has more than {maximum} rows. Split it and import the parts one after the other.',
  },
  'unknown-column': {
    de: 'Diese Spalte ist nicht bekannt. Bekannt sind: {known}',
    en: 'This column is not known. Known are: {known}',
  },
  'missing-column': { de: 'Diese Spalte fehlt.', en: 'This column is missing.' },
  'column-twice': {
    de: 'Diese Spalte steht zweimal da, das erste Mal als „{first}“.',
    en: 'This column is there twice, the first time as "{first}".',
  },
  'column-without-name': {
    de: 'Spalte {position} hat Inhalt, aber keinen Namen in der ersten Zeile.',
    en: 'Column {position} has content but no name in the first row.',
  },
  'too-many-cells': {
    de: 'Die Zeile hat {cells} Zellen, die Kopfzeile {columns}.',
    en: 'The row has {cells} cells, the header {columns}.',
  },
  'unreadable-character': {
    de: 'Hier steht ein Zeichen, das nicht lesbar ist. Die Datei als UTF-8 speichern.',
    en: 'There is a character here that cannot be read. Save the file as UTF-8.',
  },
  // a cell
  empty: { de: 'Diese Angabe fehlt.', en: 'This is missing.' },
  'no-figure': {
    de: '„{text}“ ist keine Zahl mit höchstens {digits} Nachkommastellen.',
    en: '"{text}" is no figure with at most {digits} decimals.',
  },
  'no-whole-figure': { de: '„{text}“ ist keine ganze Zahl.', en: '"{text}" is no whole number.' },
  'figure-two-ways': {
    de: '„{text}“ kann {thousands} oder {decimals} heißen; in dieser Datei steht nichts, was es entscheidet.',
    en: '"{text}" can mean {thousands} or {decimals} (decimal comma); nothing in this file decides it.',
  },
  'below-zero': { de: '„{text}“ ist kleiner als null.', en: '"{text}" is less than zero.' },
  'too-large': { de: '„{text}“ ist zu groß.', en: '"{text}" is too large.' },
  'too-small': { de: '„{text}“ ist zu klein.', en: '"{text}" is too small.' },
  'too-long': { de: 'Höchstens {maximum} Zeichen.', en: 'At most {maximum} characters.' },
  'too-many': { de: 'Höchstens {maximum} Einträge.', en: 'At most {maximum} entries.' },
  'neither-yes-nor-no': { de: '„{text}“ ist weder ja noch nein.', en: '"{text}" is neither yes nor no.' },
  'entry-form': {
    de: '„{text}“ hat nicht die Form: {form}',
    en: '"{text}" does not have the form: {form}',
  },
  'one-of': {
    de: '„{text}“ gibt es hier nicht. Möglich sind: {allowed}',
    en: '"{text}" is not possible here. Possible are: {allowed}',
  },
  form: {
    de: '„{text}“ passt hier nicht; richtig wäre z. B. {example}',
    en: '"{text}" does not fit; right is e.g. {example}',
  },
  invalid: { de: '„{text}“ ist nicht gültig: {reason}', en: '"{text}" is not valid: {reason}' },
  // what the cells say together
  'row-twice': { de: '„{text}“ steht schon in Zeile {row}.', en: '"{text}" is already in row {row}.' },
  'differs-from-row': {
    de: '„{text}“ steht in Zeile {row} anders. Weitere Zeilen eines Kunden fügen nur Lieferadressen hinzu.',
    en: '"{text}" differs from row {row}. Further rows of a customer only add delivery addresses.',
  },
  'no-delivery-address': {
    de: 'Kunde {text} steht schon in Zeile {row}, und diese Zeile hat keine Lieferadresse.',
    en: 'Customer {text} is already in row {row}, and this row has no delivery address.',
  },
  'gtin-check-digit': {
    de: 'Die GTIN {gtin} hat eine falsche Prüfziffer.',
    en: 'GTIN {gtin} has a wrong check digit.',
  },
  'gtin-taken': {
    de: 'Die GTIN {gtin} hat schon Artikel {article}.',
    en: 'Article {article} already has GTIN {gtin}.',
  },
  'price-twice': {
    de: 'Der Preis der Gruppe {priceGroup} ab dieser Menge steht zweimal da.',
    en: 'The price of group {priceGroup} from this quantity on is there twice.',
  },
  'unknown-article': { de: 'Den Artikel „{text}“ gibt es nicht.', en: 'Article "{text}" does not exist.' },
  'unknown-customer': { de: 'Den Kunden „{text}“ gibt es nicht.', en: 'Customer "{text}" does not exist.' },
  'unknown-location': {
    de: 'Den Lagerort „{text}“ gibt es nicht. Es gibt: {allowed}',
    en: 'Stock location "{text}" does not exist. There are: {allowed}',
  },
} as const satisfies Record<string, Record<Language, string>>

export type ProblemCode = keyof typeof problemTexts

/** A cell read, or why it can't be. */
export type Reading<T> = { value: T } | { wrong: ProblemCode; facts: Facts }

export interface RowProblem {
  /** row as a spreadsheet counts it; the header is row 1 */
  row: number
  /** as the file calls it */
  column: string
  code: ProblemCode
  facts: Facts
}

/** What is wrong with a table: the first problems in full, and how many rows have one. */
export interface Problems {
  named: RowProblem[]
  rows: Set<number>
}

/** A file with an error in every row must not fill the memory. */
const MOST_NAMED = 500

export function noProblems(): Problems {
  return { named: [], rows: new Set() }
}

export function note(problems: Problems, problem: RowProblem): void {
  problems.rows.add(problem.row)
  if (problems.named.length < MOST_NAMED) problems.named.push(problem)
}

export function problemText({ code, facts }: RowProblem, language: Language): string {
  return problemTexts[code][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = facts[name]
    return Array.isArray(value) ? value.join(', ') : String(value ?? '')
  })
}
