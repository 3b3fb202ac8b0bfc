export { giroCode } from './barcodes.ts'
export { epcCode } from './epc-code.ts'
export { documentInvariants } from './invariants.ts'
export { type FileFormat, findDocument, findFile, findFiles, issueDocument } from './issue-document.ts'
export {
  documentListener,
  type FileMaker,
  type FileMakers,
  type MadeFile,
  makeFiles,
  type WhichFiles,
} from './make-files.ts'
export type { Contact, ElectronicAddress, PostalAddress } from './parties.ts'
export type {
  DeliveryNotePrint,
  InvoicePrint,
  Letterhead,
  PickListPrint,
  ReturnPrint,
  SkontoOffer,
} from './print-data.ts'
export { closeRenderer, renderPdf } from './render.ts'
export { documentRoutes } from './routes.ts'
export { ublAddress, ublContact, ublEndpoint, ublNamespaces } from './ubl.ts'
export { element, elements, textElement, type Xml, xmlDocument } from './xml.ts'
