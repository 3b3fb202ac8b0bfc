import { expect, test } from 'vitest'
import { judgeMatch, type MatchedBy } from './judge-match.ts'

const hit = (matchedBy: MatchedBy, id: string) => ({ matchedBy, id })
const judge = (found: ReturnType<typeof hit>[], keys: Parameters<typeof judgeMatch>[1] = {}) => {
  const { customer, by, sure } = judgeMatch(found, keys) ?? {}
  return [customer?.id, by, sure]
}

test('our number is sure, and a wrong one is nobody, whatever else fits', () => {
  const all = [hit('vat', 'B'), hit('number', 'A'), hit('shop', 'C')]
  expect(judge(all, { customerNumber: 'K-1' })).toEqual(['A', 'number', true])
  // a guest has no record that could name it: he typed it
  expect(judge(all, { customerNumber: 'K-1', guest: true })).toEqual(['A', 'number', false])
  expect(judge([hit('vat', 'B')], { customerNumber: 'K-2' })).toEqual([undefined, undefined, undefined])
})

test('a linked account in the shop is sure where its owner logged in; a guest only has its id', () => {
  const all = [hit('vat', 'B'), hit('shop', 'A')]
  expect(judge(all)).toEqual(['A', 'shop', true])
  expect(judge(all, { guest: true })).toEqual(['A', 'shop', false])
  // the id was given to a guest: it finds him, also where somebody has an account under it now
  const guest = [hit('vat', 'B'), hit('guest', 'A')]
  expect(judge(guest)).toEqual(['A', 'guest', false])
  expect(judge(guest, { guest: true })).toEqual(['A', 'guest', false])
})

test('a VAT id or an e-mail is a likeness, and none where two have it', () => {
  expect(judge([hit('email', 'A'), hit('vat', 'B')])).toEqual(['B', 'vat', false])
  expect(judge([hit('vat', 'A'), hit('vat', 'B'), hit('email', 'C')])).toEqual(['C', 'email', false])
  expect(judge([hit('email', 'A'), hit('email', 'B')])).toEqual([undefined, undefined, undefined])
})
