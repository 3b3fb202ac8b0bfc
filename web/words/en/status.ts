import type { status as german } from '../de/status.ts'

export const status: typeof german = {
  heads: { order: 'Order', delivery: 'Delivery', invoicing: 'Invoice', payment: 'Payment' },
  order: { 'on-hold': 'On hold', active: 'In progress', completed: 'Completed', cancelled: 'Cancelled' },
  delivery: {
    'waiting-for-goods': 'Waits for goods',
    ready: 'Ready to deliver',
    'partly-delivered': 'Partly delivered',
    delivered: 'Delivered',
    'nothing-to-deliver': 'Nothing to deliver',
  },
  invoicing: {
    'not-invoiced': 'Not invoiced yet',
    'partly-invoiced': 'Partly invoiced',
    invoiced: 'Invoiced',
    'nothing-to-invoice': 'Nothing to invoice',
  },
  payment: {
    unpaid: 'Unpaid',
    'partly-paid': 'Partly paid',
    paid: 'Paid',
    prepaid: 'Prepaid',
    'nothing-to-pay': 'Nothing to pay',
  },
  note: { open: 'To pack', issued: 'Delivered', cancelled: 'Cancelled' },
  invoice: {
    unpaid: 'Unpaid',
    'partly-paid': 'Partly paid',
    paid: 'Paid',
    corrected: 'Reversed',
    'nothing-to-pay': 'Nothing to pay',
  },
  parked: { parked: 'Parked', completed: 'Taken', discarded: 'Discarded' },
  overdue: (days) => (days === 1 ? '1 day overdue' : `${days} days overdue`),
  active: 'Active',
  inactive: 'Inactive',
  blocked: 'Blocked',
}
