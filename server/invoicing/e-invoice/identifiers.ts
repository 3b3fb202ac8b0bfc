import { modulo97 } from '../../../common/iban.ts'

/** Check digits of the identifiers that an invoice carries. All take the identifier as written, blanks allowed. */

/** Leitweg-ID: coarse part of 2 to 12 digits, fine part (may be missing), two check digits (ISO 7064 mod 97-10). */
export function isLeitwegId(text: string): boolean {
  return LEITWEG_ID.test(text) && modulo97(text.replaceAll('-', '').toUpperCase()) === 1
}

/** Whether a buyer reference (BT-10) means to be a Leitweg-ID; trade partners put anything else there. */
export function looksLikeLeitwegId(text: string): boolean {
  return LEITWEG_ID.test(text)
}

const LEITWEG_ID = /^\d{2,12}(-[A-Za-z0-9]{1,30})?-\d{2}$/

/** GLN and GTIN: the weighted sum of all digits, 3 and 1 from the right, is a multiple of ten. */
export function hasGs1CheckDigit(text: string): boolean {
  if (!/^\d{8,14}$/.test(text)) return false
  const digits = [...text].reverse().map(Number)
  return digits.reduce((sum, digit, i) => sum + digit * (i % 2 === 0 ? 1 : 3), 0) % 10 === 0
}

/** Form of a VAT id of the country in its prefix; a country outside the EU may have any. */
export function isVatIdForm(text: string): boolean {
  const id = text.replace(/[\s.-]/g, '').toUpperCase()
  const form = VAT_ID_FORMS[id.slice(0, 2)]
  return form === undefined ? /^[A-Z]{2}[A-Z0-9]{2,}$/.test(id) : form.test(id.slice(2))
}

const VAT_ID_FORMS: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-Z0-9]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^\d[A-Z0-9+*]\d{5}[A-Z]{1,2}$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[A-Z0-9+*]{10}\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  XI: /^(\d{9}|\d{12}|(GD|HA)\d{3})$/,
}
