import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { checkDespatchAdvice } from './check-despatch-advice.ts'
import type { DeliveryNoteSnapshot, DeliveryNoteSnapshotLine } from './delivery-note-snapshot.ts'
import { writeDespatchAdvice } from './write-despatch-advice.ts'

const screws: DeliveryNoteSnapshotLine = {
  position: 1,
  orderNumber: 'AB-2026-000077',
  orderLine: 1,
  articleNumber: 'S-M4',
  gtin: '4006381333931',
  name: 'Schraube M4 <verzinkt>',
  description: 'DIN 912',
  unit: 'H87',
  ordered: 10_000,
  delivered: 6_000,
  open: 4_000,
}

/** Ordered 10 screws and 4 hammers; 6 screws and all hammers leave. */
const note: DeliveryNoteSnapshot = {
  number: 'LS-2026-000017',
  issuedOn: '2026-11-20',
  deliveredOn: '2026-11-21',
  language: 'de',
  supplier: {
    name: 'Schrauben Müller GmbH',
    vatId: 'DE123456789',
    electronicAddress: { scheme: '9930', value: 'DE123456789' },
    address: { street: 'Hauptstraße 1', additional: 'Hof 2', city: 'Ulm', postalCode: '89073', country: 'DE' },
    contact: { name: 'Versand', phone: '0731 12', email: 'versand@mueller.example' },
  },
  recipient: {
    name: 'Baustelle Nord',
    customerNumber: '10042',
    electronicAddress: { scheme: '0088', value: '4012345000009' },
    address: { street: 'Nordring 9', city: 'Ulm', postalCode: '89077', country: 'DE' },
    contact: { name: 'Polier', phone: '0171 1' },
  },
  buyer: { name: 'Bau Maier AG', address: { city: 'Neu-Ulm', postalCode: '89231', country: 'DE' } },
  despatchedFrom: { name: 'Hauptlager', address: { city: 'Ulm', postalCode: '89075', country: 'DE' } },
  orders: [
    { number: 'AB-2026-000077', buyerOrderNumber: 'PO-88', orderedOn: '2026-11-18' },
    { number: 'AB-2026-000078', externalNumber: '#1001', orderedOn: '2026-11-19' },
  ],
  parcels: 2,
  grossWeight: 12_500,
  carrier: 'DHL',
  trackingNumber: '00340434161094000000',
  lines: [
    screws,
    {
      ...screws,
      position: 2,
      orderNumber: 'AB-2026-000078',
      orderLine: 3,
      articleNumber: 'H-1',
      gtin: undefined,
      name: 'Hammer',
      description: undefined,
      ordered: 4_000,
      delivered: 4_000,
      open: 0,
    },
  ],
}

/** Children of each element in the order of UBL 2.1 as far as transaction T16 of BIS Despatch Advice 3 has them. */
const ADDRESS = 'StreetName AdditionalStreetName CityName PostalZone CountrySubentity AddressLine Country'
const CONTACT = 'Name Telephone ElectronicMail'
const PARTY = 'EndpointID PartyIdentification PostalAddress PartyLegalEntity Contact'
const ORDER: Readonly<Record<string, string>> = {
  DespatchAdvice:
    'CustomizationID ProfileID ID IssueDate IssueTime Note OrderReference AdditionalDocumentReference DespatchSupplierParty ' +
    'DeliveryCustomerParty BuyerCustomerParty SellerSupplierParty OriginatorCustomerParty Shipment DespatchLine',
  OrderReference: 'ID',
  DespatchSupplierParty: 'Party',
  DeliveryCustomerParty: 'Party DeliveryContact',
  BuyerCustomerParty: 'Party',
  'DespatchSupplierParty/Party': PARTY,
  'DeliveryCustomerParty/Party': PARTY,
  'BuyerCustomerParty/Party': 'PartyIdentification PartyName PostalAddress',
  PartyIdentification: 'ID',
  PartyName: 'Name',
  PartyLegalEntity: 'RegistrationName',
  PostalAddress: ADDRESS,
  DespatchAddress: `ID ${ADDRESS}`,
  Country: 'IdentificationCode',
  Contact: CONTACT,
  DeliveryContact: CONTACT,
  Shipment:
    'ID Information GrossWeightMeasure GrossVolumeMeasure TotalTransportHandlingUnitQuantity Consignment ShipmentStage Delivery',
  Consignment: 'ID Information CarrierParty',
  CarrierParty: 'PartyIdentification PartyName Person',
  Delivery: 'TrackingID EstimatedDeliveryPeriod DeliveryParty Despatch',
  Despatch: 'ActualDespatchDate ActualDespatchTime DespatchAddress',
  DespatchLine:
    'ID Note DeliveredQuantity OutstandingQuantity OutstandingReason OrderLineReference DocumentReference Item Shipment',
  OrderLineReference: 'LineID SalesOrderLineID OrderReference',
  Item:
    'Name BuyersItemIdentification SellersItemIdentification StandardItemIdentification CommodityClassification ' +
    'HazardousItem AdditionalItemProperty ItemInstance',
  SellersItemIdentification: 'ID ExtendedID',
  StandardItemIdentification: 'ID ExtendedID',
}

