import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { element, elements, escapeXml, textElement, xmlDocument } from './xml.ts'

describe('XML writer', () => {
  test('escapes what means something to XML, in text and in attributes', () => {
    expect(textElement('a', `<b> & "c" 'd'`, { x: `1 < "2" & '3'` })).toBe(
      '<a x="1 &lt; &quot;2&quot; &amp; &apos;3&apos;">&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;</a>',
    )
  })

  test('leaves out characters that XML 1.0 forbids, keeps tab and newline, makes one kind of line end', () => {
    expect(escapeXml('a\u0000b\u0008c\u001fd\ud800e\ufffef\tg\r\nh\ri\u000bj')).toBe('abcdef\tg\nh\ni j')
    expect(escapeXml('Grüße 😀 €')).toBe('Grüße 😀 €')
  })

  test('writes no element without content', () => {
    expect(textElement('a', undefined, { x: '1' })).toBe('')
    expect(textElement('a', ' \n ')).toBe('')
    expect(textElement('a', '\u0007')).toBe('')
    expect(element('a', element('b', textElement('c', '')))).toBe('')
    expect(elements()).toBe('')
  })

  test('keeps the white space of a text that has one: the newline after a Skonto line counts', () => {
    expect(textElement('a', '#x#\n')).toBe('<a>#x#\n</a>')
  })

  test('leaves out an attribute without a value and writes line breaks in one as spaces', () => {
    expect(textElement('a', 'b', { x: undefined, y: 'c\nd' })).toBe('<a y="c d">b</a>')
  })

  test('a document declares its encoding and namespaces', () => {
    expect(xmlDocument('r', { 'xmlns:a': 'urn:a' }, textElement('a:b', 'c'))).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<r xmlns:a="urn:a"><a:b>c</a:b></r>\n',
    )
  })

  test('any text comes back from a parser as it was, but for what XML forbids', () => {
    const parser = new XMLParser({ parseTagValue: false, trimValues: false })
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cleaned = text
          .replace(/\r\n?/g, '\n')
          .replace(/[\v\f]/g, ' ')
          .replace(/[[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]--[\t\n]]/gv, '')
        fc.pre(cleaned.trim() !== '')
        expect(parser.parse(textElement('a', text)).a).toBe(cleaned)
      }),
    )
  })
})
