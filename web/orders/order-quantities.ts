import type { Order } from '../../common/orders/api.ts'

type Line = Order['lines'][number]

/** Not yet delivered, whether on an open note or not. */
export const openOf = (line: Line): number => Math.max(0, line.ordered - line.cancelled - line.delivered)

/** Could go on a new delivery note now. */
export const deliverableOf = (line: Line): number =>
  line.kind === 'goods' ? Math.min(line.reserved, openOf(line) - line.planned) : 0

/** Could still be cancelled: neither delivered nor on a note. */
export const cancellableOf = (line: Line): number => Math.max(0, openOf(line) - line.planned)

/** Open, on no note and not put aside: the goods are not there. */
export const missingOf = (line: Line): number =>
  line.kind === 'goods' ? Math.max(0, openOf(line) - line.planned - line.reserved) : 0

/** Delivered and not yet billed. */
export const billableOf = (line: Line): number => Math.max(0, line.delivered - line.returned - line.invoiced)

/** What an order that isn't billed yet could still be paid ahead; 0 where there is nothing to wait for. */
export const prepaymentMissing = ({ gross, prepaid, status }: Order): number =>
  status.order === 'cancelled' || status.invoicing !== 'not-invoiced' ? 0 : Math.max(0, gross - prepaid)

/** Could still get an invoice before delivery: something of it is not billed. */
export const mayPayDown = ({ lines, status }: Order): boolean =>
  status.order !== 'cancelled' && lines.some((l) => l.ordered - l.cancelled - l.returned > l.invoiced)

export const linesToBill = (order: Order): Line[] =>
  order.lines.filter((line) => line.ordered - line.cancelled - line.returned > 0)
