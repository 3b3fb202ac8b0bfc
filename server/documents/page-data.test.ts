import { describe, expect, test } from 'vitest'
import { addressLines } from './page-data.ts'

const address = { street: 'Königsallee 5', postalCode: '40212', city: 'Düsseldorf', country: 'DE' }

describe('the address in the window', () => {
  test('has name, street and town, and no country within it', () => {
    expect(addressLines({ name: 'Bäckerei Süß', address }, 'de', 'DE')).toEqual([
      'Bäckerei Süß',
      'Königsallee 5',
      '40212 Düsseldorf',
    ])
  })

  test('names person and building before the street', () => {
    const party = {
      name: 'Bäckerei Süß',
      contact: { name: 'Frau Jäger' },
      address: { ...address, additional: 'Hinterhaus' },
    }
    expect(addressLines(party, 'de', 'DE').slice(0, 4)).toEqual([
      'Bäckerei Süß',
      'Frau Jäger',
      'Hinterhaus',
      'Königsallee 5',
    ])
  })

  test('ends with the country in capitals once it crosses a border, in the language of the document', () => {
    const vienna = { name: 'Süß', address: { postalCode: '1010', city: 'Wien', country: 'AT' } }
    expect(addressLines(vienna, 'de', 'DE').at(-1)).toBe('ÖSTERREICH')
    expect(addressLines(vienna, 'en', 'DE').at(-1)).toBe('AUSTRIA')
  })

  test('has the postal code behind the town where people write it so', () => {
    const london = { name: 'Sweet', address: { postalCode: 'SW1A 1AA', city: 'London', country: 'GB' } }
    expect(addressLines(london, 'en', 'DE')).toEqual(['Sweet', 'London SW1A 1AA', 'UNITED KINGDOM'])
  })
})
