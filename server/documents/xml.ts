/**
 * A small XML writer. Every function gives finished markup, or '' where there is nothing to say: so an element without
 * content is never written (PEPPOL-EN16931-R008 forbids empty ones), and a caller needs no conditions for what is optional.
 */

declare const markup: unique symbol

/** Finished, escaped XML. Only the functions of this file make it, so text can't slip into a document unescaped. */
export type Xml = string & { readonly [markup]: true }

export type XmlAttributes = Readonly<Record<string, string | undefined>>

const NOTHING = '' as Xml

/** What XML 1.0 forbids or discourages: control characters, lone surrogates, non-characters; tab and newline stay. */
const FORBIDDEN = /[[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]--[\t\n]]/gv

/** Text that the document has to escape or to clean; anything else is written as it is. */
const SPECIAL = /[<>\&"'\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/v

/** Text as XML content: line ends become newlines, page and column breaks spaces, what XML forbids is left out. */
export function escapeXml(text: string): Xml {
  if (!SPECIAL.test(text)) return text as Xml
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\v\f]/g, ' ')
    .replace(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;') as Xml
}

/** An element of other elements; '' when none of them says anything. */
export function element(name: string, ...children: readonly Xml[]): Xml {
  const content = children.join('')
  return content === '' ? NOTHING : (`<${name}>${content}</${name}>` as Xml)
}

/** An element of text; '' when the text is missing or blank. White space inside and at the ends is kept. */
export function textElement(name: string, text: string | undefined, attributes?: XmlAttributes): Xml {
  if (text === undefined) return NOTHING
  const content = escapeXml(text)
  if (content.trim() === '') return NOTHING
  return `<${name}${attributes ? writeAttributes(attributes) : ''}>${content}</${name}>` as Xml
}

/** Elements side by side, for a group that has no parent of its own or comes from a list. */
export function elements(...parts: readonly Xml[]): Xml {
  return parts.join('') as Xml
}

/** A whole document in UTF-8 with the namespaces declared at its root. */
export function xmlDocument(root: string, namespaces: XmlAttributes, ...children: readonly Xml[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${writeAttributes(namespaces)}>${children.join('')}</${root}>\n`
}

function writeAttributes(attributes: XmlAttributes): string {
  let out = ''
  for (const name in attributes) {
    const value = attributes[name]
    // a parser reads a line break in an attribute as a space: say so ourselves
    if (value !== undefined) out += ` ${name}="${escapeXml(value).replace(/\s/g, ' ')}"`
  }
  return out
}
