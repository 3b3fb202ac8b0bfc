import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { secretBox } from './secret-box.ts'

const box = secretBox(randomBytes(32))

test('a secret comes out as it went in, and looks different every time', () => {
  const [first, second] = [box.seal('smtp', 'geheim ü'), box.seal('smtp', 'geheim ü')]
  expect(first).not.toBe(second)
  expect(first).not.toContain('geheim')
  expect([box.open('smtp', first), box.open('smtp', second)]).toEqual(['geheim ü', 'geheim ü'])
})

test('with another key, under another name, or changed, it stays closed', () => {
  const sealed = box.seal('smtp', 'geheim')
  expect(secretBox(randomBytes(32)).open('smtp', sealed)).toBeUndefined()
  expect(box.open('other', sealed)).toBeUndefined()
  expect(box.open('smtp', `${sealed.slice(0, -2)}AA`)).toBeUndefined()
  expect(box.open('smtp', 'v1.short')).toBeUndefined()
  expect(box.open('smtp', 'nonsense')).toBeUndefined()
})

test('a key of the wrong length is refused at once', () => {
  expect(() => secretBox(Buffer.alloc(16))).toThrow()
})
