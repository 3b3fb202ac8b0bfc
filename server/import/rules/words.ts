/* What merchants write where Tresen has a code. */

export const unitWords: Readonly<Record<string, string>> = {
  stück: 'H87',
  stueck: 'H87',
  stk: 'H87',
  'stk.': 'H87',
  st: 'H87',
  piece: 'H87',
  pcs: 'H87',
  kg: 'KGM',
  g: 'GRM',
  m: 'MTR',
  meter: 'MTR',
  lfm: 'MTR',
  m2: 'MTK',
  'm²': 'MTK',
  qm: 'MTK',
  l: 'LTR',
  liter: 'LTR',
  paar: 'PR',
  pair: 'PR',
  pack: 'XPK',
  packung: 'XPK',
  paket: 'XPK',
  karton: 'XCT',
  rolle: 'XRO',
  stunde: 'HUR',
  std: 'HUR',
}

export const vatClassWords: Readonly<Record<string, string>> = {
  '19': 'standard',
  '19%': 'standard',
  '7': 'reduced',
  '7%': 'reduced',
  '0': 'zero',
  '0%': 'zero',
  voll: 'standard',
  normal: 'standard',
  ermäßigt: 'reduced',
}

export const kindWords: Readonly<Record<string, string>> = {
  firma: 'company',
  unternehmen: 'company',
  geschäftskunde: 'company',
  gewerbe: 'company',
  privat: 'consumer',
  verbraucher: 'consumer',
  privatkunde: 'consumer',
}

export const billingWords: Readonly<Record<string, string>> = {
  'je lieferung': 'per-delivery',
  täglich: 'daily',
  wöchentlich: 'weekly',
  '14-tägig': 'fortnightly',
  '1. und 15.': 'first-and-fifteenth',
  monatlich: 'monthly',
  'ab betrag': 'above-amount',
  'von hand': 'by-hand',
}

export const groupingWords: Readonly<Record<string, string>> = {
  kunde: 'none',
  auftrag: 'order',
  lieferadresse: 'delivery-address',
  bestellnummer: 'buyer-order-number',
}

export const vatTreatmentWords: Readonly<Record<string, string>> = {
  inland: 'domestic',
  innergemeinschaftlich: 'intra-community',
  ausfuhr: 'export',
  drittland: 'export',
}

export const languageWords: Readonly<Record<string, string>> = {
  deutsch: 'de',
  german: 'de',
  englisch: 'en',
  english: 'en',
}

/** The code for a word, in any case and spacing; a word that is none stays and is checked as what it is. */
export function codeOf(text: string, words: Readonly<Record<string, string>>): string {
  const plain = text.toLowerCase().replace(/\s+/g, ' ')
  return words[plain] ?? words[plain.replace(' %', '%')] ?? text
}

/** Units are codes of UN/ECE Rec 20 in capitals, or a word for one. */
export function unitOf(text: string): string {
  const code = codeOf(text, unitWords)
  return /^[a-z0-9]{2,3}$/i.test(code) ? code.toUpperCase() : code
}

/** yes/no in the words people use. */
export function readYesNo(text: string): boolean | undefined {
  const word = text.toLowerCase()
  if (['yes', 'ja', 'j', 'y', 'true', '1', 'x', 'wahr'].includes(word)) return true
  if (['no', 'nein', 'n', 'false', '0', 'falsch'].includes(word)) return false
  return undefined
}
