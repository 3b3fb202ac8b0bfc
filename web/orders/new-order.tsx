import { notifications } from '@mantine/notifications'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { listChannels } from '../../common/branches/api.ts'
import { getCustomer } from '../../common/customers/api.ts'
import { placeOrder } from '../../common/orders/api.ts'
import { newId } from '../api.ts'
import { type ArticleRow, PickArticle } from '../catalog/pick-article.tsx'
import { PickCustomer } from '../customers/pick-customer.tsx'
import { useAction, useLoad } from '../load.ts'
import { Columns, Notice, Page, Primary, Section } from '../ui/page.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { detailsFor, NewOrderDetails, type OrderDetails } from './new-order-details.tsx'
import { type DraftLine, NewOrderLines } from './new-order-lines.tsx'

/** An order by phone: customer, articles, quantities; everything else is filled in already. */
export function NewOrder() {
  const { w } = useWords()
  const words = w.orders.phone
  const navigate = useNavigate()
  const asked = useSearch({ from: '/shell/orders/new' })
  const [customerId, setCustomerId] = useState(asked.customerId)
  const [lines, setLines] = useState<DraftLine[]>([])
  const [changes, setChanges] = useState<Partial<OrderDetails>>({})
  const articleField = useRef<HTMLInputElement | null>(null)
  const customer = useLoad(getCustomer, { id: customerId ?? '' }, { enabled: customerId !== undefined }).data
  const channels = useLoad(listChannels, {}).data?.channels.filter((channel) => channel.active)
  const chosen = customerId ? customer : undefined
  const details = { ...detailsFor(chosen, channels), ...changes }

  const action = useAction(placeOrder, (result) => {
    if (result.orderId !== null) {
      notifications.show({
        message:
          result.outcome === 'on-hold' ? words.placedHeld(result.number ?? '') : words.placed(result.number ?? ''),
      })
      void navigate({ to: '/orders/$id', params: { id: result.orderId }, replace: true })
    } else if (result.parkedId !== null) {
      notifications.show({ color: 'yellow', message: words.parked })
      void navigate({ to: '/parked-orders/$id', params: { id: result.parkedId }, replace: true })
    }
  })
  const add = (article: ArticleRow) => {
    const known = lines.find((line) => line.article.id === article.id && line.price === undefined)
    if (known)
      setLines(lines.map((line) => (line === known ? { ...line, quantity: (line.quantity ?? 0) + 1000 } : line)))
    else setLines([...lines, { key: newId(), article, quantity: 1000, price: undefined, fresh: true }])
  }
  const ready =
    chosen !== undefined &&
    details.channel !== undefined &&
    lines.length > 0 &&
    lines.every((line) => line.quantity !== undefined && line.quantity > 0)
  const submit = () => {
    if (!ready || details.channel === undefined) return
    action.mutate({
      channel: details.channel,
      customer: { customerNumber: chosen.number },
      paymentMethod: details.paymentMethod,
      buyerOrderNumber: details.buyerOrderNumber.trim() || undefined,
      note: details.note.trim() || undefined,
      ...(details.deliverTo ? { deliverTo: details.deliverTo } : {}),
      lines: lines.map((line) => ({ article: line.article.number, quantity: line.quantity!, unitPrice: line.price })),
    })
  }
  return (
    <Page
      title={w.orders.newOrder}
      parent={{ to: '/orders', word: w.pages.orders }}
      primary={
        <Primary disabled={!ready} loading={action.isPending} onClick={submit}>
          {words.place}
        </Primary>
      }
    >
      {channels?.length === 0 && <Notice tone="amber" title={words.noChannel} />}
      {chosen?.blocked && <Notice tone="amber" title={words.blocked} />}
      {chosen && !chosen.mayBuyOnDeliveryNote && details.paymentMethod === 'on-delivery-note' && (
        <Notice tone="amber" title={words.notOnNote} />
      )}
      <Refused error={action.error} />
      <Columns
        side={
          <NewOrderDetails
            customer={chosen}
            channels={channels ?? []}
            details={details}
            onChange={(next) => setChanges({ ...changes, ...next })}
          />
        }
      >
        <Section>
          <PickCustomer
            label={w.orders.customer}
            autoFocus={asked.customerId === undefined}
            chosen={chosen}
            onChoose={(row) => {
              setCustomerId(row.id)
              setTimeout(() => articleField.current?.focus())
            }}
            onClear={() => {
              setCustomerId(undefined)
              setChanges({})
            }}
          />
        </Section>
        <Section title={w.orders.lines}>
          <NewOrderLines
            lines={lines}
            priceGroup={chosen?.priceGroup ?? 'standard'}
            priceMode={channels?.find((channel) => channel.code === details.channel)?.priceMode ?? 'net'}
            onChange={setLines}
            onDone={() => articleField.current?.focus()}
          />
          <PickArticle
            aria-label={words.findArticle}
            autoFocus={asked.customerId !== undefined}
            inputRef={(input) => {
              articleField.current = input
            }}
            onChoose={add}
          />
        </Section>
      </Columns>
    </Page>
  )
}
