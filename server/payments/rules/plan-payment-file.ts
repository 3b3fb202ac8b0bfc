import type { BankAccount } from '../../../common/customers/api.ts'
import type { Day } from '../../../common/dates.ts'
import { isIban } from '../../../common/iban.ts'
import type { Cents } from '../../../common/money.ts'
import { type Refusal, refuse } from '../../../common/refusal.ts'
import type { Transfers } from '../write-transfers.ts'
import { sepaText } from './sepa-text.ts'

export interface WaitingRefund {
  id: string
  number: string
  amount: Cents
  status: string
  /** the correction or payment whose money it is */
  fromNumber: string
  payee: { name: string; language: 'de' | 'en'; account: BankAccount | null }
}

interface Own {
  name: string
  bankAccounts: readonly { iban: string; bic?: string | undefined; holder?: string | undefined }[]
}

const words = { de: 'Erstattung', en: 'Refund' }

/**
 * What a file of transfers says: each refund once, to the account the customer has now, from the merchant's first account.
 * Refused where one doesn't wait (any more), or nobody knows where to.
 */
export function planPaymentFile(
  refunds: readonly WaitingRefund[],
  own: Own,
  { executeOn, today }: { executeOn: Day; today: Day },
): Omit<Transfers, 'number' | 'createdAt'> | Refusal {
  if (executeOn < today) return refuse('execute-in-past', { executeOn })
  const from = own.bankAccounts[0]
  if (!from || !isIban(from.iban)) return refuse('no-own-account')
  const away = refunds.find((r) => r.status !== 'to-pay')
  if (away) return refuse('refund-not-waiting', { refund: away.number })
  const unknown = refunds.find((r) => r.payee.account === null)
  if (unknown) return refuse('no-bank-account', { refund: unknown.number, customer: unknown.payee.name })
  return {
    executeOn,
    debtor: { name: sepaText(from.holder || own.name, 70), iban: from.iban, bic: from.bic },
    transfers: refunds.map(({ number, amount, fromNumber, payee }) => ({
      endToEndId: number,
      amount,
      creditor: {
        name: sepaText(payee.account!.holder || payee.name, 70),
        iban: payee.account!.iban,
        bic: payee.account!.bic,
      },
      text: sepaText(`${words[payee.language]} ${number} ${fromNumber}`, 140),
    })),
    total: refunds.reduce((sum, r) => sum + r.amount, 0),
  }
}
