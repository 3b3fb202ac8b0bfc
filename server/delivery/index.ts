export { createDeliveryNote } from './create-delivery-note.ts'
export { deliveryInvariants } from './invariants.ts'
export { makeNoteFile, makePickListFile } from './make-note-files.ts'
export { postGoodsIssue } from './post-goods-issue.ts'
export { deliveryRoutes } from './routes.ts'
export { buyerEndpoint, party, sameParty, sellerEndpoint } from './rules/compose-snapshot.ts'
export {
  type BehindNotes,
  findBehindNotes,
  findNoteLines,
  findNoteRows,
  lockNotes,
  type NoteLineRow,
  type NoteRow,
  recordInvoiced,
  recordReturned,
} from './store.ts'
