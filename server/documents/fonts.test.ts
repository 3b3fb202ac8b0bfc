import { describe, expect, test } from 'vitest'
import { printableBy, readFonts } from './fonts.ts'

const printable = printableBy(readFonts())

describe('what the paper can show', () => {
  test('European names and the signs of trade go through as they are', () => {
    const names = 'Größe ÄÖÜß – „Łódź“ Žižek Đoković Ñandú Çelik €  m² × ½ № ☕ Ελλάδα\nzweite Zeile'
    expect(printable(names)).toBe(names)
  })

  test('a letter and its loose accent become the one letter', () => {
    expect(printable('Mu\u0308ller')).toBe('Müller')
  })

  test('what the face does not have becomes a box, an emoji one box', () => {
    expect(printable('🍕 Margherita 漢字')).toBe('□ Margherita □□')
    expect(printable('👍🏽')).toBe('□')
  })

  test('control characters become spaces', () => {
    expect(printable('Tab\there\u0007')).toBe('Tab here ')
  })
})
