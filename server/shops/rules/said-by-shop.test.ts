import { expect, test } from 'vitest'
import { messageIn, withoutPersons } from './said-by-shop.ts'

const order = {
  email: 'beate@example.org',
  billing: { first_name: 'Beate', last_name: 'Beispiel', address_1: 'Sägewerkstraße 7', phone: '030 1234567' },
}

test('of an error answer only its message is kept, in the shape of each shop', () => {
  expect(
    messageIn(JSON.stringify({ code: 'rest_invalid', message: 'Ungültiger Parameter: billing', data: order })),
  ).toBe('rest_invalid Ungültiger Parameter: billing')
  const shopware = { errors: [{ code: 'CHECKOUT__ORDER', title: 'Not Found', detail: 'Order gone', meta: order }] }
  expect(messageIn(JSON.stringify(shopware))).toBe('CHECKOUT__ORDER Not Found Order gone')
  expect(messageIn(JSON.stringify({ errors: 'Not Found', order }))).toBe('Not Found')
  expect(messageIn(JSON.stringify(order))).toBe('')
  expect(messageIn(JSON.stringify([order, 'Beate Beispiel']))).toBe('')
  expect(messageIn(`<html><head><title>502 Bad Gateway</title></head><body>Beate Beispiel</body></html>`)).toBe(
    '502 Bad Gateway',
  )
  expect(messageIn('Beate Beispiel, Sägewerkstraße 7')).toBe('')
})

test('what a message quotes may be a person; names of fields and numbers of articles stay', () => {
  for (const [said, kept] of [
    ['customer beate@example.org exists', 'customer … exists'],
    ['Feld "billing.firstName" hat den Wert "Beate"', 'Feld "billing.firstName" hat den Wert "…"'],
    ["invalid value 'Weg 1' for 'address_1'", "invalid value '…' for 'address_1'"],
    ['kein Artikel „SCHR-5x60“', 'kein Artikel „SCHR-5x60“'],
    ['order "0190a1b2c3d4e5f60190a1b2c3d4e5f6" gone', 'order "0190a1b2c3d4e5f60190a1b2c3d4e5f6" gone'],
    ['call +49 30 1234567 or 030/1234567', 'call … or …'],
    ['DE02 1203 0000 0000 2020 51 is wrong', '… is wrong'],
    ['sold meanwhile: 12 -> 8, order 1000123', 'sold meanwhile: 12 -> 8, order 1000123'],
  ])
    expect(withoutPersons(said!)).toBe(kept)
})
