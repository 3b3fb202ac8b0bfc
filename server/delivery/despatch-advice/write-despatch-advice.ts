import { decimalOf } from '../../../common/money.ts'
import { decimalOfQuantity } from '../../../common/quantity.ts'
import {
  element,
  elements,
  textElement,
  ublAddress,
  ublContact,
  ublEndpoint,
  ublNamespaces,
  type Xml,
  xmlDocument,
} from '../../documents/index.ts'
import type { DeliveryNoteSnapshot, DeliveryNoteSnapshotLine, NoteParty } from './delivery-note-snapshot.ts'

type Order = DeliveryNoteSnapshot['orders'][number]

const SPECIFICATION = 'urn:fdc:peppol.eu:poacc:trns:despatch_advice:3'
const PROCESS = 'urn:fdc:peppol.eu:poacc:bis:despatch_advice:3'

/** why a line has goods outstanding: the rest of a partial delivery */
const FOLLOWS = { de: 'Restmenge wird nachgeliefert', en: 'The rest will follow' }

/**
 * The issued delivery note as a Peppol Despatch Advice (BIS Despatch Advice 3, transaction T16): UBL 2.1, elements in the
 * order of the schema, only those that the transaction has. Whether it has all that Peppol asks for is said by
 * `checkDespatchAdvice`.
 */
export function writeDespatchAdvice(note: DeliveryNoteSnapshot): string {
  const orders = new Map(note.orders.map((order) => [order.number, order]))
  return xmlDocument(
    'DespatchAdvice',
    ublNamespaces('DespatchAdvice'),
    textElement('cbc:CustomizationID', SPECIFICATION),
    textElement('cbc:ProfileID', PROCESS),
    textElement('cbc:ID', note.number),
    textElement('cbc:IssueDate', note.issuedOn),
    ...note.orders.map((order) => element('cac:OrderReference', textElement('cbc:ID', orderIdOf(order)))),
    writeSupplier(note),
    writeRecipient(note),
    note.buyer ? writeBuyer(note.buyer, note.recipient.customerNumber) : elements(),
    writeShipment(note),
    ...note.lines.map((line) => writeLine(line, orders.get(line.orderNumber), note.language)),
  )
}

/** The order as the customer knows it: his own number, then that of his webshop, then ours. */
function orderIdOf(order: Order): string {
  return order.buyerOrderNumber || order.externalNumber || order.number
}

function writeSupplier({ supplier }: DeliveryNoteSnapshot): Xml {
  const id = supplier.vatId || supplier.registrationId
  return element('cac:DespatchSupplierParty', element('cac:Party', ...partyParts(supplier, id, supplier.contact)))
}

/** Consignee: whom to call on arrival is a contact of the delivery, not of the party. */
function writeRecipient({ recipient }: DeliveryNoteSnapshot): Xml {
  return element(
    'cac:DeliveryCustomerParty',
    element('cac:Party', ...partyParts(recipient, recipient.customerNumber, undefined)),
    ublContact('cac:DeliveryContact', recipient.contact),
  )
}

function partyParts(party: NoteParty, id: string | undefined, contact: NoteParty['contact']): Xml[] {
  return [
    ublEndpoint(party.electronicAddress),
    element('cac:PartyIdentification', textElement('cbc:ID', id)),
    ublAddress('cac:PostalAddress', party.address),
    element('cac:PartyLegalEntity', textElement('cbc:RegistrationName', party.name)),
    ublContact('cac:Contact', contact),
  ]
}

/** Who ordered and pays; the transaction gives him a plain name (PEPPOL-T16-R008). */
function writeBuyer(buyer: NoteParty, customerNumber: string): Xml {
  return element(
    'cac:BuyerCustomerParty',
    element(
      'cac:Party',
      element('cac:PartyIdentification', textElement('cbc:ID', customerNumber)),
      element('cac:PartyName', textElement('cbc:Name', buyer.name)),
      ublAddress('cac:PostalAddress', buyer.address),
    ),
  )
}

function writeShipment(note: DeliveryNoteSnapshot): Xml {
  const carrier = element('cac:CarrierParty', element('cac:PartyName', textElement('cbc:Name', note.carrier)))
  return element(
    'cac:Shipment',
    // a delivery note is one shipment
    textElement('cbc:ID', note.number),
    textElement('cbc:GrossWeightMeasure', note.grossWeight ? decimalOf(note.grossWeight, 3) : undefined, {
      unitCode: 'KGM',
    }),
    textElement('cbc:TotalTransportHandlingUnitQuantity', note.parcels ? String(note.parcels) : undefined),
    carrier && element('cac:Consignment', textElement('cbc:ID', note.trackingNumber || note.number), carrier),
    element(
      'cac:Delivery',
      textElement('cbc:TrackingID', note.trackingNumber),
      element(
        'cac:Despatch',
        textElement('cbc:ActualDespatchDate', note.deliveredOn),
        note.despatchedFrom ? ublAddress('cac:DespatchAddress', note.despatchedFrom.address) : elements(),
      ),
    ),
  )
}

function writeLine(line: DeliveryNoteSnapshotLine, order: Order | undefined, language: 'de' | 'en'): Xml {
  const unit = { unitCode: line.unit }
  return element(
    'cac:DespatchLine',
    textElement('cbc:ID', String(line.position)),
    textElement('cbc:Note', line.description),
    textElement('cbc:DeliveredQuantity', decimalOfQuantity(line.delivered), unit),
    ...(line.open > 0
      ? [
          textElement('cbc:OutstandingQuantity', decimalOfQuantity(line.open), unit),
          textElement('cbc:OutstandingReason', FOLLOWS[language]),
        ]
      : []),
    element(
      'cac:OrderLineReference',
      textElement('cbc:LineID', String(line.orderLine)),
      // the buyer's own line numbers are not known to a delivery note, so it's the line of our order
      element('cac:OrderReference', textElement('cbc:ID', order ? orderIdOf(order) : line.orderNumber)),
    ),
    element(
      'cac:Item',
      textElement('cbc:Name', line.name),
      element('cac:SellersItemIdentification', textElement('cbc:ID', line.articleNumber)),
      element('cac:StandardItemIdentification', textElement('cbc:ID', line.gtin, { schemeID: '0160' })),
    ),
  )
}
