import { isDay } from '../../../common/dates.ts'
import type { DeliveryNoteSnapshot, DeliveryNoteSnapshotLine, NoteParty } from './delivery-note-snapshot.ts'

/** What a delivery note lacks to be a Peppol Despatch Advice. */
export interface DespatchAdviceProblem {
  /** path into the snapshot: `recipient.electronicAddress`, `lines[2].unit` */
  field: string
  message: { de: string; en: string }
}

type Found = readonly [field: string, isThere: boolean, de: string, en: string]

const says = (text: string | undefined): boolean => text !== undefined && text.trim() !== ''

/**
 * The details a Peppol Despatch Advice must have (T16, rules PEPPOL-T16-B.. and R..), each with its name in the snapshot.
 * None: it may be sent.
 */
export function checkDespatchAdvice(note: DeliveryNoteSnapshot): DespatchAdviceProblem[] {
  const found: readonly Found[] = [
    ['number', says(note.number), 'Die Nummer des Lieferscheins fehlt.', 'The number of the delivery note is missing.'],
    ['issuedOn', isDay(note.issuedOn), 'Das Ausstellungsdatum fehlt.', 'The issue date is missing.'],
    ['deliveredOn', isDay(note.deliveredOn), 'Das Lieferdatum fehlt.', 'The delivery date is missing.'],
    ...partyProblems('supplier', note.supplier, 'des Lieferanten', 'of the supplier'),
    ...partyProblems('recipient', note.recipient, 'des Empfängers', 'of the recipient'),
    ...buyerProblems(note.buyer),
    ['orders', note.orders.length > 0, 'Die Bestellung fehlt.', 'The order is missing.'],
    ['lines', note.lines.length > 0, 'Der Lieferschein hat keine Position.', 'The delivery note has no line.'],
    ...note.lines.flatMap((line, index) => lineProblems(line, `lines[${index}]`, note)),
  ]
  return found.filter(([, isThere]) => !isThere).map(([field, , de, en]) => ({ field, message: { de, en } }))
}

/** Supplier and consignee: both are reached through Peppol, so both need an address there. */
function partyProblems(field: string, party: NoteParty, ofDe: string, ofEn: string): Found[] {
  const { address, electronicAddress } = party
  return [
    [`${field}.name`, says(party.name), `Der Name ${ofDe} fehlt.`, `The name ${ofEn} is missing.`],
    [
      `${field}.electronicAddress`,
      says(electronicAddress?.value) && says(electronicAddress?.scheme),
      `Die elektronische Adresse ${ofDe} fehlt.`,
      `The electronic address ${ofEn} is missing.`,
    ],
    [`${field}.address.city`, says(address.city), `Der Ort ${ofDe} fehlt.`, `The city ${ofEn} is missing.`],
    [
      `${field}.address.postalCode`,
      says(address.postalCode),
      `Die Postleitzahl ${ofDe} fehlt.`,
      `The post code ${ofEn} is missing.`,
    ],
    [
      `${field}.address.country`,
      /^[A-Z]{2}$/.test(address.country),
      `Das Land ${ofDe} fehlt.`,
      `The country ${ofEn} is missing.`,
    ],
  ]
}

/** PEPPOL-T16-R008 */
function buyerProblems(buyer: NoteParty | undefined): Found[] {
  if (!buyer) return []
  return [
    ['buyer.name', says(buyer.name), 'Der Name des Bestellers fehlt.', 'The name of the buyer is missing.'],
    [
      'buyer.address.country',
      /^[A-Z]{2}$/.test(buyer.address.country),
      'Das Land des Bestellers fehlt.',
      'The country of the buyer is missing.',
    ],
  ]
}

function lineProblems(line: DeliveryNoteSnapshotLine, field: string, note: DeliveryNoteSnapshot): Found[] {
  const at = `Position ${line.position}`
  const hasOrder = note.orders.some((order) => order.number === line.orderNumber)
  return [
    [`${field}.name`, says(line.name), `${at}: Die Bezeichnung fehlt.`, `${at}: the item name is missing.`],
    [
      // PEPPOL-T16-R003
      `${field}.articleNumber`,
      says(line.articleNumber) || says(line.gtin),
      `${at}: Artikelnummer oder GTIN fehlt.`,
      `${at}: article number or GTIN is missing.`,
    ],
    [`${field}.unit`, says(line.unit), `${at}: Die Mengeneinheit fehlt.`, `${at}: the unit is missing.`],
    [
      // PEPPOL-T16-R006
      `${field}.delivered`,
      Number.isSafeInteger(line.delivered) && line.delivered >= 0,
      `${at}: Die gelieferte Menge fehlt oder ist negativ.`,
      `${at}: the quantity delivered is missing or negative.`,
    ],
    [
      `${field}.orderLine`,
      hasOrder && Number.isSafeInteger(line.orderLine) && line.orderLine > 0,
      `${at}: Der Bezug auf die Bestellposition fehlt.`,
      `${at}: the reference to the order line is missing.`,
    ],
  ]
}
