import { Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { type Order, releaseOrder } from '../../common/orders/api.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { PostalAddress } from '../ui/postal-address.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { sayHold } from '../ui/say-facts.ts'
import { useWords } from '../words/words.ts'

/** Lets an order on hold through; where its buyer is only alike to the customer, the clerk may say that it is him. */
export function ReleasePanel({ order, opened, onClose }: { order: Order; opened: boolean; onClose: () => void }) {
  const { w, f } = useWords()
  const [reason, setReason] = useState('')
  const [link, setLink] = useState(false)
  useEffect(() => {
    if (opened) setLink(false)
  }, [opened])
  const action = useAction(releaseOrder, () => {
    notifications.show({ message: link ? w.orders.linkedAndReleased : w.orders.released })
    onClose()
  })
  const reasons = order.hold?.reasons ?? []
  const alike = reasons.find(({ code }) => code === 'buyer-not-linked')
  const canLink = typeof alike?.facts.shopCustomerId === 'string'
  return (
    <Panel
      title={w.orders.releaseTitle}
      opened={opened}
      onClose={onClose}
      submit={link ? w.orders.linkAndRelease : w.orders.release}
      onSubmit={() => action.mutate({ id: order.id, reason: reason.trim(), linkShopAccount: link })}
      busy={action.isPending}
      disabled={reason.trim() === ''}
      error={action.error}
      foot={w.orders.releaseHint}
    >
      <ul className="plain-list">
        {reasons.map((held) => (
          <li key={held.code}>{sayHold(held, w, f)}</li>
        ))}
      </ul>
      {alike && (
        <div>
          <h3 className="quiet">{w.orders.deliverTo}</h3>
          <PostalAddress address={order.deliverTo} />
        </div>
      )}
      {canLink && (
        <Checkbox
          label={w.orders.isThisCustomer(order.customerName)}
          description={w.orders.isThisCustomerHint}
          checked={link}
          onChange={(event) => setLink(event.currentTarget.checked)}
        />
      )}
      <ReasonField
        label={w.orders.releaseReason}
        value={reason}
        onChange={setReason}
        usual={alike ? w.orders.alikeReasons : w.orders.releaseReasons}
      />
    </Panel>
  )
}
