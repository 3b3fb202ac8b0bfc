import { describe, expect, test } from 'vitest'
import { epcCode } from './epc-code.ts'

const transfer = {
  name: 'Nordwerk Baubedarf GmbH',
  iban: 'DE89 3704 0044 0532 0130 00',
  amount: 24324,
  text: 'RE-2026-000123',
}

describe('GiroCode', () => {
  test('says receiver, account, amount and invoice number in the order of EPC069-12', () => {
    expect(epcCode(transfer)).toBe(
      'BCD\n002\n1\nSCT\n\nNordwerk Baubedarf GmbH\nDE89370400440532013000\nEUR243.24\n\n\nRE-2026-000123',
    )
  })

  test('has a place for the bank, the purpose, a creditor reference and a word to the payer', () => {
    const code = epcCode({
      ...transfer,
      text: undefined,
      bic: 'cobadeffxxx',
      purpose: 'GDDS',
      reference: 'RF18539007547034',
      information: 'Vielen Dank',
    })
    expect(code.split('\n').slice(4)).toEqual([
      'COBADEFFXXX',
      'Nordwerk Baubedarf GmbH',
      'DE89370400440532013000',
      'EUR243.24',
      'GDDS',
      'RF18539007547034',
      '',
      'Vielen Dank',
    ])
  })

  test('cuts a long name to 70 characters and a text to 140, whatever letters they have', () => {
    const lines = epcCode({ ...transfer, name: 'Ä'.repeat(90), text: '1'.repeat(200) }).split('\n')
    expect(lines[5]).toBe('Ä'.repeat(70))
    expect(lines[10]).toBe('1'.repeat(140))
  })

  test('never breaks a line inside a field', () => {
    expect(epcCode({ ...transfer, name: 'Nordwerk\r\nBaubedarf' }).split('\n')[5]).toBe('Nordwerk Baubedarf')
  })

  test.each([0, -1, 1.5, 100_000_000_000])('refuses an amount that nobody can transfer: %s cents', (amount) => {
    expect(() => epcCode({ ...transfer, amount })).toThrow(RangeError)
  })

  test('takes a cent and all that a transfer can hold', () => {
    expect(epcCode({ ...transfer, amount: 1 })).toContain('EUR0.01')
    expect(epcCode({ ...transfer, amount: 99_999_999_999 })).toContain('EUR999999999.99')
  })

  test('has a creditor reference or a text, not both', () => {
    expect(() => epcCode({ ...transfer, reference: 'RF18539007547034' })).toThrow(/not both/)
  })

  test('does not grow beyond what a banking app reads (331 bytes)', () => {
    expect(() => epcCode({ ...transfer, name: 'Ä'.repeat(70), text: 'ß'.repeat(140) })).toThrow(/331 bytes/)
  })
})
