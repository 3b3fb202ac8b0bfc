import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import type { SkontoOffer } from '../documents/index.ts'
import type { Work } from '../kernel/index.ts'
import { insertOpenItem, saveAllocations, writeEntry } from '../receivables/index.ts'

export interface OwedInvoice {
  id: string
  customerId: string
  number: string
  issuedOn: Day
  dueOn: Day
  payable: Cents
  skonto: SkontoOffer[]
  prepayments: readonly { creditId: string; amount: Cents }[]
}

/** An invoice is owed: open item and entry over all of it, of which what was paid ahead settles its part at once. */
export function bookInvoice(work: Work, owed: OwedInvoice): void {
  const { id, customerId, number, issuedOn, dueOn, payable, skonto } = owed
  insertOpenItem(work, { invoiceId: id, customerId, number, issuedOn, dueOn, amount: payable, skonto })
  writeEntry(work, { day: issuedOn, customerId, kind: 'invoice', amount: payable, sourceId: id, number })
  saveAllocations(
    work,
    owed.prepayments.map((p) => ({ ...p, invoiceId: id, skonto: 0 })),
  )
}
