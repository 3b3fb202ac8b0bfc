import { notifications } from '@mantine/notifications'
import { allocateCredit, listOpenItems } from '../../common/payments/api.ts'
import { useAction, useLoadAll } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'
import { AllocationTable } from './allocation-table.tsx'
import type { Payment } from './show-payment.tsx'
import { useAllocation } from './use-allocation.ts'

/** Gives what is left of a payment to open items of its customer. */
export function AllocatePanel({
  payment,
  opened,
  onClose,
}: {
  payment: Payment
  opened: boolean
  onClose: () => void
}) {
  const { w } = useWords()
  const words = w.payments
  const load = useLoadAll(listOpenItems, { customerId: payment.customerId }, Number.POSITIVE_INFINITY, opened)
  const items = load.data?.rows ?? []
  const allocation = useAllocation(items, payment.left, payment.receivedOn)
  const action = useAction(allocateCredit, () => {
    notifications.show({ message: words.allocateDone })
    onClose()
  })
  return (
    <Panel
      wide
      title={words.allocateTitle}
      opened={opened}
      onClose={onClose}
      submit={words.allocate}
      onSubmit={() => action.mutate({ id: payment.id, allocations: allocation.allocations })}
      busy={action.isPending}
      disabled={allocation.allocations.length === 0 || allocation.left < 0}
      error={action.error}
    >
      {load.data && items.length === 0 ? (
        <p className="quiet">{words.openItems.empty}</p>
      ) : (
        <AllocationTable items={items} day={payment.receivedOn} allocation={allocation} />
      )}
    </Panel>
  )
}
