import { type NewArticle, newArticle } from '../../common/catalog/api.ts'
import { entries, figure, orNothing, readCsv } from './read-csv.ts'

type Column =
  | 'number'
  | 'gtin'
  | 'nameDe'
  | 'nameEn'
  | 'descriptionDe'
  | 'descriptionEn'
  | 'unit'
  | 'packageUnits'
  | 'weightGrams'
  | 'vatClass'
  | 'listPrice'
  | 'prices'
  | 'active'

/** The range of the demo wholesaler, with every article of the captured shop orders in it. */
export function demoArticles(): NewArticle[] {
  return readCsv<Column>('articles.csv').map((row) =>
    newArticle.parse({
      number: row.number,
      gtin: orNothing(row.gtin),
      nameDe: row.nameDe,
      nameEn: orNothing(row.nameEn),
      descriptionDe: orNothing(row.descriptionDe),
      descriptionEn: orNothing(row.descriptionEn),
      unit: row.unit,
      packageUnits: entries(row.packageUnits).map(packageUnitOf),
      weightGrams: figure(row.weightGrams, 0),
      vatClass: row.vatClass,
      listPrice: figure(row.listPrice, 4),
      prices: entries(row.prices).map(priceOf),
      active: row.active === 'yes',
    }),
  )
}

/** `trade 100 0.0335`: price group, from which quantity on, net price. */
function priceOf(entry: string) {
  const [priceGroup, fromQuantity, price] = entry.split(' ')
  return { priceGroup, fromQuantity: figure(fromQuantity!, 3), price: figure(price!, 4) }
}

/** `XCT 12 12990000010374 Karton`: unit, how much is in it, its GTIN, its name. */
function packageUnitOf(entry: string) {
  const [unit, quantity, gtin, ...name] = entry.split(' ')
  return { unit, quantity: figure(quantity!, 3), gtin, name: name.join(' ') }
}
