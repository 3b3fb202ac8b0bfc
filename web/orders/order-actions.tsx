import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBan, IconCash, IconChevronDown, IconFileInvoice, IconLockOpen } from '@tabler/icons-react'
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
import { DownPaymentPanel } from './down-payment-panel.tsx'
import { nextStep, type Step } from './next-step.ts'
import { cancellableOf, mayPayDown, prepaymentMissing } from './order-quantities.ts'
import { PrepaymentPanel } from './prepayment-panel.tsx'
import { ReleasePanel } from './release-panel.tsx'

type Panel = 'release' | 'cancel' | 'prepayment' | 'down-payment'

interface Panels {
  open: (panel: Panel) => void
  shown: ReactNode
}

/** The panels of the order page; they stay mounted while they close. */
export function useOrderPanels(order: Order | undefined): Panels {
  const [open, setOpen] = useState<Panel | null>(null)
  const close = () => setOpen(null)
  return {
    open: setOpen,
    shown: order && (
      <>
        <ReleasePanel order={order} opened={open === 'release'} onClose={close} />
        <CancelPanel order={order} opened={open === 'cancel'} onClose={close} />
        <PrepaymentPanel order={order} opened={open === 'prepayment'} onClose={close} />
        <DownPaymentPanel order={order} opened={open === 'down-payment'} onClose={close} />
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
  const canPrepay = may('payments.write') && prepaymentMissing(order) > 0 && step?.kind !== 'prepayment'
  const canPayDown = may('invoicing.write') && mayPayDown(order)
  const canRelease = may('orders.release') && order.status.order === 'on-hold' && step?.kind !== 'release'
  return (
    <>
      {(canCancel || canPrepay || canPayDown || canRelease) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={15} />}>
              {w.actions.more}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {canRelease && (
              <Menu.Item leftSection={<IconLockOpen size={15} />} onClick={() => panels.open('release')}>
                {w.orders.release}
              </Menu.Item>
            )}
            {canPrepay && (
              <Menu.Item leftSection={<IconCash size={15} />} onClick={() => panels.open('prepayment')}>
                {w.orders.recordPrepayment}
              </Menu.Item>
            )}
            {canPayDown && (
              <Menu.Item leftSection={<IconFileInvoice size={15} />} onClick={() => panels.open('down-payment')}>
                {w.billing.down.title}
              </Menu.Item>
            )}
            {canCancel && (
              <Menu.Item leftSection={<IconBan size={15} />} onClick={() => panels.open('cancel')}>
                {w.orders.cancelOrder}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {step && <StepButton order={order} step={step} open={panels.open} />}
    </>
  )
}

function StepButton({ order, step, open }: { order: Order; step: Step; open: Panels['open'] }) {
  const { w, language } = useWords()
  const navigate = useNavigate()
  const create = useAction(createDeliveryNote, ({ id }) => {
    notifications.show({ message: w.orders.noteCreated })
    void navigate({ to: '/delivery-notes/$id', params: { id } })
  })
  const fail = (error: Error) =>
    notifications.show({ color: 'red', message: problemText(error, language), autoClose: 10_000 })
  if (step.kind === 'release') return <Primary onClick={() => open('release')}>{w.orders.release}</Primary>
  if (step.kind === 'prepayment')
    return <Primary onClick={() => open('prepayment')}>{w.orders.recordPrepayment}</Primary>
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
