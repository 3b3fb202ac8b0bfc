import { Select, Textarea, TextInput } from '@mantine/core'
import type { Channel } from '../../common/branches/api.ts'
import type { NewOrderInput } from '../../common/orders/api.ts'
import type { CustomerView } from '../customers/show-customer.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'

export interface OrderDetails {
  channel: string | undefined
  paymentMethod: NewOrderInput['paymentMethod']
  /** undefined: the customer's standard address */
  deliverTo: NewOrderInput['deliverTo']
  buyerOrderNumber: string
  note: string
}

/** What holds until somebody changes it: the phone channel, the way of paying the customer may use. */
export function detailsFor(customer: CustomerView | undefined, channels: Channel[] | undefined): OrderDetails {
  const channel =
    channels?.find((c) => c.kind === 'phone') ?? channels?.find((c) => c.kind === 'branch') ?? channels?.[0]
  return {
    channel: channel?.code,
    paymentMethod: customer?.mayBuyOnDeliveryNote === false ? 'on-invoice' : 'on-delivery-note',
    deliverTo: undefined,
    buyerOrderNumber: '',
    note: '',
  }
}

interface NewOrderDetailsProps {
  customer: CustomerView | undefined
  channels: Channel[]
  details: OrderDetails
  onChange: (changes: Partial<OrderDetails>) => void
}

export function NewOrderDetails({ customer, channels, details, onChange }: NewOrderDetailsProps) {
  const { w, f } = useWords()
  const words = w.orders
  const addresses = customer?.deliverTo ?? []
  return (
    <Section title={words.details}>
      <div className="stack">
        {addresses.length > 1 && (
          <Select
            label={words.deliverTo}
            value={
              addresses.find(
                (a) =>
                  a.street === details.deliverTo?.street &&
                  a.name === details.deliverTo?.name &&
                  a.city === details.deliverTo?.city,
              )?.id ??
              addresses.find((a) => a.isDefault)?.id ??
              null
            }
            allowDeselect={false}
            data={addresses.map((address) => ({
              value: address.id,
              label: [address.name, address.street, address.city].filter(Boolean).join(', '),
            }))}
            onChange={(id) => {
              const found = addresses.find((address) => address.id === id)
              if (!found) return
              const { id: _, isDefault: __, ...deliverTo } = found
              onChange({ deliverTo })
            }}
          />
        )}
        <Select
          label={words.paymentMethod}
          value={details.paymentMethod}
          allowDeselect={false}
          data={Object.entries(words.methods).map(([value, label]) => ({ value, label }))}
          onChange={(value) => onChange({ paymentMethod: value as OrderDetails['paymentMethod'] })}
        />
        {channels.length > 1 && (
          <Select
            label={words.channel}
            value={details.channel ?? null}
            allowDeselect={false}
            data={channels.map((channel) => ({ value: channel.code, label: channel.name }))}
            onChange={(channel) => channel && onChange({ channel })}
          />
        )}
        <TextInput
          label={words.buyerOrderNumber}
          value={details.buyerOrderNumber}
          maxLength={80}
          onChange={(event) => onChange({ buyerOrderNumber: event.currentTarget.value })}
        />
        <Textarea
          label={words.note}
          value={details.note}
          maxLength={1000}
          autosize
          minRows={2}
          onChange={(event) => onChange({ note: event.currentTarget.value })}
        />
        {customer && (
          <Facts
            facts={[
              [w.customers.exposure, f.euros(customer.account.exposure)],
              [w.customers.fields.creditLimit, f.euros(customer.creditLimit)],
            ]}
          />
        )}
      </div>
    </Section>
  )
}
