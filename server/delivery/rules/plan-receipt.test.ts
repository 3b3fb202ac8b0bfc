import { expect, test } from 'vitest'
import { planReceipt } from './plan-receipt.ts'

const now = new Date('2026-11-24T11:00:00Z')
const note = { number: 'LS-2026-000001', issued: true, receipts: 0 }
const wish = { takenAt: now, reason: undefined }

test('who took the goods of an issued note is said once', () => {
  expect(planReceipt(note, wish, now)).toEqual({ position: 1 })
  expect(planReceipt({ ...note, receipts: 1 }, wish, now)).toMatchObject({ code: 'receipt-there' })
})
test('said anew with a reason it stands after the former ones', () => {
  expect(planReceipt({ ...note, receipts: 2 }, { ...wish, reason: 'falscher Name' }, now)).toEqual({ position: 3 })
})
test('of what has not left nobody can have taken anything', () => {
  expect(planReceipt({ ...note, issued: false }, wish, now)).toMatchObject({ code: 'note-not-issued' })
})
test('a device whose clock goes a little before is believed, tomorrow is not', () => {
  expect(planReceipt(note, { ...wish, takenAt: new Date('2026-11-24T11:04:00Z') }, now)).toEqual({ position: 1 })
  const tomorrow = { ...wish, takenAt: new Date('2026-11-25T11:00:00Z') }
  expect(planReceipt(note, tomorrow, now)).toMatchObject({ code: 'taken-in-future' })
})
