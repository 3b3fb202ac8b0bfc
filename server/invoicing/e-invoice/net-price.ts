import { type Cents, decimalOf, decimalOfUnitPrice, roundHalfUp, type UnitPrice } from '../../../common/money.ts'
import { amountOf, type Quantity } from '../../../common/quantity.ts'

const FEWEST_DECIMALS = 4
const MOST_DECIMALS = 10

/**
 * BT-146, item net price: the agreed unit price where quantity times price gives the line amount before its allowances;
 * otherwise (a gross price, a share of a set) the shortest decimal of four to ten places that does. So
 * PEPPOL-EN16931-R120 holds to the cent. The price is never negative (BR-27), the quantity carries the sign.
 */
export function netPriceFor(net: Cents, allowances: Cents, quantity: Quantity, agreed?: UnitPrice): string {
  const amount = net + allowances
  if (agreed !== undefined && agreed >= 0 && amountOf(quantity, agreed) === amount) return decimalOfUnitPrice(agreed)
  if (amount === 0) return decimalOf(0, FEWEST_DECIMALS)
  if (quantity === 0 || quantity < 0 !== amount < 0) {
    throw new RangeError(`no price above zero makes ${amount} cents of ${quantity} thousandths`)
  }
  for (let decimals = FEWEST_DECIMALS; decimals <= MOST_DECIMALS; decimals += 1) {
    const price = priceWith(decimals, Math.abs(amount), Math.abs(quantity))
    if (price !== undefined) return decimalOfBig(price, decimals)
  }
  throw new RangeError(`no price of ${MOST_DECIMALS} decimals makes ${amount} cents of ${quantity} thousandths`)
}

/** Quantity times a price written as a decimal, in cents, rounded half up: the right side of PEPPOL-EN16931-R120. */
export function amountAtPrice(quantity: Quantity, price: string): Cents {
  const [whole = '0', fraction = ''] = price.split('.')
  // thousandths of a unit * 10^-n euro = 10^-(n+3) euro; a cent is 10^(n+1) of them
  return roundHalfUp(BigInt(whole + fraction) * BigInt(quantity), 10n ** BigInt(fraction.length + 1))
}

/** The price nearest to amount / quantity with so many decimals, if it gives the amount back. */
function priceWith(decimals: number, amount: Cents, quantity: Quantity): bigint | undefined {
  const scale = 10n ** BigInt(decimals + 1)
  const below = (BigInt(amount) * scale) / BigInt(quantity)
  const candidates = [below, below + 1n]
  const nearest =
    BigInt(amount) * scale * 2n - (below * 2n + 1n) * BigInt(quantity) < 0n ? candidates : candidates.reverse()
  return nearest.find((price) => roundHalfUp(price * BigInt(quantity), scale) === amount)
}

function decimalOfBig(value: bigint, decimals: number): string {
  const text = String(value).padStart(decimals + 1, '0')
  return `${text.slice(0, -decimals)}.${text.slice(-decimals)}`
}
