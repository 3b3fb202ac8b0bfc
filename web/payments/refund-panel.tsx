import { SegmentedControl, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { changeCustomer } from '../../common/customers/api.ts'
import { cancelRefund, recordRefundPaid } from '../../common/payments/api.ts'
import { AccountFields } from '../customers/account-fields.tsx'
import { accountDraftOf, accountFits, accountOf } from '../customers/customer-draft.ts'
import { useAction } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'
import type { Refund } from './list-refunds.tsx'

type What = 'account' | 'paid' | 'cancel'

/** What to do with one refund that waits: say where to, that it was paid otherwise, or that it was a mistake. */
export function RefundPanel({ refund, onClose }: { refund: Refund; onClose: () => void }) {
  const { w, f } = useWords()
  const words = w.payments.refunds
  const mayChange = useMay()('customers.write')
  const [what, setWhat] = useState<What>(refund.account || !mayChange ? 'paid' : 'account')
  const [account, setAccount] = useState(() => accountDraftOf(refund.account))
  const [note, setNote] = useState('')
  const done = () => {
    notifications.show({ message: words.saved[what] })
    onClose()
  }
  const change = useAction(changeCustomer, done)
  const paid = useAction(recordRefundPaid, done)
  const cancel = useAction(cancelRefund, done)
  const { id, customerId } = refund
  const submit = () => {
    if (what === 'account') change.mutate({ id: customerId, bankAccount: accountOf(account) })
    else if (what === 'paid') paid.mutate({ id, note: note.trim() || undefined })
    else cancel.mutate({ id, reason: note.trim() })
  }
  const whole = what === 'account' ? accountFits(account) : what === 'paid' || note.trim() !== ''
  return (
    <Panel
      title={words.refund(refund.number)}
      opened
      onClose={onClose}
      submit={words.submit[what]}
      onSubmit={submit}
      busy={change.isPending || paid.isPending || cancel.isPending}
      disabled={!whole}
      danger={what === 'cancel'}
      error={change.error ?? paid.error ?? cancel.error}
      foot={words.consequence[what]}
    >
      <div className="stack">
        <p>
          {refund.customerName} · {f.euros(refund.amount)}
        </p>
        <SegmentedControl
          aria-label={words.refund(refund.number)}
          value={what}
          data={Object.entries(words.what)
            .filter(([value]) => value !== 'account' || mayChange)
            .map(([value, label]) => ({ value, label }))}
          onChange={(value) => setWhat(value as What)}
        />
        {what === 'account' ? (
          <AccountFields legend={w.customers.fields.account} draft={account} onChange={setAccount} />
        ) : (
          <TextInput
            label={what === 'paid' ? words.note : w.reason}
            required={what === 'cancel'}
            value={note}
            maxLength={140}
            onChange={(e) => setNote(e.currentTarget.value)}
          />
        )}
      </div>
    </Panel>
  )
}
