import { billingInvariants, billingRoutes } from '../billing/index.ts'
import { branchRoutes } from '../branches/index.ts'
import { catalogRoutes } from '../catalog/index.ts'
import { customerRoutes } from '../customers/index.ts'
import { deliveryInvariants, deliveryRoutes, makeNoteFile, makePickListFile } from '../delivery/index.ts'
import { documentInvariants, documentListener, documentRoutes, type FileMakers } from '../documents/index.ts'
import { importRoutes } from '../import/index.ts'
import { inboxRoutes } from '../inbox/index.ts'
import { invoiceRoutes, invoicingInvariants, makeInvoiceFile } from '../invoicing/index.ts'
import type { Binding, Invariant, Listener } from '../kernel/index.ts'
import { kernelInvariants } from '../kernel/kernel-invariants.ts'
import { webhookListener } from '../kernel/webhooks.ts'
import { linkInvariants, linkRoutes } from '../links/index.ts'
import { orderInvariants, orderRoutes } from '../orders/index.ts'
import { makeTransferFile, paymentInvariants, paymentRoutes } from '../payments/index.ts'
import { receivablesInvariants } from '../receivables/index.ts'
import { makeReturnFile, returnInvariants, returnRoutes } from '../returns/index.ts'
import { sendingInvariants, sendingListener, sendingRoutes } from '../sending/index.ts'
import { shopListener, shopRoutes } from '../shops/index.ts'
import { stockInvariants, stockRoutes } from '../stock/index.ts'
import { taxRoutes } from '../tax/index.ts'

/* The only place that knows everybody: what the server answers, who listens to what, what must always be true. */

export const routes: Binding[] = [
  ...documentRoutes,
  ...branchRoutes,
  ...taxRoutes,
  ...catalogRoutes,
  ...customerRoutes,
  ...stockRoutes,
  ...orderRoutes,
  ...deliveryRoutes,
  ...invoiceRoutes,
  ...inboxRoutes,
  ...paymentRoutes,
  ...billingRoutes,
  ...returnRoutes,
  ...linkRoutes,
  ...sendingRoutes,
  ...importRoutes,
  ...shopRoutes,
]

export const fileMakers: FileMakers = {
  'delivery-note': makeNoteFile,
  'pick-list': makePickListFile,
  invoice: makeInvoiceFile,
  correction: makeInvoiceFile,
  return: makeReturnFile,
  'payment-file': makeTransferFile,
}

export const listeners: Listener[] = [documentListener, webhookListener, shopListener, sendingListener]

export const invariants: Invariant[] = [
  ...documentInvariants,
  ...stockInvariants,
  ...receivablesInvariants,
  ...orderInvariants,
  ...deliveryInvariants,
  ...invoicingInvariants,
  ...paymentInvariants,
  ...billingInvariants,
  ...returnInvariants,
  ...sendingInvariants,
  ...linkInvariants,
  ...kernelInvariants,
]
