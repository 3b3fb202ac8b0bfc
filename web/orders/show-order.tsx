import { useParams } from '@tanstack/react-router'
import { getOrder } from '../../common/orders/api.ts'
import { useLoad } from '../load.ts'
import { ChainStrip } from '../ui/chain.tsx'
import { Columns, Notice, Page, Section } from '../ui/page.tsx'
import { PostalAddress } from '../ui/postal-address.tsx'
import { sayHold } from '../ui/say-facts.ts'
import { Failed, PageSkeleton } from '../ui/states.tsx'
import { OrderStatuses } from '../ui/status.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import { chainOfOrder } from './chain-of-order.ts'
import { OrderActions, useOrderPanels } from './order-actions.tsx'
import { OrderFacts } from './order-facts.tsx'
import { OrderLines } from './order-lines.tsx'
import { OrderLog } from './order-log.tsx'
import { missingOf } from './order-quantities.ts'

/** One order with its whole chain and the one thing to do next. */
export function ShowOrder() {
  const { id } = useParams({ from: '/shell/orders/$id' })
  const { w, f } = useWords()
  const load = useLoad(getOrder, { id })
  const panels = useOrderPanels(load.data)
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const order = load.data
  const missing = order.lines.filter((line) => missingOf(line) > 0)
  const sameAddress = JSON.stringify(order.billTo) === JSON.stringify(order.deliverTo)
  return (
    <Page
      title={w.orders.order(order.number)}
      parent={{ to: '/orders', word: w.pages.orders }}
      state={<OrderStatuses status={order.status} />}
      primary={<OrderActions order={order} panels={panels} />}
    >
      {order.hold && order.status.order === 'on-hold' && (
        <Notice tone="red" title={w.orders.held}>
          <ul>
            {order.hold.reasons.map((reason) => (
              <li key={reason.code}>{sayHold(reason, w, f)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <ChainStrip stations={chainOfOrder(order, order.id, w, f)} />
      {missing.length > 0 && (
        <Notice tone="amber" title={w.orders.waitingTitle}>
          <ul>
            {missing.map((line) => (
              <li key={line.id}>
                {w.orders.waiting(
                  `${f.quantity(missingOf(line))} ${unitName(w, line.unit, missingOf(line))}`,
                  line.name,
                )}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Section title={w.orders.lines}>
        <OrderLines order={order} />
      </Section>
      <Columns
        side={
          <Section title={w.orders.details}>
            <OrderFacts order={order} />
          </Section>
        }
      >
        <div className="fields">
          <div className="w6">
            <Section title={w.orders.deliverTo}>
              {sameAddress ? (
                <p className="quiet">{w.orders.sameAddress}</p>
              ) : (
                <PostalAddress address={order.deliverTo} />
              )}
            </Section>
          </div>
          <div className="w6">
            <Section title={w.orders.billTo}>
              <PostalAddress address={order.billTo} />
            </Section>
          </div>
        </div>
        {order.note && (
          <Section title={w.orders.note}>
            <p>{order.note}</p>
          </Section>
        )}
        <Section title={w.log}>
          <OrderLog order={order} />
        </Section>
      </Columns>
      {panels.shown}
    </Page>
  )
}
