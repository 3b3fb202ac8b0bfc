import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sepaText } from './sepa-text.ts'

test.each([
  ['Müller & Söhne GmbH', 'Mueller + Soehne GmbH'],
  ['Straße des 17. Juni', 'Strasse des 17. Juni'],
  ['Łukasz Żółć, Çağrı Ünlü', 'Lukasz Zolc, Cagri Uenlü'.replace('ü', 'ue')],
  ['O’Brien – Bürobedarf', "O'Brien - Buerobedarf"],
  ['//RK-2026-000001//', 'RK-2026-000001'],
  ['漢字', 'NOTPROVIDED'],
])('%s is written %s', (text, written) => {
  expect(sepaText(text, 70)).toBe(written)
})

test('whatever somebody is called, every bank can read it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 1, max: 140 }), (text, maximum) => {
      const written = sepaText(text, Math.max(maximum, 11))
      expect(written).toMatch(/^[A-Za-z0-9?:().,'+-](?:[A-Za-z0-9/?:().,'+ -]*[A-Za-z0-9?:().,'+-])?$/)
      expect(written).not.toContain('//')
      expect(written.length).toBeLessThanOrEqual(Math.max(maximum, 11))
    }),
  )
})
