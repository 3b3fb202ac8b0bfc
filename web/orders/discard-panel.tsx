import { useState } from 'react'
import { discardParkedOrder } from '../../common/orders/api.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { useWords } from '../words/words.ts'

export function DiscardPanel({
  parked,
  opened,
  onClose,
}: {
  parked: { id: string }
  opened: boolean
  onClose: () => void
}) {
  const { w } = useWords()
  const words = w.orders.parked
  const [reason, setReason] = useState('')
  const action = useAction(discardParkedOrder, onClose)
  return (
    <Panel
      title={words.discardTitle}
      opened={opened}
      onClose={onClose}
      submit={words.discard}
      danger
      onSubmit={() => action.mutate({ id: parked.id, reason: reason.trim() })}
      busy={action.isPending}
      disabled={reason.trim() === ''}
      error={action.error}
      foot={words.discardHint}
    >
      <ReasonField label={w.reason} value={reason} onChange={setReason} usual={words.discardReasons} />
    </Panel>
  )
}
