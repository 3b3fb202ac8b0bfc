import type { StoredLetterhead } from '../branches/index.ts'
import { withLogo } from '../branches/index.ts'
import {
  type DeliveryNotePrint,
  type FileMaker,
  type MadeFile,
  type PickListPrint,
  renderPdf,
} from '../documents/index.ts'
import type { Database } from '../kernel/index.ts'
import type { DeliveryNoteSnapshot } from './despatch-advice/delivery-note-snapshot.ts'
import { writeDespatchAdvice } from './despatch-advice/write-despatch-advice.ts'

/** A delivery note as it is archived: what it says, and the paper it is printed on. */
export interface NoteSnapshot {
  note: DeliveryNoteSnapshot
  letterhead: StoredLetterhead
  texts: DeliveryNotePrint['texts']
  contact: DeliveryNotePrint['contact']
}

export type PickListSnapshot = Omit<PickListPrint, 'letterhead'> & { letterhead: StoredLetterhead }

/** The paper (PDF) and the message (Peppol Despatch Advice) of an issued delivery note. */
export const makeNoteFile: FileMaker = async (
  snapshot: NoteSnapshot,
  format,
  database: Database,
): Promise<MadeFile> => {
  const { note } = snapshot
  if (format === 'despatch-advice')
    return {
      fileName: `${note.number}-despatch-advice.xml`,
      mediaType: 'application/xml',
      bytes: new TextEncoder().encode(writeDespatchAdvice(note)),
    }
  const letterhead = await withLogo(database, snapshot.letterhead)
  return {
    fileName: `${note.number}.pdf`,
    mediaType: 'application/pdf',
    bytes: await renderPdf({ template: 'delivery-note', data: { ...snapshot, letterhead, language: note.language } }),
  }
}

export const makePickListFile: FileMaker = async (
  snapshot: PickListSnapshot,
  _format,
  database: Database,
): Promise<MadeFile> => {
  const letterhead = await withLogo(database, snapshot.letterhead)
  return {
    fileName: `pick-list-${snapshot.number}.pdf`,
    mediaType: 'application/pdf',
    bytes: await renderPdf({ template: 'pick-list', data: { ...snapshot, letterhead } }),
  }
}
