import { readdirSync, readFileSync } from 'node:fs'

const FOLDER = new URL('./fonts/', import.meta.url)

/** The shipped faces of Source Sans 3: nothing is taken from the machine, so that a page looks the same everywhere. */
export function readFonts(): Buffer[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ttf'))
  return files.sort().map((file) => readFileSync(new URL(file, FOLDER)))
}

/**
 * A function that makes any text printable. PDF/A refuses a page with a character that its font can't draw, and a
 * merchant must be able to invoice a "🍕 Margherita": such characters become "□"; the structured invoice keeps them.
 */
export function printableBy(fonts: readonly Buffer[]): (text: string) => string {
  const [first, ...others] = fonts.map(codePointsOf)
  const known = new Map<string, boolean>()
  const isDrawable = (character: string): boolean => {
    let answer = known.get(character)
    if (answer === undefined) {
      const point = character.codePointAt(0)!
      answer = first!.has(point) && others.every((font) => font.has(point))
      known.set(character, answer)
    }
    return answer
  }
  return (text) => {
    if (ASCII.test(text)) return text
    let printable = ''
    for (const character of text.normalize('NFC').replace(INVISIBLE, ' ').replace(MODIFIERS, '')) {
      printable += character === '\n' || isDrawable(character) ? character : '□'
    }
    return printable
  }
}

const ASCII = /^[\n\x20-\x7e]*$/
/** control characters but for the line feed, and spaces that only a screen knows */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const INVISIBLE = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]/g
/** joiners and variation selectors: parts of an emoji that is replaced as a whole */
const MODIFIERS = /[\u{200b}-\u{200f}]|\u{2060}|[\u{fe00}-\u{fe0f}]|\u{feff}|[\u{1f3fb}-\u{1f3ff}]/gu

/** The characters a TrueType font has, from its cmap table (formats 4 and 12). */
function codePointsOf(font: Buffer): Set<number> {
  const cmap = tableAt(font, 'cmap')
  const points = new Set<number>()
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const subtable = cmap + font.readUInt32BE(cmap + 8 + 8 * i)
    const format = font.readUInt16BE(subtable)
    if (format === 4) addSegments(font, subtable, points)
    if (format === 12) addGroups(font, subtable, points)
  }
  return points
}

function tableAt(font: Buffer, tag: string): number {
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const entry = 12 + 16 * i
    if (font.toString('latin1', entry, entry + 4) === tag) return font.readUInt32BE(entry + 8)
  }
  throw new Error(`font without a table ${tag}`)
}

function addSegments(font: Buffer, at: number, points: Set<number>): void {
  const twice = font.readUInt16BE(at + 6)
  for (let i = 0; i < twice; i += 2) {
    const end = font.readUInt16BE(at + 14 + i)
    const start = font.readUInt16BE(at + 16 + twice + i)
    for (let point = start; point <= end && point < 0xffff; point++) points.add(point)
  }
}

function addGroups(font: Buffer, at: number, points: Set<number>): void {
  for (let i = 0; i < font.readUInt32BE(at + 12); i++) {
    const group = at + 16 + 12 * i
    for (let point = font.readUInt32BE(group); point <= font.readUInt32BE(group + 4); point++) points.add(point)
  }
}
