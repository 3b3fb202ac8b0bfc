import { address } from '../../../common/customers/api.ts'
import { remark } from '../../../common/shops/api.ts'
import { changeCustomer } from '../../customers/index.ts'
import { canonicalJson, perform, statement, systemActor } from '../../kernel/index.ts'
import type { ShopCustomer } from '../connector.ts'
import type { Said, Session } from './session.ts'
import type { Task } from './tasks.ts'

interface Known {
  id: string
  number: string
  email: string | null
  vatId: string | null
  billTo: unknown
}
const byShopId = statement<Known>(
  'shops.customer-by-shop-id',
  `select c.id, c.number, c.email, c.vat_id as "vatId", (select a.details from customers.address a where a.customer_id = c.id and a.role = 'bill-to' and a.is_default) as "billTo"
     from customers.shop_identity s join customers.customer c on c.id = s.customer_id where s.channel = $1 and s.shop_customer_id = $2 and not s.guest`,
)

/**
 * A customer changed his address, e-mail or VAT id in the shop: it's changed here as well, with the history kept. Only
 * one whose account there is linked; nobody is merged by a likeness, and a guest's record in a shop is anybody's.
 */
export async function takeCustomer({ kernel, shop, api }: Session, { objectId }: Task): Promise<Said> {
  const [known] = await kernel.database.query(byShopId, [shop.channel, objectId])
  if (!known) return { outcome: 'nothing-to-do', remarks: [remark('nobody-known')] }
  const customer = await api.customer(objectId)
  if (customer === null) return { outcome: 'nothing-to-do', remarks: [remark('not-in-shop')] }
  const change = changesOf(known, customer)
  if (Object.keys(change).length === 0) return { outcome: 'nothing-to-do', facts: { customer: known.number } }
  await perform(kernel, { name: 'change-customer', actor: systemActor, input: {} }, (work) =>
    changeCustomer(work, { id: known.id, ...change }),
  )
  return {
    outcome: 'done',
    remarks: (['email', 'vatId', 'billTo'] as const).flatMap((field) =>
      field in change ? remark(changed[field]) : [],
    ),
    facts: { customer: known.number },
  }
}

const changed = { email: 'email-changed', vatId: 'vat-id-changed', billTo: 'address-changed' } as const

/** What the shop leaves out stays as it is here. */
function changesOf(known: Known, customer: ShopCustomer) {
  const billTo = address.safeParse(customer.billTo)
  const vatId = customer.vatId?.replace(/\s/g, '').toUpperCase()
  return {
    ...(customer.email && customer.email !== known.email ? { email: customer.email } : {}),
    ...(vatId && /^[A-Z]{2}[A-Z0-9+*]{2,13}$/.test(vatId) && vatId !== known.vatId ? { vatId } : {}),
    ...(billTo.success && canonicalJson(billTo.data) !== canonicalJson(known.billTo) ? { billTo: billTo.data } : {}),
  }
}
