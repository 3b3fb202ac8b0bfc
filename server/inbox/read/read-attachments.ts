import { all, first, said, take, text } from './reading.ts'
import type { ReceivedAttachment } from './received.ts'
import type { XmlElement } from './xml-tree.ts'

/** BG-24: which documents come with the invoice. A file within is named and measured, not unpacked. */
export function readAttachments(root: XmlElement): ReceivedAttachment[] {
  return root.name === 'CrossIndustryInvoice' ? readOfCii(root) : readOfUbl(root)
}

function readOfUbl(root: XmlElement): ReceivedAttachment[] {
  // 130 is the object of the invoice (BT-18), no attachment
  const documents = all(root, 'AdditionalDocumentReference').filter((d) => first(d, 'DocumentTypeCode')?.text !== '130')
  return documents.map((document) => {
    const file = first(document, 'Attachment/EmbeddedDocumentBinaryObject')
    return said({
      name: text(document, 'ID') ?? file?.attributes.filename ?? '',
      description: text(document, 'DocumentDescription'),
      link: text(document, 'Attachment/ExternalReference/URI'),
      ...describe(file),
    }) as ReceivedAttachment
  })
}

function readOfCii(root: XmlElement): ReceivedAttachment[] {
  const path = 'SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement/AdditionalReferencedDocument'
  const documents = all(root, path).filter((d) => first(d, 'TypeCode')?.text === '916')
  return documents.map((document) => {
    take(first(document, 'TypeCode'))
    const file = first(document, 'AttachmentBinaryObject')
    return said({
      name: text(document, 'IssuerAssignedID') ?? file?.attributes.filename ?? '',
      description: text(document, 'Name'),
      link: text(document, 'URIID'),
      ...describe(file),
    }) as ReceivedAttachment
  })
}

function describe(file: XmlElement | undefined): { mediaType?: string; bytes?: number } {
  const content = take(file)
  if (!file || content === undefined) return {}
  return { mediaType: file.attributes.mimeCode ?? '', bytes: Math.floor((content.replace(/\s/g, '').length * 3) / 4) }
}
