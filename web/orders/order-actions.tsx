import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBan, IconChevronDown } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { createDeliveryNote } from '../../common/delivery/api.ts'
import type { Order } from '../../common/orders/api.ts'
import { problemText } from '../api.ts'
import { useAction } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Primary } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'
import { CancelPanel } from './cancel-panel.tsx'
import { nextStep, type Step } from './next-step.ts'
import { cancellableOf } from './order-quantities.ts'
import { ReleasePanel } from './release-panel.tsx'

interface Panels {
  open: (panel: 'release' | 'cancel') => void
  shown: ReactNode
}

/** The panels of the order page; they stay mounted while they close. */
export function useOrderPanels(order: Order | undefined): Panels {
  const [open, setOpen] = useState<'release' | 'cancel' | null>(null)
  const close = () => setOpen(null)
  return {
    open: setOpen,
    shown: order && (
      <>
        <ReleasePanel order={order} opened={open === 'release'} onClose={close} />
        <CancelPanel order={order} opened={open === 'cancel'} onClose={close} />
      </>
    ),
  }
}

/** The one action that fits the state, and the rest in a menu that never moves. */
export function OrderActions({ order, panels }: { order: Order; panels: Panels }) {
  const { w } = useWords()
  const may = useMay()
  const step = nextStep(order, may)
  const canCancel = may('orders.write') && order.lines.some((line) => cancellableOf(line) > 0)
  return (
    <>
      {canCancel && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={15} />}>
              {w.actions.more}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconBan size={15} />} onClick={() => panels.open('cancel')}>
              {w.orders.cancelOrder}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {step && <StepButton order={order} step={step} onRelease={() => panels.open('release')} />}
    </>
  )
}

function StepButton({ order, step, onRelease }: { order: Order; step: Step; onRelease: () => void }) {
  const { w, language } = useWords()
  const navigate = useNavigate()
  const create = useAction(createDeliveryNote, ({ id }) => {
    notifications.show({ message: w.orders.noteCreated })
    void navigate({ to: '/delivery-notes/$id', params: { id } })
  })
  const fail = (error: Error) =>
    notifications.show({ color: 'red', message: problemText(error, language), autoClose: 10_000 })
  if (step.kind === 'release') return <Primary onClick={onRelease}>{w.orders.release}</Primary>
  if (step.kind === 'create-note') {
    return (
      <Primary loading={create.isPending} onClick={() => create.mutate({ orderIds: [order.id] }, { onError: fail })}>
        {w.orders.createNote}
      </Primary>
    )
  }
  if (step.kind === 'post-issue')
    return (
      <Primary onClick={() => void navigate({ to: '/delivery-notes/$id', params: { id: step.noteId } })}>
        {w.orders.postIssue}
      </Primary>
    )
  if (step.kind === 'invoice') {
    return (
      <Primary
        onClick={() =>
          void navigate({
            to: '/unbilled/$customerId',
            params: { customerId: order.customerId },
            search: { orderNumber: order.number },
          })
        }
      >
        {w.orders.issueInvoice}
      </Primary>
    )
  }
  return (
    <Primary
      onClick={() =>
        void navigate({ to: '/payments/new', search: { customerId: order.customerId, invoiceId: step.invoiceId } })
      }
    >
      {w.orders.recordPayment}
    </Primary>
  )
}
