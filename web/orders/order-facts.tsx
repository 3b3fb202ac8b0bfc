import { Link } from '@tanstack/react-router'
import type { Order } from '../../common/orders/api.ts'
import { useMay } from '../session/me.tsx'
import { Facts } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'
import { ChannelName } from './channel-name.tsx'

export function OrderFacts({ order }: { order: Order }) {
  const { w, f } = useWords()
  const may = useMay()
  return (
    <Facts
      facts={[
        [
          w.orders.customer,
          may('customers.read') ? (
            <Link key="customer" to="/customers/$id" params={{ id: order.customerId }}>
              {order.customerName}
            </Link>
          ) : (
            order.customerName
          ),
        ],
        [w.orders.orderedAt, f.moment(order.orderedAt)],
        [w.orders.channel, <ChannelName key="channel" code={order.channel} />],
        [w.orders.externalNumber, order.externalNumber],
        [w.orders.buyerOrderNumber, order.buyerOrderNumber],
        [w.orders.prices, order.priceMode === 'net' ? w.orders.agreedNet : w.orders.agreedGross],
        [w.orders.paymentMethod, w.orders.methods[order.paymentMethod]],
        [w.orders.prepaid, order.prepaid > 0 && f.euros(order.prepaid)],
        [w.orders.paymentReference, order.paymentReference],
      ]}
    />
  )
}