type Ordered = readonly { readonly [name: string]: Ordered | unknown }[]

function misplaced(nodes: Ordered, parent: string, name: string): string[] {
  const children = nodes.map((node) => Object.keys(node)[0]!).filter((child) => !child.startsWith('#'))
  if (children.length === 0) return []
  const order = (ORDER[`${parent}/${name}`] ?? ORDER[name] ?? '').split(' ')
  const places = children.map((child) => order.indexOf(child))
  const wrong = places.some((place, i) => place < 0 || place < (places[i - 1] ?? 0))
  return [
    ...(wrong ? [`${name}: ${children.join(' ')}`] : []),
    ...nodes.flatMap((node) => {
      const child = Object.keys(node)[0]!
      return Array.isArray(node[child]) ? misplaced(node[child] as Ordered, name, child) : []
    }),
  ]
}

describe('Peppol Despatch Advice of a delivery note', () => {
  const xml = writeDespatchAdvice(note)

  test('has each element of the transaction in its place, none else, and none empty', () => {
    const parser = new XMLParser({ preserveOrder: true, removeNSPrefix: true, parseTagValue: false })
    const [, root] = parser.parse(xml) as Ordered
    expect(misplaced(root!.DespatchAdvice as Ordered, '', 'DespatchAdvice')).toEqual([])
    expect(xml).not.toMatch(/<([\w:]+)[^>]*>\s*<\/\1>|\/>/)
  })

  test('names specification, process, number, and the orders as the customer knows them', () => {
    expect(xml).toContain(
      '<cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:despatch_advice:3</cbc:CustomizationID>' +
        '<cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:despatch_advice:3</cbc:ProfileID>' +
        '<cbc:ID>LS-2026-000017</cbc:ID><cbc:IssueDate>2026-11-20</cbc:IssueDate>' +
        '<cac:OrderReference><cbc:ID>PO-88</cbc:ID></cac:OrderReference>' +
        '<cac:OrderReference><cbc:ID>#1001</cbc:ID></cac:OrderReference>',
    )
  })

  test('a partial delivery says what left, what is outstanding and why', () => {
    expect(xml).toContain(
      '<cbc:DeliveredQuantity unitCode="H87">6</cbc:DeliveredQuantity>' +
        '<cbc:OutstandingQuantity unitCode="H87">4</cbc:OutstandingQuantity>' +
        '<cbc:OutstandingReason>Restmenge wird nachgeliefert</cbc:OutstandingReason>' +
        '<cac:OrderLineReference><cbc:LineID>1</cbc:LineID><cac:OrderReference><cbc:ID>PO-88</cbc:ID>',
    )
    expect(xml.match(/OutstandingQuantity unitCode/g)).toHaveLength(1)
    expect(writeDespatchAdvice({ ...note, language: 'en' })).toContain('The rest will follow')
  })

  test('has no prices', () => expect(xml).not.toMatch(/Price|Amount/))

  test('tells weight, parcels, carrier, tracking number and the day the goods left', () => {
    expect(xml).toContain('<cbc:GrossWeightMeasure unitCode="KGM">12.500</cbc:GrossWeightMeasure>')
    expect(xml).toContain('<cbc:TotalTransportHandlingUnitQuantity>2</cbc:TotalTransportHandlingUnitQuantity>')
    expect(xml).toContain(
      '<cac:CarrierParty><cac:PartyName><cbc:Name>DHL</cbc:Name></cac:PartyName></cac:CarrierParty>',
    )
    expect(xml).toContain('<cbc:TrackingID>00340434161094000000</cbc:TrackingID>')
    expect(xml).toContain('<cbc:ActualDespatchDate>2026-11-21</cbc:ActualDespatchDate>')
  })

  test('of the least that a note can say is still in order', () => {
    const { buyer, despatchedFrom, parcels, grossWeight, carrier, trackingNumber, ...least } = note
    expect(checkDespatchAdvice(least)).toEqual([])
    expect(writeDespatchAdvice(least)).not.toMatch(/Consignment|BuyerCustomerParty|DespatchAddress/)
  })
})

