import { type Cents, mulDiv, type UnitPrice } from './money.ts'

/** Whole thousandths of the article's unit: 2.5 m is 2500, 3 pieces are 3000. */
export type Quantity = number

/** The scale of a quantity: how many thousandths make one unit. */
export const ONE = 1000

/** Quantity times unit price in cents, rounded half up: 333 pieces at 0,0425 € are 14,15 €. */
export function amountOf(quantity: Quantity, price: UnitPrice): Cents {
  // thousandths of a unit * ten-thousandths of a euro = 10^-7 €; a cent is 10^5 of them
  return mulDiv(quantity, price, 100_000)
}

/** A quantity as a plain decimal for XML and CSV, without trailing zeros: 2500 -> "2.5", 3000 -> "3". */
export function decimalOfQuantity(quantity: Quantity): string {
  const sign = quantity < 0 ? '-' : ''
  const q = Math.abs(quantity)
  const fraction = String(q % ONE)
    .padStart(3, '0')
    .replace(/0+$/, '')
  return `${sign}${Math.floor(q / ONE)}${fraction ? `.${fraction}` : ''}`
}
