import { SegmentedControl } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { cancelOrder, type Order } from '../../common/orders/api.ts'
import { useAction } from '../load.ts'
import { QuantityField } from '../ui/fields.tsx'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import { cancellableOf } from './order-quantities.ts'

/** Cancels what is open, whole or by line, with the reason. */
export function CancelPanel({ order, opened, onClose }: { order: Order; opened: boolean; onClose: () => void }) {
  const { w, f } = useWords()
  const [reason, setReason] = useState('')
  const [part, setPart] = useState<'all' | 'some'>('all')
  const [quantities, setQuantities] = useState<Record<string, number | undefined>>({})
  const open = order.lines.filter((line) => cancellableOf(line) > 0)
  const chosen = open.flatMap((line) =>
    quantities[line.id] ? [{ lineId: line.id, quantity: quantities[line.id]! }] : [],
  )
  const action = useAction(cancelOrder, ({ cancelledLines }) => {
    notifications.show({ message: w.orders.cancelled(cancelledLines) })
    setQuantities({})
    onClose()
  })
  return (
    <Panel
      title={w.orders.cancelTitle}
      opened={opened}
      onClose={onClose}
      submit={w.orders.cancelOrder}
      danger
      onSubmit={() =>
        action.mutate({ id: order.id, reason: reason.trim(), ...(part === 'some' ? { lines: chosen } : {}) })
      }
      busy={action.isPending}
      disabled={reason.trim() === '' || (part === 'some' && chosen.length === 0)}
      error={action.error}
      foot={w.orders.cancelHint}
    >
      <SegmentedControl
        value={part}
        onChange={(value) => setPart(value as 'all' | 'some')}
        data={[
          { value: 'all', label: w.orders.cancelAll },
          { value: 'some', label: w.orders.cancelSome },
        ]}
      />
      <div className="panel-lines">
        {open.map((line) => (
          <div key={line.id} className="panel-line">
            <span className="panel-line-name">
              {line.name}
              <span className="quiet small">
                {f.quantity(cancellableOf(line))} {unitName(w, line.unit, cancellableOf(line))}{' '}
                {w.orders.heads.open.toLowerCase()}
              </span>
            </span>
            {part === 'some' && (
              <QuantityField
                aria-label={`${w.orders.quantityToCancel}: ${line.name}`}
                className="panel-line-field"
                value={quantities[line.id]}
                maximum={cancellableOf(line)}
                onChange={(value) => setQuantities((old) => ({ ...old, [line.id]: value }))}
              />
            )}
          </div>
        ))}
      </div>
      <ReasonField label={w.reason} value={reason} onChange={setReason} usual={w.orders.cancelReasons} />
    </Panel>
  )
}
