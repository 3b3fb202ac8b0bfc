/** Whether the last digit of a GTIN-8, -12, -13 or -14 is right (GS1 General Specifications: weights 3 and 1 from the right). */
export function gtinHasRightCheckDigit(gtin: string): boolean {
  if (!/^(\d{8}|\d{12}|\d{13}|\d{14})$/.test(gtin)) return false
  const digits = [...gtin].map(Number).reverse()
  const sum = digits.slice(1).reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10 === digits[0]
}
