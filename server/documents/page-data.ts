import { code128, dataMatrix, giroCode } from './barcodes.ts'
import type { PostalAddress } from './parties.ts'
import type {
  DeliveryNotePrint,
  InvoicePrint,
  PickListPrint,
  PrintAttachment,
  PrintedInvoiceLine,
  PrintedParty,
  PrintLanguage,
  PrintRequest,
  ReturnPrint,
} from './print-data.ts'

/** What a template reads: the print data, and what is easier done before the page is set. */
export async function pageData(request: PrintRequest): Promise<object> {
  switch (request.template) {
    case 'delivery-note':
      return deliveryNotePage(request.data)
    case 'pick-list':
      return pickListPage(request.data)
    case 'return-note':
      return returnNotePage(request.data)
    case 'invoice':
      return invoicePage(request.data, request.attachment)
  }
}

function deliveryNotePage(data: DeliveryNotePrint): object {
  const { note, language, letterhead } = data
  const address = (party: PrintedParty) => addressLines(party, language, letterhead.address.country)
  return {
    ...data,
    code: data.draft ? undefined : dataMatrix(note.number),
    recipientLines: address(note.recipient),
    buyerLines: note.buyer && address(note.buyer),
    groups: grouped(note.lines, (line) => line.orderNumber),
  }
}

function returnNotePage(data: ReturnPrint): object {
  return {
    ...data,
    code: dataMatrix(data.number),
    recipientLines: addressLines(data.recipient, data.language, data.letterhead.address.country),
    groups: grouped(data.lines, (line) => line.note.number),
  }
}

/** What Code 128 can hold and a page is wide enough for; a draft may be called otherwise. */
const SCANNABLE = /^[\x20-\x7e]{1,24}$/

function pickListPage(data: PickListPrint): object {
  return { ...data, code: SCANNABLE.test(data.number) ? code128(data.number) : undefined }
}

async function invoicePage(data: InvoicePrint, attachment: PrintAttachment | undefined): Promise<object> {
  const { invoice, language, letterhead } = data
  const { deliverTo } = invoice
  const deliverToParty = deliverTo && { name: deliverTo.name ?? '', address: deliverTo.address }
  return {
    ...data,
    attachment: attachment && { ...attachment, relationship: relationshipOf(attachment) },
    code: dataMatrix(invoice.number),
    giroCode: data.epcText && (await giroCode(data.epcText)),
    recipientLines: addressLines(invoice.buyer, language, letterhead.address.country),
    deliverToLines: deliverToParty && addressLines(deliverToParty, language, letterhead.address.country),
    // what is deducted stands in a table of its own, below
    groups: grouped(data.deductions ? invoice.lines.filter((l) => !l.downPayment) : invoice.lines, deliveryNoteOf),
  }
}

/** Without lines the XML is no invoice by itself, only data beside it (Factur-X, chapter on AFRelationship). */
function relationshipOf({ profile }: PrintAttachment): 'data' | 'alternative' {
  return profile === 'MINIMUM' || profile === 'BASIC WL' ? 'data' : 'alternative'
}

function deliveryNoteOf(line: PrintedInvoiceLine): string {
  return `${line.deliveryNote?.number ?? ''} ${line.invoice?.number ?? ''}`
}

/** Neighbours with the same key stand under one heading; the order of the lines is the issued one and stays. */
function grouped<Line>(lines: readonly Line[], keyOf: (line: Line) => string): { key: string; lines: Line[] }[] {
  const groups: { key: string; lines: Line[] }[] = []
  for (const line of lines) {
    const key = keyOf(line)
    const last = groups.at(-1)
    if (last?.key === key) last.lines.push(line)
    else groups.push({ key, lines: [line] })
  }
  return groups
}

/** Countries that write the postal code after the town. */
const CODE_LAST = new Set(['GB', 'IE', 'US', 'CA', 'AU', 'NZ'])

/** Address as it goes into the window: the country last, in capitals, and only across a border (DIN 5008). */
export function addressLines(party: PrintedParty, language: PrintLanguage, homeCountry: string): string[] {
  const { address, contact } = party
  return [
    party.name,
    contact?.name,
    address.additional,
    address.street,
    townLine(address),
    address.country === homeCountry ? undefined : countryName(address.country, language).toLocaleUpperCase(language),
  ].filter((line): line is string => Boolean(line) && line !== '')
}

function townLine({ city, postalCode, country }: PostalAddress): string {
  return (CODE_LAST.has(country) ? `${city} ${postalCode}` : `${postalCode} ${city}`).trim()
}

function countryName(country: string, language: PrintLanguage): string {
  return new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(country) ?? country
}
