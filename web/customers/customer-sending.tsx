import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { changeCustomer } from '../../common/customers/api.ts'
import { needsConsent, recipientsFor } from '../../common/customers/sending.ts'
import { useAction } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'
import type { CustomerView } from './show-customer.tsx'
import '../sending/sending.css'

/** What goes to the customer by e-mail and where, and addresses from which mail came back. */
export function CustomerSending({ customer }: { customer: CustomerView }) {
  const { w, f } = useWords()
  const words = w.sending.customer
  const { sending, bounced, email } = customer
  const sendsInvoices = sending.kinds.includes('invoice') || sending.kinds.includes('correction')
  const consentLacks = sendsInvoices && !sending.consentOn && needsConsent('invoice', customer.invoiceFormat, customer)
  return (
    <Section title={words.title}>
      {sending.kinds.length === 0 && <p className="quiet">{words.paper}</p>}
      <Facts
        facts={[
          ...sending.kinds.map(
            (kind) =>
              [
                w.sending.kindsMany[kind],
                <span key={kind} className="recipients">
                  {recipientsFor(kind, sending, email).join(', ') || '–'}
                </span>,
              ] as const,
          ),
          [words.consentOn, sending.consentOn && f.day(sending.consentOn)],
        ]}
      />
      {consentLacks && <p className="amber">{words.consentNeeded}</p>}
      {bounced.map((mark) => (
        <Bounced key={mark.address} customerId={customer.id} mark={mark} />
      ))}
    </Section>
  )
}

function Bounced({ customerId, mark }: { customerId: string; mark: CustomerView['bounced'][number] }) {
  const { w, f } = useWords()
  const words = w.sending.customer
  const may = useMay()
  const forgive = useAction(changeCustomer, () => notifications.show({ message: words.forgiven }))
  return (
    <p className="amber recipients">
      {words.bounced}: {mark.address} · {words.bouncedOn(f.day(mark.bouncedOn), mark.reason)}{' '}
      {may('customers.write') && (
        <Button
          variant="default"
          size="compact-xs"
          loading={forgive.isPending}
          onClick={() => forgive.mutate({ id: customerId, forgiveAddresses: [mark.address] })}
        >
          {words.forgive}
        </Button>
      )}
    </p>
  )
}
