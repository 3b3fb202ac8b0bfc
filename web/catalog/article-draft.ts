import type { Article } from '../../common/catalog/api.ts'

/** An article while it is being written; empty texts are left out when it is saved. */
export interface ArticleDraft {
  number: string
  gtin: string
  nameDe: string
  nameEn: string
  descriptionDe: string
  unit: string
  weightGrams: number | undefined
  vatClass: string
  listPrice: number | undefined
  active: boolean
  packageUnits: { unit: string; name: string; quantity: number | undefined; gtin: string }[]
  prices: { priceGroup: string; fromQuantity: number | undefined; price: number | undefined }[]
}

export const emptyDraft: ArticleDraft = {
  number: '',
  gtin: '',
  nameDe: '',
  nameEn: '',
  descriptionDe: '',
  unit: 'H87',
  weightGrams: undefined,
  vatClass: 'standard',
  listPrice: undefined,
  active: true,
  packageUnits: [],
  prices: [],
}

export function draftOf(article: Article): ArticleDraft {
  return {
    number: article.number,
    gtin: article.gtin ?? '',
    nameDe: article.nameDe,
    nameEn: article.nameEn ?? '',
    descriptionDe: article.descriptionDe ?? '',
    unit: article.unit,
    weightGrams: article.weightGrams,
    vatClass: article.vatClass,
    listPrice: article.listPrice,
    active: article.active,
    packageUnits: article.packageUnits.map((p) => ({ ...p, name: p.name ?? '', gtin: p.gtin ?? '' })),
    prices: article.prices,
  }
}

/** What both a new and a changed article say. */
export function contentOf(draft: ArticleDraft) {
  return {
    nameDe: draft.nameDe.trim(),
    unit: draft.unit,
    vatClass: draft.vatClass,
    active: draft.active,
    // a row without a quantity says nothing
    packageUnits: draft.packageUnits.flatMap(({ unit, name, quantity, gtin }) =>
      quantity ? [{ unit, name: name.trim() || undefined, quantity, gtin: gtin || undefined }] : [],
    ),
    prices: draft.prices.flatMap(({ priceGroup, fromQuantity, price }) =>
      price === undefined
        ? []
        : [{ priceGroup: priceGroup.trim() || 'standard', fromQuantity: fromQuantity || 1000, price }],
    ),
  }
}

export const isComplete = (draft: ArticleDraft): boolean => draft.number.trim() !== '' && draft.nameDe.trim() !== ''
