/** The values a PDF is made of (ISO 32000-1, 7.3), as far as an embedded file needs them. */
export type PdfValue =
  | { kind: 'name' | 'text'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'ref'; value: number }
  | { kind: 'array'; value: PdfValue[] }
  | { kind: 'dictionary'; value: Map<string, PdfValue> }
  | { kind: 'other' }

export type PdfDictionary = Map<string, PdfValue>

/** Where in the file one reads; the file as Latin-1, so that a character is a byte. */
export interface Cursor {
  text: string
  at: number
  /** how many values may still be read, of all cursors of a file together: memory is bounded by it */
  budget: { values: number }
}

/** Thrown where the file is no PDF one can read; the caller refuses it. */
export class BrokenPdf extends Error {}

/** The file ends in the midst of something: nothing behind it can be read either. */
export class EndOfPdf extends BrokenPdf {}

/** Thrown where a file would cost more than any invoice does. */
export class UnsafePdf extends Error {}

const MAX_DEPTH = 40
/** characters of a string; names of files and dates are strings, texts and pictures are streams */
const MAX_STRING = 1_000_000
const OTHER: PdfValue = { kind: 'other' }
const BLANK = /[\0\t\n\f\r ]*(?:%[^\r\n]*[\0\t\n\f\r ]*)*/y
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)/y
const REFERENCE = /(\d{1,10})[\0\t\n\f\r ]{1,8}\d{1,5}[\0\t\n\f\r ]{1,8}R(?![A-Za-z])/y
const NAME = /\/[^\0\t\n\f\r ()<>[\]{}/%]*/y
const HEX = /<[0-9A-Fa-f\s]*>/y
const WORD = /[A-Za-z]+/y

/** Reads one value and moves the cursor behind it. Throws where none is. */
export function readValue(cursor: Cursor, depth = 0): PdfValue {
  if (depth > MAX_DEPTH) throw new BrokenPdf('nested too deep')
  if (cursor.budget.values-- <= 0) throw new UnsafePdf('more values than any invoice has')
  take(cursor, BLANK)
  const start = cursor.text[cursor.at]
  if (start === '/') return { kind: 'name', value: decodeName(take(cursor, NAME)!) }
  if (start === '(') return { kind: 'text', value: readLiteral(cursor) }
  if (start === '[') return readArray(cursor, depth)
  if (start === '<') return readAngle(cursor, depth)
  const reference = match(cursor, REFERENCE)
  if (reference) return { kind: 'ref', value: Number(reference[1]) }
  const number = take(cursor, NUMBER)
  if (number) return { kind: 'number', value: Number(number) }
  if (take(cursor, WORD)) return OTHER
  if (cursor.at >= cursor.text.length) throw new EndOfPdf('the end instead of a value')
  throw new BrokenPdf(`no value at ${cursor.at}`)
}

function readAngle(cursor: Cursor, depth: number): PdfValue {
  if (cursor.text.startsWith('<<', cursor.at)) return readDictionary(cursor, depth)
  const hex = take(cursor, HEX)
  if (!hex) throw new BrokenPdf('a string without end')
  return { kind: 'text', value: Buffer.from(hex.replace(/[<>\s]/g, ''), 'hex').toString('latin1') }
}

function readArray(cursor: Cursor, depth: number): PdfValue {
  const value: PdfValue[] = []
  cursor.at += 1
  for (;;) {
    take(cursor, BLANK)
    if (cursor.text[cursor.at] === ']') break
    value.push(readValue(cursor, depth + 1))
  }
  cursor.at += 1
  return { kind: 'array', value }
}

function readDictionary(cursor: Cursor, depth: number): PdfValue {
  const value: PdfDictionary = new Map()
  cursor.at += 2
  for (;;) {
    take(cursor, BLANK)
    if (cursor.text.startsWith('>>', cursor.at)) break
    const name = take(cursor, NAME)
    if (!name) throw new BrokenPdf(`a dictionary without name at ${cursor.at}`)
    value.set(decodeName(name), readValue(cursor, depth + 1))
  }
  cursor.at += 2
  return { kind: 'dictionary', value }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** A string in parentheses, with its escapes (7.3.4.2). */
function readLiteral(cursor: Cursor): string {
  const { text } = cursor
  const parts: string[] = []
  let open = 0
  for (let at = cursor.at; at < text.length; at++) {
    const char = text[at]!
    if (char === '\\') {
      const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0]
      parts.push(octal ? String.fromCharCode(Number.parseInt(octal, 8) & 255) : escaped(text[at + 1] ?? ''))
      at += octal?.length ?? 1
      continue
    }
    if (char === '(' && open++ === 0) continue
    if (char === ')' && --open === 0) {
      cursor.at = at + 1
      return parts.join('')
    }
    parts.push(char)
    if (parts.length > MAX_STRING) throw new UnsafePdf('a string without end')
  }
  throw new EndOfPdf('a string that the file ends in')
}

function escaped(char: string): string {
  return char === '\n' || char === '\r' ? '' : (ESCAPES[char] ?? char)
}

function decodeName(name: string): string {
  return name.slice(1).replace(/#([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function match(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)
  if (found) cursor.at = pattern.lastIndex
  return found
}

function take(cursor: Cursor, pattern: RegExp): string | undefined {
  return match(cursor, pattern)?.[0]
}

/** A text string of a PDF: UTF-16 where it says so, else as good as Latin-1. */
export function textOf(value: PdfValue | undefined): string | undefined {
  if (value?.kind !== 'text') return undefined
  if (value.value.startsWith('\xfe\xff')) {
    const bytes = Buffer.from(value.value.slice(2), 'latin1')
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString('utf16le')
  }
  return value.value.startsWith('\xef\xbb\xbf') ? Buffer.from(value.value.slice(3), 'latin1').toString() : value.value
}
