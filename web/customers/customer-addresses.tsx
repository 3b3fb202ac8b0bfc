import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type Customer, changeCustomer } from '../../common/customers/api.ts'
import { useAction } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Section } from '../ui/page.tsx'
import { PostalAddress } from '../ui/postal-address.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import './contacts.css'

/** Where the invoice goes and where goods go; an old building site is taken off the list. */
export function CustomerAddresses({ customer }: { customer: Customer }) {
  const { w } = useWords()
  const may = useMay()
  const drop = useAction(changeCustomer, () => void notifications.show({ message: w.customers.addressDropped }))
  return (
    <Section title={w.customers.addresses}>
      <Refused error={drop.error} />
      <div className="fields">
        <div className="w6">
          <h3 className="quiet">{w.customers.billTo}</h3>
          <PostalAddress address={customer.billTo} />
        </div>
        {customer.deliverTo.map((address) => (
          <div key={address.id} className="w6">
            <h3 className="quiet">
              {w.customers.sections.deliverTo}
              {address.isDefault && customer.deliverTo.length > 1 && ` · ${w.customers.standard}`}
            </h3>
            <PostalAddress address={address} />
            {may('customers.write') && (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                className="drop-address"
                aria-label={`${w.customers.dropAddress}: ${address.name}`}
                loading={drop.isPending && drop.variables.dropDeliverTo?.[0] === address.id}
                onClick={() => drop.mutate({ id: customer.id, dropDeliverTo: [address.id] })}
              >
                {w.customers.dropAddress}
              </Button>
            )}
          </div>
        ))}
        {customer.deliverTo.length === 0 && <p className="w6 quiet">{w.customers.sameAsBillTo}</p>}
      </div>
    </Section>
  )
}
