import type { Day } from '../../../common/dates.ts'
import { type Cents, decimalOfCents } from '../../../common/money.ts'
import { decimalOfQuantity, type Quantity } from '../../../common/quantity.ts'
import type { OrderState } from '../connector.ts'
import { decodeEntities } from '../rules/plain-text.ts'
import type { WooOrder } from './shapes.ts'

/* What an order's notes in the shop say; the buyer reads those of shipments, the merchant's staff the others. */

export function shipmentNote(order: WooOrder, shipment: OrderState['shipments'][number]): string {
  const goods = linesOf(order, shipment.lines)
  return [`Lieferschein ${shipment.number} vom ${dayOf(shipment.on)}: ${goods}.`, ...carriage(shipment)].join(' ')
}

export function trackingNote(shipment: OrderState['shipments'][number]): string {
  return [`Zu Lieferschein ${shipment.number}:`, ...carriage(shipment)].join(' ')
}

export function invoiceNote({ number, on, gross, open }: OrderState['invoices'][number]): string {
  return `Rechnung ${number} vom ${dayOf(on)} über ${euro(gross)}, davon offen ${euro(open)}.`
}

export function correctionNote({ number, on, corrects, gross, whole }: OrderState['corrections'][number]): string {
  const rest = whole ? ` ${corrects} ist damit aufgehoben.` : ''
  return `Rechnungskorrektur ${number} vom ${dayOf(on)} zu ${corrects} über ${euro(gross)}.${rest}`
}

export function paymentNote({ paid, reference }: OrderState['payment']): string {
  return `Bezahlt: ${euro(paid)}${reference ? ` (${plain(reference)})` : ''}.`
}

export function cancellationNote(
  order: WooOrder,
  lines: Readonly<Record<string, Quantity>> | 'all',
  reason: string,
): string {
  const what = lines === 'all' ? 'alles' : linesOf(order, lines)
  return `In Tresen storniert: ${what}.${reason === '' ? '' : ` Grund: ${plain(reason)}`}`
}

function carriage({ carrier, trackingNumber }: OrderState['shipments'][number]): string[] {
  const by = carrier ? [`Versand mit ${plain(carrier)}`] : []
  const tracking = trackingNumber ? [`Sendungsnummer ${plain(trackingNumber)}`] : []
  return by.length + tracking.length === 0 ? [] : [`${[...by, ...tracking].join(', ')}.`]
}

/** Names stay as the shop answers them: notes are HTML as they are. */
function linesOf(order: WooOrder, lines: Readonly<Record<string, Quantity>>): string {
  const parts = Object.entries(lines).map(([id, quantity]) => {
    const item = order.line_items.find((one) => one.id === id)
    const name = item ? `${item.name}${item.sku ? ` (${plain(item.sku)})` : ''}` : `Position ${id}`
    return `${decimalOfQuantity(quantity).replace('.', ',')} × ${name}`
  })
  return parts.join(', ')
}

function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function dayOf(day: Day): string {
  return day.split('-').reverse().join('.')
}

function euro(cents: Cents): string {
  return `${decimalOfCents(cents).replace('.', ',')} €`
}

/** Whether a note names this number: as a word of its own, so that LS-12 is not found in LS-123. */
export function names(note: string, number: string): boolean {
  const escaped = number.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`).test(decodeEntities(note))
}

/** The same words, whatever the shop did to spaces and entities in between. */
export function isSameNote(a: string, b: string): boolean {
  const simple = (text: string) => decodeEntities(text).replace(/\s+/g, ' ').trim()
  return simple(a) === simple(b)
}
