import { Switch, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createCustomer } from '../../common/customers/api.ts'
import { useAction } from '../load.ts'
import { AddressFields, addressOf, emptyAddress, isWholeAddress } from '../ui/address-fields.tsx'
import { Page, Primary, Section } from '../ui/page.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import {
  accountOf,
  type CustomerDraft,
  contentOf,
  emptyCustomer,
  isComplete,
  mandateOf,
  vatIdOf,
} from './customer-draft.ts'
import { CustomerFields, TermsFields } from './customer-fields.tsx'
import { SendingFields } from './sending-fields.tsx'

export function NewCustomer() {
  const { w } = useWords()
  const { sections, fields } = w.customers
  const navigate = useNavigate()
  const [draft, setDraft] = useState(emptyCustomer)
  const [number, setNumber] = useState('')
  const [billTo, setBillTo] = useState(emptyAddress)
  const [elsewhere, setElsewhere] = useState(false)
  const [deliverTo, setDeliverTo] = useState(emptyAddress)
  const action = useAction(createCustomer, ({ id, number }) => {
    notifications.show({ message: w.customers.created(number) })
    void navigate({ to: '/customers/$id', params: { id }, replace: true })
  })
  // the envelope says the customer's name until it is written differently
  const change = (next: CustomerDraft) => {
    if (billTo.name === draft.name) setBillTo({ ...billTo, name: next.name })
    setDraft(next)
  }
  const ready = isComplete(draft) && isWholeAddress(billTo) && (!elsewhere || isWholeAddress(deliverTo))
  const submit = () =>
    action.mutate({
      ...contentOf(draft),
      email: draft.email.trim() || undefined,
      vatId: vatIdOf(draft) || undefined,
      buyerReference: draft.buyerReference.trim() || undefined,
      bankAccount: accountOf(draft.account) ?? undefined,
      mandate: mandateOf(draft) ?? undefined,
      number: number.trim() || undefined,
      billTo: addressOf(billTo),
      deliverTo: elsewhere ? [addressOf(deliverTo)] : [],
    })
  return (
    <Page
      narrow
      title={w.customers.newCustomer}
      parent={{ to: '/customers', word: w.pages.customers }}
      primary={
        <Primary disabled={!ready} loading={action.isPending} onClick={submit}>
          {w.actions.save}
        </Primary>
      }
    >
      <Refused error={action.error} />
      <Section title={sections.customer}>
        <CustomerFields draft={draft} onChange={change} />
      </Section>
      <Section title={sections.billTo}>
        <AddressFields draft={billTo} onChange={setBillTo} />
      </Section>
      <Section title={sections.deliverTo}>
        <div className="stack">
          <Switch
            label={fields.otherDeliverTo}
            checked={elsewhere}
            onChange={(e) => setElsewhere(e.currentTarget.checked)}
          />
          {elsewhere && <AddressFields draft={deliverTo} onChange={setDeliverTo} />}
        </div>
      </Section>
      <Section title={sections.terms}>
        <TermsFields draft={draft} onChange={setDraft} />
      </Section>
      <Section title={w.sending.customer.title}>
        <SendingFields draft={draft} onChange={setDraft} />
      </Section>
      <TextInput
        className="short-field"
        label={fields.number}
        description={fields.numberHint}
        value={number}
        maxLength={40}
        onChange={(e) => setNumber(e.currentTarget.value)}
      />
    </Page>
  )
}
