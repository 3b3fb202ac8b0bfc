import { describe, expect, test } from 'vitest'
import { isIban } from '../../../common/iban.ts'
import { hasGs1CheckDigit, isLeitwegId, isVatIdForm, looksLikeLeitwegId } from './identifiers.ts'

describe('identifiers in an invoice', () => {
  test.each(['DE89 3704 0044 0532 0130 00', 'de89370400440532013000', 'AT611904300234573201', 'NL91ABNA0417164300'])(
    '%s is an IBAN',
    (iban) => expect(isIban(iban)).toBe(true),
  )
  test.each(['DE88370400440532013000', 'DE89', '', '370400440532013000', 'DE89370400440532O13000'])(
    '%s is no IBAN',
    (iban) => expect(isIban(iban)).toBe(false),
  )

  test.each(['04011000-1234512345-06', '991-33333TEST-33', '04011000-12345ABCXYZ-86'])('%s is a Leitweg-ID', (id) =>
    expect(isLeitwegId(id)).toBe(true),
  )
  test.each(['04011000-1234512345-07', '04011000-1234512354-06'])('%s looks like one, but is none', (id) => {
    expect(looksLikeLeitwegId(id)).toBe(true)
    expect(isLeitwegId(id)).toBe(false)
  })
  test.each(['B-4711', 'Einkauf Maier', '4711', ''])('%s is not meant as a Leitweg-ID', (id) =>
    expect(looksLikeLeitwegId(id)).toBe(false),
  )

  test('GTIN and GLN end with a check digit', () => {
    expect(hasGs1CheckDigit('4006381333931')).toBe(true)
    expect(hasGs1CheckDigit('96385074')).toBe(true)
    expect(hasGs1CheckDigit('4006381333932')).toBe(false)
    expect(hasGs1CheckDigit('A')).toBe(false)
  })

  test.each(['DE123456789', 'ATU12345678', 'EL123456789', 'NL123456789B01', 'CHE123456788MWST', 'de 123 456 789'])(
    '%s has the form of a VAT id',
    (id) => expect(isVatIdForm(id)).toBe(true),
  )
  test.each(['DE12345678', 'AT12345678', '123456789', 'D'])('%s has not', (id) => expect(isVatIdForm(id)).toBe(false))
})
