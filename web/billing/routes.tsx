import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { only } from '../only.ts'
import { listSearch, shell } from '../route-parts.tsx'

const unbilled = createRoute({
  getParentRoute: () => shell,
  path: '/unbilled',
  validateSearch: listSearch,
  staticData: { needs: 'invoicing.read' },
  component: lazyRouteComponent(() => import('./list-to-bill.tsx'), 'ListToBill'),
})
const bill = createRoute({
  getParentRoute: () => shell,
  path: '/unbilled/$customerId',
  validateSearch: only('noteId', 'orderNumber'),
  staticData: { needs: 'invoicing.read' },
  component: lazyRouteComponent(() => import('./bill-customer.tsx'), 'BillCustomer'),
})
const notBilledByMonth = createRoute({
  getParentRoute: () => shell,
  path: '/unbilled-by-month',
  validateSearch: only('day'),
  staticData: { needs: 'invoicing.read' },
  component: lazyRouteComponent(() => import('./not-billed-by-month.tsx'), 'NotBilledByMonth'),
})
const billingRuns = createRoute({
  getParentRoute: () => shell,
  path: '/billing-runs',
  validateSearch: listSearch,
  staticData: { needs: 'invoicing.read' },
  component: lazyRouteComponent(() => import('./list-runs.tsx'), 'ListRuns'),
})
const showBillingRun = createRoute({
  getParentRoute: () => shell,
  path: '/billing-runs/$id',
  validateSearch: listSearch,
  staticData: { needs: 'invoicing.read' },
  component: lazyRouteComponent(() => import('./show-run.tsx'), 'ShowRun'),
})
const invoices = createRoute({
  getParentRoute: () => shell,
  path: '/invoices',
  validateSearch: listSearch,
  staticData: { needs: 'invoicing.read' },
  component: lazyRouteComponent(() => import('./list-invoices.tsx'), 'ListInvoices'),
})
const invoice = createRoute({
  getParentRoute: () => shell,
  path: '/invoices/$id',
  staticData: { needs: 'invoicing.read' },
  component: lazyRouteComponent(() => import('./show-invoice.tsx'), 'ShowInvoice'),
})

export const billingPages = [unbilled, bill, notBilledByMonth, billingRuns, showBillingRun, invoices, invoice] as const
