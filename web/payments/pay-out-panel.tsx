import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Customer } from '../../common/customers/api.ts'
import { refundCredit } from '../../common/payments/api.ts'
import { useAction } from '../load.ts'
import { MoneyField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'
import { emptyHow, howOf, isWholeHow } from './how-draft.ts'
import { HowFields } from './how-fields.tsx'

interface Credit {
  id: string
  number: string
  customerName: string
  left: number
  account: Customer['bankAccount'] | null
}

/** Pays out what is left of a credit. */
export function PayOutPanel({ credit, onClose }: { credit: Credit; onClose: () => void }) {
  const { w, f } = useWords()
  const words = w.payments.refunds
  const [amount, setAmount] = useState<number | undefined>(credit.left)
  const [how, setHow] = useState(() => emptyHow(credit.account))
  const action = useAction(refundCredit, ({ number }) => {
    notifications.show({ message: words.done(number) })
    onClose()
  })
  return (
    <Panel
      title={words.payOutTitle(credit.number)}
      opened
      onClose={onClose}
      submit={words.payOut}
      onSubmit={() => action.mutate({ id: credit.id, amount, paidOn: today(), ...howOf(how) })}
      busy={action.isPending}
      disabled={!amount || amount > credit.left || !isWholeHow(how)}
      error={action.error}
      foot={how.method === 'transfer' ? words.waits : undefined}
    >
      <div className="stack">
        <p>
          {credit.customerName} · {w.payments.left} {f.euros(credit.left)}
        </p>
        <MoneyField label={w.payments.amount} value={amount} maximum={credit.left} onChange={setAmount} />
        <HowFields how={how} onChange={setHow} />
      </div>
    </Panel>
  )
}
