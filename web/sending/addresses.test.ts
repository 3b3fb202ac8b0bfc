import { expect, test } from 'vitest'
import { addressesIn, areAddresses } from './addresses.ts'

test('several addresses may be typed as one likes, each counts once', () => {
  expect(addressesIn('a@x.example, b@x.example; a@x.example\nc@x.example ')).toEqual([
    'a@x.example',
    'b@x.example',
    'c@x.example',
  ])
  expect(addressesIn('  ')).toEqual([])
})

test('what is no address is seen before it is sent', () => {
  expect(areAddresses('a@x.example, b@x.example')).toBe(true)
  expect(areAddresses('a@x.example, b')).toBe(false)
  expect(areAddresses('"Quast" <a@x.example>')).toBe(false)
  expect(areAddresses(Array.from({ length: 11 }, (_, i) => `a${i}@x.example`).join(','))).toBe(false)
})