describe('what a delivery note lacks to be a despatch advice', () => {
  const party = (field: 'supplier' | 'recipient', change: object) => ({
    ...note,
    [field]: { ...note[field], ...change },
  })
  const address = (field: 'supplier' | 'recipient', change: object) =>
    party(field, { address: { ...note[field].address, ...change } })
  const line = (change: Partial<DeliveryNoteSnapshotLine>) => ({ ...note, lines: [{ ...screws, ...change }] })

  test('is nothing for a whole one', () => expect(checkDespatchAdvice(note)).toEqual([]))

  test.each<[string, DeliveryNoteSnapshot]>([
    ['number', { ...note, number: '' }],
    ['issuedOn', { ...note, issuedOn: '' }],
    ['deliveredOn', { ...note, deliveredOn: '2026-13-01' }],
    ['supplier.name', party('supplier', { name: ' ' })],
    ['supplier.electronicAddress', party('supplier', { electronicAddress: undefined })],
    ['supplier.address.city', address('supplier', { city: '' })],
    ['supplier.address.postalCode', address('supplier', { postalCode: '' })],
    ['supplier.address.country', address('supplier', { country: '' })],
    ['recipient.name', party('recipient', { name: '' })],
    ['recipient.electronicAddress', party('recipient', { electronicAddress: { scheme: '', value: 'x' } })],
    ['recipient.address.city', address('recipient', { city: '' })],
    ['recipient.address.postalCode', address('recipient', { postalCode: '' })],
    ['recipient.address.country', address('recipient', { country: 'Deutschland' })],
    ['buyer.name', { ...note, buyer: { ...note.buyer!, name: '' } }],
    ['buyer.address.country', { ...note, buyer: { ...note.buyer!, address: { ...note.buyer!.address, country: '' } } }],
    ['lines', { ...note, lines: [] }],
    ['lines[0].name', line({ name: '' })],
    ['lines[0].articleNumber', line({ articleNumber: '', gtin: undefined })],
    ['lines[0].unit', line({ unit: '' })],
    ['lines[0].delivered', line({ delivered: -1_000 })],
    ['lines[0].orderLine', line({ orderLine: 0 })],
    ['lines[0].orderLine', line({ orderNumber: 'unknown' })],
  ])('is named: %s', (field, broken) => {
    const problems = checkDespatchAdvice(broken)
    expect(problems.map((problem) => problem.field)).toEqual([field])
    expect(problems[0]!.message.de).not.toBe(problems[0]!.message.en)
  })

  test('without an order its lines have none either', () => {
    expect(checkDespatchAdvice({ ...note, orders: [] }).map((problem) => problem.field)).toEqual([
      'orders',
      'lines[0].orderLine',
      'lines[1].orderLine',
    ])
  })
})
