/** IBAN: two letters, check digits, up to 30 more; the number that letters and digits make is 1 modulo 97 (ISO 13616). */
export function isIban(text: string): boolean {
  const iban = compactIban(text)
  return /^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/.test(iban) && modulo97(iban.slice(4) + iban.slice(0, 4)) === 1
}

export const compactIban = (text: string): string => text.replace(/\s/g, '').toUpperCase()

/** In groups of four, as people read it. */
export const spacedIban = (iban: string): string => compactIban(iban).replace(/(.{4})(?=.)/g, '$1 ')

/** Digits as they are, letters as 10 to 35, the whole modulo 97. */
export function modulo97(text: string): number {
  let rest = 0
  for (const character of text) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}
