import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { type Refusal, refuse } from '../../../common/refusal.ts'
import { MAX_DEPTH, MAX_ELEMENTS, MAX_XML } from './limits.ts'

/** An element; `isRead` once a term was taken from it, so that in the end one sees what nobody took. */
export interface XmlElement {
  name: string
  text: string
  attributes: Readonly<Record<string, string>>
  children: XmlElement[]
  isRead: boolean
}

export interface XmlTree {
  root: XmlElement
  /** those that the outermost element declares */
  namespaces: string[]
  /** an encoding that the file names and nobody knows; it was read as UTF-8 */
  wrongEncoding: string | undefined
}

const parser = new XMLParser({
  preserveOrder: true,
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // without a document type there are only the five entities of XML and characters by number
  processEntities: { enabled: true, maxTotalExpansions: Infinity, maxExpandedLength: Infinity },
  htmlEntities: true,
  maxNestedTags: MAX_DEPTH,
})

/**
 * The tree of an XML file. A document type is refused before anything is parsed: no e-invoice needs one, and it is the
 * only place where entities could be declared. So are more elements, more depth and more bytes than an invoice has.
 */
export function readXmlTree(bytes: Buffer): XmlTree | Refusal {
  if (bytes.length > MAX_XML) return refuse('unsafe-file')
  const { text, wrongEncoding } = decodeXml(bytes)
  if (text === undefined) return refuse('xml-broken')
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return refuse('unsafe-file')
  if (!isOfUsualShape(text)) return refuse('unsafe-file')
  if (XMLValidator.validate(text) !== true) return refuse('xml-broken')
  try {
    const [root] = elementsOf(parser.parse(text) as Parsed[])
    return root ? { root, namespaces: namespacesOf(text), wrongEncoding } : refuse('xml-broken')
  } catch {
    return refuse('xml-broken')
  }
}

function namespacesOf(text: string): string[] {
  const tag = /<[A-Za-z_][^>]*>/.exec(text)?.[0] ?? ''
  return [...tag.matchAll(/xmlns(?::[\w.-]+)?\s*=\s*["']([^"']*)["']/g)].map((m) => m[1]!)
}

type Parsed = { [name: string]: Parsed[] | string | Record<string, string> }

function elementsOf(parsed: readonly Parsed[]): XmlElement[] {
  return parsed.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text')
    if (name === undefined) return []
    const content = node[name] as Parsed[]
    const text = content.map((child) => child['#text'] ?? '').join('')
    return [
      {
        name,
        text: text.trim(),
        attributes: (node[':@'] ?? {}) as Record<string, string>,
        children: elementsOf(content),
        isRead: false,
      },
    ]
  })
}

/** The text of the file in the encoding it says, or in UTF-8 where nobody knows that one; none where the bytes are no text. */
function decodeXml(bytes: Buffer): { text?: string; wrongEncoding?: string } {
  const declared = /^[^<]{0,3}<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(
    bytes.subarray(0, 200).toString('latin1'),
  )?.[1]
  const decode = (encoding: string) => new TextDecoder(encoding, { fatal: true }).decode(bytes)
  try {
    return { text: decode(markOf(bytes) ?? declared ?? 'utf-8') }
  } catch (error) {
    // RangeError: no such encoding; TypeError: the bytes are none of it
    if (!(error instanceof RangeError)) return {}
  }
  try {
    return { text: decode('utf-8'), wrongEncoding: declared ?? '' }
  } catch {
    return {}
  }
}

/** The byte order mark of UTF-16. */
function markOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
}

/** characters of one tag with its attributes */
const MAX_TAG = 10_000

/** Counts tags and depth without building anything. */
function isOfUsualShape(text: string): boolean {
  let elements = 0
  let depth = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const next = text[at + 1]
    if (next === '?' || next === '!') continue
    if (next === '/') {
      depth -= 1
      continue
    }
    const end = text.indexOf('>', at)
    if (end < 0) return true
    if (end - at > MAX_TAG) return false
    if (text[end - 1] !== '/') depth += 1
    elements += 1
    if (elements > MAX_ELEMENTS || depth > MAX_DEPTH) return false
  }
  return true
}
