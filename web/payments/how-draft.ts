import type { Customer } from '../../common/customers/api.ts'
import type { refundCredit } from '../../common/payments/api.ts'
import type { CallInput } from '../api.ts'
import { type AccountDraft, accountDraftOf, accountFits, accountOf } from '../customers/customer-draft.ts'

type Input = CallInput<typeof refundCredit>
type Method = NonNullable<Input['method']>

/** How money goes back, while it is being said. */
export interface HowDraft {
  method: Method
  reference: string
  account: AccountDraft
}

export const emptyHow = (account: Customer['bankAccount'] | null): HowDraft => ({
  method: 'transfer',
  reference: '',
  account: accountDraftOf(account),
})

export const isWholeHow = (how: HowDraft): boolean =>
  how.method === 'transfer'
    ? accountFits(how.account)
    : how.method !== 'payment-provider' || how.reference.trim() !== ''

export function howOf(how: HowDraft): Pick<Input, 'method' | 'reference' | 'account'> {
  const account = how.method === 'transfer' ? accountOf(how.account) : null
  return { method: how.method, reference: how.reference.trim() || undefined, ...(account ? { account } : {}) }
}
