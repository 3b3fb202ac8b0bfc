import { inflateSync } from 'node:zlib'

/* Reads what the tests ask of a PDF written by Typst: its text in reading order, its pages, the file inside it. */

type Objects = Map<number, string>

/** The text of each page, one line for each run of text on the paper. */
export function pagesOf(pdf: Uint8Array): string[] {
  const objects = objectsOf(pdf)
  const pages = [...objects.values()].find((object) => /\/Type \/Pages/.test(object) && !/\/Parent /.test(object))
  return pages ? leavesOf(pages, objects).map((page) => textOf(page, objects)) : []
}

export function textOfPdf(pdf: Uint8Array): string {
  return pagesOf(pdf).join('\n')
}

/** The first file embedded in the PDF, as it was handed in. */
export function embeddedFileOf(pdf: Uint8Array): string | undefined {
  const file = [...objectsOf(pdf).values()].find((object) => object.includes('/Type /EmbeddedFile'))
  return file && streamOf(file).toString('utf8')
}

/** Everything that is readable without unpacking: the structure and the metadata. */
export function plainOf(pdf: Uint8Array): string {
  return Buffer.from(pdf).toString('utf8')
}

function objectsOf(pdf: Uint8Array): Objects {
  const found = Buffer.from(pdf)
    .toString('latin1')
    .matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)
  return new Map([...found].map(([, number, body]) => [Number(number), body!]))
}

function streamOf(object: string): Buffer {
  const from = object.indexOf('stream\n') + 'stream\n'.length
  const raw = Buffer.from(object.slice(from, object.lastIndexOf('\nendstream')), 'latin1')
  return object.includes('/FlateDecode') ? inflateSync(raw) : raw
}

function leavesOf(node: string, objects: Objects): string[] {
  const kids = /\/Kids \[([^\]]*)\]/.exec(node)?.[1]
  if (kids === undefined) return [node]
  return [...kids.matchAll(/(\d+) 0 R/g)].flatMap(([, number]) => leavesOf(objects.get(Number(number))!, objects))
}

/** Strings may hold brackets in pairs. */
const FONT_OR_STRING = /\/(f\d+) [\d.]+ Tf|\(((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*)\)/g

function textOf(page: string, objects: Objects): string {
  const fonts = new Map(
    [...page.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name, number]) => [name!, lettersOf(Number(number), objects)]),
  )
  const contents = Number(/\/Contents (\d+) 0 R/.exec(page)![1])
  const drawing = streamOf(objects.get(contents)!).toString('latin1')
  let letters = new Map<string, string>()
  const runs: string[] = []
  for (const [run] of drawing.matchAll(/BT\n[\s\S]*?\nET/g)) {
    let text = ''
    for (const [, font, string] of run.matchAll(FONT_OR_STRING)) {
      if (font) letters = fonts.get(font)!
      else
        text += glyphsOf(string!)
          .map((glyph) => letters.get(glyph) ?? '')
          .join('')
    }
    runs.push(text)
  }
  return runs.join('\n')
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** The glyphs of a string, two bytes each: ISO 32000-1 7.3.4.2. */
function glyphsOf(string: string): string[] {
  const bytes = string.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (_, octal?: string, letter?: string) =>
    octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (ESCAPES[letter!] ?? letter!),
  )
  return Buffer.from(bytes, 'latin1').toString('hex').toUpperCase().match(/.{4}/g) ?? []
}

/** From glyph to letters, as the font's ToUnicode table says. */
function lettersOf(font: number, objects: Objects): Map<string, string> {
  const table = Number(/\/ToUnicode (\d+) 0 R/.exec(objects.get(font)!)![1])
  const entries = streamOf(objects.get(table)!)
    .toString('latin1')
    .matchAll(/^<([0-9A-F]{4})> <([0-9A-F]+)>$/gm)
  return new Map(
    [...entries].map(([, glyph, letters]) => [glyph!, Buffer.from(letters!, 'hex').swap16().toString('utf16le')]),
  )
}
