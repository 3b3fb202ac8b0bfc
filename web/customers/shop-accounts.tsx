import { Button, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { listChannels } from '../../common/branches/api.ts'
import { linkShopAccount, unlinkShopAccount } from '../../common/customers/api.ts'
import { useAction, useLoad } from '../load.ts'
import { ChannelName } from '../orders/channel-name.tsx'
import { useMay } from '../session/me.tsx'
import { Section } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import type { CustomerView } from './show-customer.tsx'
import './contacts.css'

/** The accounts in web shops that are this customer; what they order on credit is his without a question. */
export function ShopAccounts({ customer }: { customer: CustomerView }) {
  const { w, f } = useWords()
  const words = w.customers.shopAccounts
  const may = useMay()
  const unlink = useAction(unlinkShopAccount, () => void notifications.show({ message: words.unlinked }))
  if (customer.shopAccounts.length === 0) return null
  return (
    <Section title={words.title}>
      <Refused error={unlink.error} />
      <ul className="plain-list shop-accounts">
        {customer.shopAccounts.map(({ channel, shopCustomerId, linkedAt }) => (
          <li key={`${channel} ${shopCustomerId}`}>
            <span>
              <ChannelName code={channel} />: <span className="strong">{shopCustomerId}</span>
            </span>
            <span className="quiet small">{words.since(f.day(linkedAt.slice(0, 10)))}</span>
            {may('customers.write') && (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                className="drop-address"
                aria-label={words.unlinkOne(shopCustomerId)}
                loading={unlink.isPending && unlink.variables.shopCustomerId === shopCustomerId}
                onClick={() => unlink.mutate({ id: customer.id, channel, shopCustomerId })}
              >
                {words.unlink}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface LinkPanelProps {
  customer: CustomerView
  opened: boolean
  onClose: () => void
}

/** Says by hand that an account of a web shop is this customer. */
export function LinkShopAccountPanel({ customer, opened, onClose }: LinkPanelProps) {
  const { w } = useWords()
  const words = w.customers.shopAccounts
  const [chosen, setChosen] = useState<string | null>(null)
  const [account, setAccount] = useState('')
  const channels = useLoad(listChannels, {}, { enabled: opened })
  const shops = (channels.data?.channels ?? []).filter(({ kind }) => kind === 'web-shop')
  const channel = chosen ?? (shops.length === 1 ? shops[0]!.code : null)
  const action = useAction(linkShopAccount, () => {
    notifications.show({ message: words.linked })
    setAccount('')
    onClose()
  })
  return (
    <Panel
      title={words.add}
      opened={opened}
      onClose={onClose}
      submit={words.link}
      onSubmit={() => channel && action.mutate({ id: customer.id, channel, shopCustomerId: account.trim() })}
      busy={action.isPending}
      disabled={channel === null || account.trim() === ''}
      error={action.error}
      foot={words.consequences}
    >
      <Select
        label={words.shop}
        data={shops.map(({ code, name }) => ({ value: code, label: name }))}
        value={channel}
        onChange={setChosen}
        allowDeselect={false}
      />
      <TextInput
        label={words.account}
        description={words.accountHint}
        value={account}
        onChange={(event) => setAccount(event.currentTarget.value)}
        maxLength={120}
        data-autofocus
      />
    </Panel>
  )
}
