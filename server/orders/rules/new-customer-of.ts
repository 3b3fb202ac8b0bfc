import type { NewCustomer } from '../../../common/customers/api.ts'
import { noSending } from '../../../common/customers/sending.ts'
import type { NewOrder } from '../../../common/orders/api.ts'

/** The customer record of a guest: what his order says of him, and no credit until somebody grants it. */
export function newCustomerOf(order: NewOrder): NewCustomer {
  const billTo = order.billTo!
  const { email, vatId, company } = order.customer
  const isCompany = company ?? vatId !== undefined
  return {
    kind: isCompany ? 'company' : 'consumer',
    name: billTo.name,
    contact: {
      ...(billTo.additional ? { name: billTo.additional } : {}),
      ...(billTo.phone ? { phone: billTo.phone } : {}),
      ...(email ? { email } : {}),
    },
    furtherContacts: [],
    email,
    vatId: vatId !== undefined && /^[A-Z]{2}[A-Z0-9+*]{2,13}$/.test(vatId) ? vatId : undefined,
    invoiceFormat: 'factur-x',
    eInvoice: { noteReferences: false, attachNotes: false },
    language: 'de',
    priceGroup: 'standard',
    paymentTerms: { netDays: 14, skonto: [] },
    mayBuyOnDeliveryNote: false,
    creditLimit: 0,
    billingRule: 'per-delivery',
    billingAmount: 0,
    invoiceGrouping: 'none',
    creditDocument: 'credit-note',
    collectiveCredit: false,
    blocked: false,
    vatTreatment: 'domestic',
    sending: noSending,
    billTo,
    deliverTo: order.deliverTo ? [order.deliverTo] : [],
    shopIds: {},
  }
}
