import { mulDiv } from '../../../common/money.ts'
import { type PriceMode, vatOf } from '../../../common/tax/vat.ts'
import type { VendureOrder } from './shapes.ts'

type Facts = Pick<VendureOrder, 'lines' | 'shippingLines'>

/**
 * Whether the shop's prices were agreed with or without VAT. The order doesn't say, the arithmetic does: Vendure rounds
 * a piece and the line each by itself from the agreed side, so only on that side pieces x price is the line. Where
 * both sides are (one piece each), only the other side is the agreed one with VAT put on or taken out, rounded. Then a
 * shipping price with decimals, which Vendure leaves on the side it computed. Where nothing tells them apart both
 * ways come to the same money, and gross is what the customer saw.
 */
export function priceModeOf(order: Facts): PriceMode {
  for (const test of [piecesMakeTheLine, otherSideIsComputed, shippingHasDecimals]) {
    const { net, gross } = test(order)
    if (net !== gross) return net ? 'net' : 'gross'
  }
  return 'gross'
}

interface Possible {
  net: boolean
  gross: boolean
}

function piecesMakeTheLine({ lines }: Facts): Possible {
  return {
    net: lines.every((line) => line.unitPrice * line.quantity === line.linePrice),
    gross: lines.every((line) => line.unitPriceWithTax * line.quantity === line.linePriceWithTax),
  }
}

function otherSideIsComputed({ lines }: Facts): Possible {
  return {
    net: lines.every((line) => line.unitPriceWithTax === line.unitPrice + vatOf(line.unitPrice, line.taxRate)),
    gross: lines.every((line) => line.unitPrice === mulDiv(line.unitPriceWithTax, 10_000, 10_000 + line.taxRate)),
  }
}

function shippingHasDecimals({ shippingLines }: Facts): Possible {
  return {
    net: shippingLines.every((line) => Number.isInteger(line.price)),
    gross: shippingLines.every((line) => Number.isInteger(line.priceWithTax)),
  }
}
