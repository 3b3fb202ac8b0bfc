import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconEdit, IconLink, IconMapPin } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { getCustomer } from '../../common/customers/api.ts'
import { spacedIban } from '../../common/iban.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Columns, Facts, Page, Primary, Section } from '../ui/page.tsx'
import { Failed, PageSkeleton } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { useWords } from '../words/words.ts'
import { Account } from './account.tsx'
import { AddAddressPanel, ChangeCustomerPanel } from './change-customer-panel.tsx'
import { CustomerAddresses } from './customer-addresses.tsx'
import { CustomerDocuments } from './customer-documents.tsx'
import { CustomerSending } from './customer-sending.tsx'
import { FurtherContacts } from './further-contacts.tsx'
import { LinkShopAccountPanel, ShopAccounts } from './shop-accounts.tsx'

export type CustomerView = z.output<(typeof getCustomer)['output']>

/** One customer: what they owe against what they may, where the goods go, on which terms. */
export function ShowCustomer() {
  const { id } = useParams({ from: '/shell/customers/$id' })
  const { w } = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const load = useLoad(getCustomer, { id })
  const [open, setOpen] = useState<'change' | 'address' | 'link' | null>(null)
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const customer = load.data
  return (
    <Page
      title={customer.name}
      parent={{ to: '/customers', word: w.pages.customers }}
      state={
        <span className="statuses">
          <span className="quiet">{customer.number}</span>
          {customer.blocked && <Status tone="stop" word={w.customers.state.blocked} />}
          {customer.mayBuyOnDeliveryNote && <Status tone="done" word={w.customers.onNote} />}
        </span>
      }
      actions={
        may('customers.write') && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size={15} />}>
                {w.actions.more}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconEdit size={15} />} onClick={() => setOpen('change')}>
                {w.actions.change}
              </Menu.Item>
              <Menu.Item leftSection={<IconMapPin size={15} />} onClick={() => setOpen('address')}>
                {w.customers.fields.addDeliverTo}
              </Menu.Item>
              <Menu.Item leftSection={<IconLink size={15} />} onClick={() => setOpen('link')}>
                {w.customers.shopAccounts.add}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )
      }
      primary={
        may('orders.write') && (
          <Primary onClick={() => void navigate({ to: '/orders/new', search: { customerId: customer.id } })}>
            {w.customers.newOrder}
          </Primary>
        )
      }
    >
      <Columns side={<CustomerFacts customer={customer} />}>
        <Account customer={customer} />
        <CustomerDocuments customer={customer} />
        <CustomerAddresses customer={customer} />
      </Columns>
      <ChangeCustomerPanel customer={customer} opened={open === 'change'} onClose={() => setOpen(null)} />
      <AddAddressPanel customer={customer} opened={open === 'address'} onClose={() => setOpen(null)} />
      <LinkShopAccountPanel customer={customer} opened={open === 'link'} onClose={() => setOpen(null)} />
    </Page>
  )
}

function CustomerFacts({ customer }: { customer: CustomerView }) {
  const { w, f } = useWords()
  const { fields } = w.customers
  const { paymentTerms: terms, contact } = customer
  return (
    <>
      <Section title={w.customers.terms}>
        <Facts
          facts={[
            [fields.netDays, w.customers.termsOf(terms.netDays)],
            ...terms.skonto.map(
              (step) => [fields.skonto, w.customers.skontoOf(step.days, f.percent(step.percent))] as const,
            ),
            [fields.billingRule, w.customers.rules[customer.billingRule]],
            [fields.billingAmount, customer.billingRule === 'above-amount' && f.euros(customer.billingAmount)],
            [
              fields.invoiceGrouping,
              customer.invoiceGrouping !== 'none' && w.customers.groupings[customer.invoiceGrouping],
            ],
            [fields.invoiceFormat, w.customers.formats[customer.invoiceFormat]],
            [fields.creditDocument, w.customers.creditDocuments[customer.creditDocument]],
            [fields.collectiveCredit, customer.collectiveCredit && w.yes],
            [fields.account, customer.bankAccount && spacedIban(customer.bankAccount.iban)],
            [fields.noteReferences, customer.eInvoice.noteReferences && w.yes],
            [fields.attachNotes, customer.eInvoice.attachNotes && w.yes],
            [fields.mandateReference, customer.mandate?.reference],
            [fields.buyerReference, customer.buyerReference],
            [fields.priceGroup, customer.priceGroup],
            [fields.vatTreatment, w.customers.vatTreatments[customer.vatTreatment]],
            [fields.vatId, customer.vatId],
          ]}
        />
      </Section>
      <CustomerSending customer={customer} />
      {(contact.name || contact.phone || contact.email || customer.email) && (
        <Section title={w.customers.contact}>
          <Facts
            facts={[
              [fields.contactName, contact.name],
              [
                fields.contactPhone,
                contact.phone && <a href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>{contact.phone}</a>,
              ],
              [fields.contactEmail, contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>],
              [fields.email, customer.email && <a href={`mailto:${customer.email}`}>{customer.email}</a>],
            ]}
          />
        </Section>
      )}
      <FurtherContacts contacts={customer.furtherContacts} />
      <ShopAccounts customer={customer} />
    </>
  )
}
