import type { Day } from '../../common/dates.ts'
import type { TakeBackInput } from '../../common/returns/api.ts'
import { letterheadOf, type StoredLetterhead, withLogo } from '../branches/index.ts'
import { party } from '../delivery/index.ts'
import { type FileMaker, issueDocument, type ReturnPrint, renderPdf } from '../documents/index.ts'
import type { IssuedCorrection } from '../invoicing/index.ts'
import type { Work } from '../kernel/index.ts'
import type { LoadedReturn } from './load-return.ts'
import type { SettledExchange, SettledMoney } from './take-back.ts'

type ReturnSnapshot = Omit<ReturnPrint, 'letterhead'> & { letterhead: StoredLetterhead }

interface Archived extends SettledMoney {
  id: string
  number: string
  input: TakeBackInput
  corrections: readonly IssuedCorrection[]
  exchange: SettledExchange | undefined
}

/** The slip (Rücknahmebeleg): what came back, from which notes, in which documents it is credited, what of the money. */
export function archiveReturn(work: Work, found: LoadedReturn, returned: Archived): string {
  const { customer, merchant, parts } = found
  const { number, corrections, setOff, credit, refunded } = returned
  const snapshot: ReturnSnapshot = {
    letterhead: letterheadOf(merchant, customer.language),
    language: customer.language,
    number,
    issuedOn: work.today,
    returnedOn: found.returnedOn,
    customerNumber: customer.number,
    recipient: party(found.billTo),
    contact: { name: merchant.contactName, phone: merchant.phone, email: merchant.email },
    location: found.location.name,
    remark: returned.input.remark,
    lines: parts.map(({ line, wish, quantity, credited }, i) => ({
      position: i + 1,
      articleNumber: line.articleNumber ?? '',
      name: line.name,
      unit: line.unit,
      quantity,
      unbilled: quantity - credited,
      reason: wish.reason,
      condition: wish.condition,
      note: { number: line.noteNumber, deliveredOn: line.deliveredOn as Day },
    })),
    corrections: corrections.flatMap((c) =>
      c.corrected.map((of) => ({ number: c.number, corrects: of.number, gross: of.payable, settled: of.settled })),
    ),
    money: { setOff, credit, refunded },
    ...(returned.exchange ? { exchange: exchangeOf(returned.exchange) } : {}),
  }
  return issueDocument(work, { kind: 'return', number, subjectId: returned.id, snapshot, formats: ['pdf'] })
}

function exchangeOf({ orderNumber, noteNumber, invoice, lines, gross, setOff, toPay }: SettledExchange) {
  return { orderNumber, noteNumber, invoiceNumber: invoice?.number ?? null, lines, gross, setOff, toPay }
}

/** The slip as PDF. */
export const makeReturnFile: FileMaker = async (snapshot: ReturnSnapshot, _format, database) => {
  const letterhead = await withLogo(database, snapshot.letterhead)
  return {
    fileName: `${snapshot.number}.pdf`,
    mediaType: 'application/pdf',
    bytes: await renderPdf({ template: 'return-note', data: { ...snapshot, letterhead } }),
  }
}
