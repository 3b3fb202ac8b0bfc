import { inflateSync } from 'node:zlib'
import { BrokenPdf, type Cursor, EndOfPdf, type PdfDictionary, type PdfValue, readValue, UnsafePdf } from './values.ts'

export interface PdfObject {
  value: PdfValue
  /** bytes of a stream as they lie in the file */
  stream?: Buffer
}

export type PdfObjects = ReadonlyMap<number, PdfObject>

const MAX_VALUES = 1_000_000
/** what all streams with objects in them may inflate to, together */
const MAX_OBJECT_STREAMS = 32 * 1024 * 1024

/**
 * Every object of a PDF by its number, read from the front to the end without its table of references: that table is
 * the first thing to be wrong in a damaged file, and nothing here depends on it. Of an object that stands there twice
 * the later one counts, as with every program that appends its changes.
 */
export function readObjects(bytes: Buffer): PdfObjects {
  const text = bytes.toString('latin1')
  const objects = new Map<number, PdfObject>()
  const budget = { values: MAX_VALUES }
  let wasted = 0
  const start = /(\d{1,10})[\0\t\n\f\r ]{1,8}\d{1,5}[\0\t\n\f\r ]{1,8}obj/g
  for (let found = start.exec(text); found; found = start.exec(text)) {
    const cursor: Cursor = { text, at: start.lastIndex, budget }
    const object = readObject(cursor, bytes)
    if (object) {
      objects.set(Number(found[1]), object)
      start.lastIndex = cursor.at
    } else wasted += cursor.at - start.lastIndex
    // what can't be read is read again from the next number on; made for it, that would have no end
    if (wasted > text.length) throw new UnsafePdf('nothing but broken objects')
  }
  unpackObjectStreams(objects, budget)
  return objects
}

/** An object that can't be read is passed over: a page may be broken and the invoice whole. */
function readObject(cursor: Cursor, bytes: Buffer): PdfObject | undefined {
  try {
    const value = readValue(cursor)
    if (value.kind !== 'dictionary') return { value }
    const stream = readStream(cursor, value.value, bytes)
    return stream ? { value, stream } : { value }
  } catch (error) {
    if (error instanceof BrokenPdf && !(error instanceof EndOfPdf)) return undefined
    throw error
  }
}

function readStream(cursor: Cursor, dictionary: PdfDictionary, bytes: Buffer): Buffer | undefined {
  const keyword = /[\0\t\n\f\r ]{0,8}stream(\r\n|\n|\r)/y
  keyword.lastIndex = cursor.at
  if (!keyword.test(cursor.text)) return undefined
  const from = keyword.lastIndex
  const length = dictionary.get('Length')
  const stated = length?.kind === 'number' ? from + length.value : -1
  const isRight =
    stated >= from &&
    cursor.text
      .slice(stated, stated + 12)
      .trimStart()
      .startsWith('endstream')
  const to = isRight ? stated : cursor.text.indexOf('endstream', from)
  if (to < 0) throw new EndOfPdf('a stream without end')
  cursor.at = to
  return bytes.subarray(from, to)
}

/** ISO 32000-1, 7.5.7: objects that lie compressed in a stream. One that stands in the file itself goes first. */
function unpackObjectStreams(objects: Map<number, PdfObject>, budget: Cursor['budget']): void {
  let left = MAX_OBJECT_STREAMS
  for (const object of [...objects.values()]) {
    const dictionary = dictionaryOf(object)
    if (!object.stream || nameOf(dictionary?.get('Type')) !== 'ObjStm') continue
    const content = decodeStream(object, left)
    left -= content.length
    for (const [number, value] of objectsIn({ text: content.toString('latin1'), at: 0, budget }, dictionary!))
      if (!objects.has(number)) objects.set(number, { value })
  }
}

function objectsIn(cursor: Cursor, dictionary: PdfDictionary): [number, PdfValue][] {
  const first = numberOf(dictionary.get('First')) ?? 0
  const heads = cursor.text.slice(0, first).match(/\d+/g)?.map(Number) ?? []
  const found: [number, PdfValue][] = []
  for (let i = 0; i + 1 < heads.length; i += 2) {
    // one behind the other: a thousand heads for one object would be read a thousand times
    if (first + heads[i + 1]! < cursor.at) continue
    cursor.at = first + heads[i + 1]!
    const object = readObject(cursor, Buffer.alloc(0))
    if (object) found.push([heads[i]!, object.value])
  }
  return found
}

/** The bytes of a stream, inflated to at most `limit`. Only what writers use for files: nothing or FlateDecode. */
export function decodeStream({ value, stream }: PdfObject, limit: number): Buffer {
  const filter = value.kind === 'dictionary' ? value.value.get('Filter') : undefined
  const filters = (filter?.kind === 'array' ? filter.value : filter ? [filter] : []).map(nameOf)
  if (!stream || filters.length > 1 || (filters.length === 1 && filters[0] !== 'FlateDecode'))
    throw new BrokenPdf(`a stream packed as ${filters.join(', ')}`)
  if (filters.length === 0) {
    if (stream.length > limit) throw new UnsafePdf('larger than any invoice')
    return stream
  }
  try {
    return inflateSync(stream, { maxOutputLength: Math.max(limit, 1) })
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw new UnsafePdf('inflates without end')
    throw new BrokenPdf('a stream that does not inflate')
  }
}

export function dictionaryOf(object: PdfObject | undefined): PdfDictionary | undefined {
  return object?.value.kind === 'dictionary' ? object.value.value : undefined
}

export function nameOf(value: PdfValue | undefined): string | undefined {
  return value?.kind === 'name' ? value.value : undefined
}

function numberOf(value: PdfValue | undefined): number | undefined {
  return value?.kind === 'number' ? value.value : undefined
}
