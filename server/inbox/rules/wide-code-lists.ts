/* The whole lists that EN 16931 binds, where our own invoices use only a few codes of them. */

const codes = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** UNTDID 1001 for invoices and credit notes */
export const TYPE_CODES = codes(`
  71 80 81 82 83 84 102 130 202 203 204 211 218 219 261 262 295 296 308 325 326 331 380 381 382 383 384 385 386 387 388
  389 390 393 394 395 396 420 456 457 458 471 472 473 500 501 502 503 527 532 553 575 623 633 751 780 817 870 875 876
  877 935`)

/** UNTDID 4461 */
export const PAYMENT_MEANS = new Set([
  ...Array.from({ length: 70 }, (_, i) => String(i + 1)),
  ...codes('74 75 76 77 78 91 92 93 94 95 96 97 98 ZZZ'),
])

const CATEGORIES = codes('S Z E AE K G O L M B')

export function isVatCategory(category: string): boolean {
  return CATEGORIES.has(category)
}

/** VATEX with the national codes */
export function isVatexCode(code: string): boolean {
  return /^VATEX-(EU|FR)-[A-Z0-9-]{1,20}$/i.test(code)
}
