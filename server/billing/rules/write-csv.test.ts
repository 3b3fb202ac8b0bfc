import { expect, test } from 'vitest'
import { csvOf } from './write-csv.ts'

test('figures have a decimal comma, no grouping, and the minus in front', () => {
  const figures = [123_456_789, 5, 0, -5, -1_234].map((value) => ({ value, digits: 2 }))
  expect(csvOf([figures])).toBe('1234567,89;0,05;0,00;-0,05;-12,34\r\n')
  expect(csvOf([[{ value: 1_500, digits: 3 }]])).toBe('1,500\r\n')
})

test('what would break the columns is quoted, what would be a formula is a text', () => {
  expect(csvOf([['Müller; Söhne', 'Rohr 1/2"', 'a\nb']])).toBe('"Müller; Söhne";"Rohr 1/2""";"a\nb"\r\n')
  expect(csvOf([['=1+1', '@x', '-7', 'x=1']])).toBe("'=1+1;'@x;'-7;x=1\r\n")
})
