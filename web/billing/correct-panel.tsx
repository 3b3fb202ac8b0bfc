import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { correctInvoice } from '../../common/invoicing/api.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { useWords } from '../words/words.ts'
import type { Invoice } from './show-invoice.tsx'

/** Takes an invoice back as a whole: what follows from it stands before the button. */
export function CorrectPanel({ invoice, opened, onClose }: { invoice: Invoice; opened: boolean; onClose: () => void }) {
  const { w, f } = useWords()
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  const action = useAction(correctInvoice, ({ id, number }) => {
    notifications.show({ message: w.billing.corrected(number) })
    onClose()
    void navigate({ to: '/invoices/$id', params: { id } })
  })
  const down = invoice.downPayment
  const consequences = down
    ? w.billing.down.consequences(f.euros(-down.left))
    : w.billing.consequences(f.euros(-invoice.gross))
  return (
    <Panel
      title={w.billing.correctTitle}
      opened={opened}
      onClose={onClose}
      submit={w.billing.correct}
      danger
      onSubmit={() => action.mutate({ id: invoice.id, reason: reason.trim() })}
      busy={action.isPending}
      disabled={reason.trim() === ''}
      error={action.error}
    >
      <ul className="consequences">
        {consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <ReasonField
        label={w.reason}
        value={reason}
        onChange={setReason}
        usual={down ? w.billing.down.correctReasons : w.billing.correctReasons}
      />
    </Panel>
  )
}
