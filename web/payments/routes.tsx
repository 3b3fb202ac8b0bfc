import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { only } from '../only.ts'
import { listSearch, shell } from '../route-parts.tsx'

const payments = createRoute({
  getParentRoute: () => shell,
  path: '/payments',
  validateSearch: listSearch,
  staticData: { needs: 'payments.read' },
  component: lazyRouteComponent(() => import('./list-payments.tsx'), 'ListPayments'),
})
const newPayment = createRoute({
  getParentRoute: () => shell,
  path: '/payments/new',
  validateSearch: only('customerId', 'invoiceId'),
  staticData: { needs: 'payments.write' },
  component: lazyRouteComponent(() => import('./record-payment.tsx'), 'RecordPayment'),
})
const payment = createRoute({
  getParentRoute: () => shell,
  path: '/payments/$id',
  staticData: { needs: 'payments.read' },
  component: lazyRouteComponent(() => import('./show-payment.tsx'), 'ShowPayment'),
})
const openItems = createRoute({
  getParentRoute: () => shell,
  path: '/open-items',
  validateSearch: listSearch,
  staticData: { needs: 'payments.read' },
  component: lazyRouteComponent(() => import('./list-open-items.tsx'), 'ListOpenItems'),
})
const refunds = createRoute({
  getParentRoute: () => shell,
  path: '/refunds',
  validateSearch: listSearch,
  staticData: { needs: 'payments.read' },
  component: lazyRouteComponent(() => import('./list-refunds.tsx'), 'ListRefunds'),
})
const paymentFiles = createRoute({
  getParentRoute: () => shell,
  path: '/payment-files',
  validateSearch: listSearch,
  staticData: { needs: 'payments.read' },
  component: lazyRouteComponent(() => import('./list-payment-files.tsx'), 'ListPaymentFiles'),
})
const paymentFile = createRoute({
  getParentRoute: () => shell,
  path: '/payment-files/$id',
  staticData: { needs: 'payments.read' },
  component: lazyRouteComponent(() => import('./show-payment-file.tsx'), 'ShowPaymentFile'),
})

/** Money that came in, money that is owed, money that goes back. */
export const paymentPages = [payments, newPayment, payment, openItems, refunds, paymentFiles, paymentFile] as const
