import { isRefusal, type Refusal, refuse } from '../../../common/refusal.ts'
import { findInvoiceInPdf } from '../pdf/find-invoice.ts'
import { type FurtherTerm, findFurtherTerms, type UnknownContent } from './further-terms.ts'
import { MAX_FILE } from './limits.ts'
import { readAttachments } from './read-attachments.ts'
import { readCii } from './read-cii.ts'
import { readUbl } from './read-ubl.ts'
import { first, type Reading, text } from './reading.ts'
import { profileOf, type ReceivedAttachment, type ReceivedInvoice, type ReceivedProfile } from './received.ts'
import { readXmlTree } from './xml-tree.ts'

/** A received e-invoice, read. */
export interface ReceivedFile extends Reading {
  container: 'pdf' | 'xml'
  syntax: 'ubl' | 'cii'
  /** name of the XML within a PDF */
  embeddedName?: string
  /** an encoding that the XML names and nobody knows */
  wrongEncoding: string | undefined
  /** BT-24 */
  specification: string
  profile: ReceivedProfile
  /** BT-5; amounts are hundredths of it */
  currency: string
  invoice: ReceivedInvoice
  attachments: ReceivedAttachment[]
  /** terms of the standard beyond our model */
  further: FurtherTerm[]
  /** content that EN 16931 does not name */
  unknown: UnknownContent[]
}

const NAMESPACES: Readonly<Record<string, string>> = {
  Invoice: 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2',
  CreditNote: 'urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2',
  CrossIndustryInvoice: 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
}

/**
 * Reads an e-invoice that somebody sent: XML in UBL or CII, or a PDF that carries it. Refused is what is none, what is
 * broken, and what would cost more time or memory than an invoice can; nothing in a file is ever run or fetched.
 */
export function readReceived(bytes: Buffer): ReceivedFile | Refusal {
  if (bytes.length > MAX_FILE) return refuse('too-large', { maximum: MAX_FILE })
  const container = containerOf(bytes)
  if (!container) return refuse('not-an-e-invoice')
  if (container === 'xml') return readXml(bytes, { container })
  const embedded = findInvoiceInPdf(bytes)
  return isRefusal(embedded) ? embedded : readXml(embedded.xml, { container, embeddedName: embedded.name })
}

function readXml(bytes: Buffer, origin: Pick<ReceivedFile, 'container' | 'embeddedName'>): ReceivedFile | Refusal {
  const tree = readXmlTree(bytes)
  if (isRefusal(tree)) return tree
  const { root, namespaces, wrongEncoding } = tree
  if (root.name === 'CrossIndustryDocument') return refuse('zugferd-1')
  if (!namespaces.includes(NAMESPACES[root.name] ?? '-')) return refuse('not-an-e-invoice')
  const reading: Reading = { missing: [], unreadable: [] }
  const isCii = root.name === 'CrossIndustryInvoice'
  const invoice = isCii ? readCii(root, reading) : readUbl(root, reading)
  const context = first(root, 'ExchangedDocumentContext')
  const specification = isCii
    ? text(context, 'GuidelineSpecifiedDocumentContextParameter/ID')
    : text(root, 'CustomizationID')
  // BT-23 is of no use to who reads the invoice
  text(context, 'BusinessProcessSpecifiedDocumentContextParameter/ID')
  text(root, 'ProfileID')
  const currency = isCii
    ? text(root, 'SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/InvoiceCurrencyCode')
    : text(root, 'DocumentCurrencyCode')
  const attachments = readAttachments(root)
  return {
    ...origin,
    ...reading,
    wrongEncoding,
    syntax: isCii ? 'cii' : 'ubl',
    specification: specification ?? '',
    profile: profileOf(specification ?? ''),
    currency: currency ?? '',
    invoice,
    attachments,
    ...findFurtherTerms(root),
  }
}

/** By what the bytes are, whatever the file is called. */
function containerOf(bytes: Buffer): ReceivedFile['container'] | undefined {
  const head = bytes.subarray(0, 1024).toString('latin1')
  if (head.includes('%PDF-')) return 'pdf'
  const start = head.replace(/[\0\xef\xbb\xbf\xff\xfe\s]/g, '').toLowerCase()
  if (!start.startsWith('<') || start.startsWith('<!doctypehtml') || start.startsWith('<html')) return undefined
  return 'xml'
}
