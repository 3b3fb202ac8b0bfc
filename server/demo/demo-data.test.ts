import { describe, expect, test } from 'vitest'
import { gtinHasRightCheckDigit } from '../../common/catalog/gtin.ts'
import { demoArticles, demoCustomers, demoMerchant, demoStock } from './index.ts'

const articles = demoArticles()
const customers = demoCustomers()
const { merchant, branches, locations, channels } = demoMerchant()
const stock = demoStock()

describe('the articles of the demo', () => {
  test('are about three hundred, sold by the piece, package, metre, kilogram, litre, set and pair', () => {
    expect(articles.length).toBeGreaterThanOrEqual(300)
    expect([...new Set(articles.map((a) => a.unit))].sort()).toEqual(['H87', 'KGM', 'LTR', 'MTR', 'PR', 'SET', 'XPK'])
  })
  test('have their number and every GTIN once, with the right check digit', () => {
    const gtins = articles.flatMap((a) => [a.gtin!, ...a.packageUnits.map((p) => p.gtin!)])
    expect(gtins.filter((gtin) => !gtinHasRightCheckDigit(gtin))).toEqual([])
    expect(repeated(gtins)).toEqual([])
    expect(repeated(articles.map((a) => a.number))).toEqual([])
  })
  test('carry GTINs that belong to nobody, but for the one that a shop order brought along', () => {
    expect(articles.filter((a) => !a.gtin!.startsWith('299')).map((a) => a.number)).toEqual(['SAEG-190-24Z'])
  })
  test('are all taxed at 19 percent but the books, which are at 7', () => {
    expect(
      articles
        .filter((a) => a.vatClass !== 'standard')
        .every((a) => a.number.startsWith('BUCH-') && a.vatClass === 'reduced'),
    ).toBe(true)
  })
  test('get cheaper with the quantity and from list to trade to project price', () => {
    for (const { listPrice, prices, number } of articles) {
      const of = (group: string) => prices.filter((p) => p.priceGroup === group).map((p) => p.price)
      for (const group of ['standard', 'trade', 'project']) {
        const [row, sorted] = [of(group), of(group).toSorted((a, b) => b - a)]
        expect(row, number).toEqual(sorted)
      }
      const first = [listPrice!, ...of('trade').slice(0, 1), ...of('project').slice(0, 1)]
      expect(first, number).toEqual(first.toSorted((a, b) => b - a))
    }
  })
  test('include those that the captured shop orders name', () => {
    const known = new Set(articles.filter((a) => a.active).map((a) => a.number))
    const named = [
      'SCHR-4x40-200',
      'UNTL-M8-1000',
      'GEWI-M12-2M',
      'BUCH-HOLZVERB',
      'SAEG-190-24Z',
      'HOLZ-4x20-500',
      'HOLZ-4x215-500',
    ]
    expect(named.filter((number) => !known.has(number))).toEqual([])
    expect(articles.find((a) => a.number === 'HAMM-300')!.nameDe).toBe('Schlosserhammer 300 g, "Eschenstiel"')
  })
})

describe('the customers of the demo', () => {
  test('are sixty: companies, consumers, an authority, buyers abroad, one blocked', () => {
    expect(customers).toHaveLength(60)
    expect(customers.filter((c) => c.kind === 'consumer')).toHaveLength(12)
    expect(customers.filter((c) => c.invoiceFormat === 'xrechnung-ubl').map((c) => c.name)).toEqual([
      'Stadtverwaltung Oberquellnitz',
    ])
    expect(customers.filter((c) => c.vatTreatment !== 'domestic').map((c) => c.billTo.country)).toEqual(['NL', 'CH'])
    expect(customers.filter((c) => c.blocked)).toHaveLength(1)
  })
  test('can be told apart by number, e-mail and VAT id, so that a shop order finds the right one', () => {
    expect(repeated(customers.map((c) => c.number!))).toEqual([])
    expect(repeated(customers.flatMap((c) => c.email ?? []))).toEqual([])
    expect(repeated(customers.flatMap((c) => c.vatId ?? []))).toEqual([])
    expect(customers.find((c) => c.vatId === 'DE999999999')!.email).toBe('einkauf@holzbau-kraeher.example.test')
  })
  test('live at addresses that nobody has: reserved domains, telephone numbers of films', () => {
    for (const { email, contact } of customers) {
      expect(email).toMatch(/\.example$|@example\.com$|\.example\.test$/)
      expect(contact.phone).toMatch(/^\+49 (171 39200\d\d|30 23125-\d{3})$|0{6}$/)
    }
  })
  test('the authority has a Leitweg-ID with the right check digits', () => {
    const { buyerReference, electronicAddress } = customers.find((c) => c.invoiceFormat === 'xrechnung-ubl')!
    expect(electronicAddress).toEqual({ scheme: '0204', value: buyerReference })
    expect(remainderOf97(buyerReference!.replaceAll('-', ''))).toBe(1)
  })
  test('German VAT ids have the right check digit', () => {
    const ids = [merchant.vatId!, ...customers.flatMap((c) => (c.vatId?.startsWith('DE') ? [c.vatId] : []))]
    expect(ids.filter((id) => !germanVatIdHasRightCheckDigit(id))).toEqual(['DE999999999'])
  })
})

describe('the merchant of the demo', () => {
  test('has bank accounts with the right check digits', () => {
    expect(merchant.bankAccounts.map(({ iban }) => remainderOf97(iban.slice(4) + iban.slice(0, 4)))).toEqual([1, 1])
  })
  test('sells by web shop, two branches and telephone from three stock locations', () => {
    expect(branches.map((b) => b.id)).toEqual(locations.map((l) => l.branchId))
    expect(channels.map((c) => [c.code, c.locations.map((id) => locations.find((l) => l.id === id)!.code)])).toEqual([
      ['web-shop', ['ZL', 'BZ', 'CB']],
      ['bautzen', ['BZ', 'ZL']],
      ['cottbus', ['CB', 'ZL']],
      ['phone', ['ZL', 'BZ', 'CB']],
    ])
  })
  test('keeps stock of known articles at known locations, one figure each', () => {
    const [numbers, codes] = [new Set(articles.map((a) => a.number)), new Set(locations.map((l) => l.code))]
    expect(stock.filter((s) => !numbers.has(s.article) || !codes.has(s.location) || s.quantity <= 0)).toEqual([])
    expect(repeated(stock.map((s) => `${s.article} ${s.location}`))).toEqual([])
  })
})

function repeated(values: readonly string[]): string[] {
  return values.filter((value, i) => values.indexOf(value) !== i)
}

/** ISO 7064 mod 97-10 with letters as 10 to 35: IBAN and Leitweg-ID are right when 1 is left. */
function remainderOf97(text: string): number {
  return [...text].reduce((rest, c) => Number(`${rest}${Number.parseInt(c, 36)}`) % 97, 0)
}

/** ISO 7064 mod 11,10. */
function germanVatIdHasRightCheckDigit(id: string): boolean {
  const product = [...id.slice(2, 10)].reduce((p, digit) => (2 * ((Number(digit) + p) % 10 || 10)) % 11, 10)
  return (11 - product) % 10 === Number(id[10])
}
