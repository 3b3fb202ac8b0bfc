import { expect, test } from 'vitest'
import { refusalText } from './refusal.ts'

test('what is not there is named in the language of who asks', () => {
  const note = { what: 'delivery-note' }
  expect(refusalText('not-found', note, 'de')).toBe('Den Lieferschein gibt es nicht.')
  expect(refusalText('not-found', note, 'en')).toBe('The delivery note does not exist.')
  const login = { what: 'login', value: 'chef' }
  expect(refusalText('already-exists', login, 'de')).toBe('Den Anmeldenamen „chef“ gibt es schon.')
  expect(refusalText('already-exists', login, 'en')).toBe('User name "chef" already exists.')
  expect(refusalText('not-found', { what: 'GET /api/nothing' }, 'en')).toBe('GET /api/nothing does not exist.')
})

test('money, quantities and days are written as the language does', () => {
  const facts = { line: 1, requested: 2500, open: 1000 }
  expect(refusalText('cancel-exceeds-open', facts, 'de')).toContain('2,5 sollen')
  expect(refusalText('cancel-exceeds-open', facts, 'en')).toContain('2.5 are')
})
