import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { type Order, releaseOrder } from '../../common/orders/api.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { sayHold } from '../ui/say-facts.ts'
import { useWords } from '../words/words.ts'

export function ReleasePanel({ order, opened, onClose }: { order: Order; opened: boolean; onClose: () => void }) {
  const { w, f } = useWords()
  const [reason, setReason] = useState('')
  const action = useAction(releaseOrder, () => {
    notifications.show({ message: w.orders.released })
    onClose()
  })
  return (
    <Panel
      title={w.orders.releaseTitle}
      opened={opened}
      onClose={onClose}
      submit={w.orders.release}
      onSubmit={() => action.mutate({ id: order.id, reason: reason.trim() })}
      busy={action.isPending}
      disabled={reason.trim() === ''}
      error={action.error}
      foot={w.orders.releaseHint}
    >
      <ul className="plain-list">
        {order.hold?.reasons.map((held) => (
          <li key={held.code}>{sayHold(held, w, f)}</li>
        ))}
      </ul>
      <ReasonField label={w.orders.releaseReason} value={reason} onChange={setReason} usual={w.orders.releaseReasons} />
    </Panel>
  )
}
