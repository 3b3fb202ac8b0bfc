import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { type Customer, changeCustomer } from '../../common/customers/api.ts'
import { useAction } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { AddressFields, addressDraftOf, addressOf, emptyAddress, isWholeAddress } from '../ui/address-fields.tsx'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'
import { accountOf, contentOf, draftOf, isComplete, mandateOf, vatIdOf } from './customer-draft.ts'
import { CustomerFields, TermsFields } from './customer-fields.tsx'
import { SendingFields } from './sending-fields.tsx'

interface PanelProps {
  customer: Customer
  opened: boolean
  onClose: () => void
}

export function ChangeCustomerPanel({ customer, opened, onClose }: PanelProps) {
  const { w } = useWords()
  const may = useMay()
  const [draft, setDraft] = useState(() => draftOf(customer))
  const [billTo, setBillTo] = useState(() => addressDraftOf(customer.billTo))
  // biome-ignore lint/correctness/useExhaustiveDependencies: only opening takes the customer anew
  useEffect(() => {
    if (!opened) return
    setDraft(draftOf(customer))
    setBillTo(addressDraftOf(customer.billTo))
  }, [opened])
  const action = useAction(changeCustomer, () => {
    notifications.show({ message: w.customers.saved })
    onClose()
  })
  const moved = JSON.stringify(billTo) !== JSON.stringify(addressDraftOf(customer.billTo))
  const submit = () =>
    action.mutate({
      id: customer.id,
      ...contentOf(draft),
      email: draft.email.trim() || null,
      vatId: vatIdOf(draft) || null,
      buyerReference: draft.buyerReference.trim() || null,
      ...(may('payments.read') ? { bankAccount: accountOf(draft.account), mandate: mandateOf(draft) } : {}),
      ...(moved
        ? { billTo: { ...addressOf(billTo), phone: customer.billTo.phone, email: customer.billTo.email } }
        : {}),
    })
  return (
    <Panel
      wide
      title={customer.name}
      opened={opened}
      onClose={onClose}
      submit={w.actions.save}
      onSubmit={submit}
      busy={action.isPending}
      disabled={!isComplete(draft) || !isWholeAddress(billTo)}
      error={action.error}
      foot={moved && w.customers.addressHint}
    >
      <CustomerFields draft={draft} onChange={setDraft} />
      <h3>{w.customers.sections.billTo}</h3>
      <AddressFields draft={billTo} onChange={setBillTo} />
      <h3>{w.customers.sections.terms}</h3>
      <TermsFields draft={draft} onChange={setDraft} />
      <h3>{w.sending.customer.title}</h3>
      <SendingFields draft={draft} onChange={setDraft} />
    </Panel>
  )
}

export function AddAddressPanel({ customer, opened, onClose }: PanelProps) {
  const { w } = useWords()
  const [draft, setDraft] = useState({ ...emptyAddress, name: customer.name })
  const action = useAction(changeCustomer, () => {
    notifications.show({ message: w.customers.addressAdded })
    setDraft({ ...emptyAddress, name: customer.name })
    onClose()
  })
  return (
    <Panel
      title={w.customers.fields.addDeliverTo}
      opened={opened}
      onClose={onClose}
      submit={w.actions.save}
      onSubmit={() => action.mutate({ id: customer.id, addDeliverTo: addressOf(draft) })}
      busy={action.isPending}
      disabled={!isWholeAddress(draft)}
      error={action.error}
    >
      <AddressFields draft={draft} onChange={setDraft} />
    </Panel>
  )
}
