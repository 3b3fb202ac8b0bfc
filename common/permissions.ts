/** What a user or an API key may do. The server checks it in the frame of every use case and read. */
export const permissions = [
  'orders.read',
  'orders.write',
  'orders.release',
  'delivery.read',
  'delivery.write',
  'returns.write',
  'links.read',
  'links.write',
  'invoicing.read',
  'invoicing.write',
  'inbox.read',
  'inbox.write',
  'sending.read',
  'sending.write',
  'payments.read',
  'payments.write',
  'payments.refund',
  'stock.read',
  'stock.write',
  'catalog.read',
  'catalog.write',
  'customers.read',
  'customers.write',
  'settings.read',
  'settings.write',
  'users.write',
  'events.read',
  'checkout.ask',
] as const

export type Permission = (typeof permissions)[number]

export const roles = ['clerk', 'warehouse', 'accounting', 'administrator'] as const
export type Role = (typeof roles)[number]

const everybodyReads: Permission[] = [
  'orders.read',
  'delivery.read',
  'stock.read',
  'catalog.read',
  'customers.read',
  'settings.read',
  'events.read',
]

/** Least privilege: the warehouse sees no invoices, the clerk releases no held order and pays nothing out, not even cash. */
export const permissionsOf: Record<Role, readonly Permission[]> = {
  clerk: [
    ...everybodyReads,
    'orders.write',
    'delivery.write',
    'returns.write',
    'links.read',
    'links.write',
    'invoicing.read',
    'invoicing.write',
    'sending.read',
    'sending.write',
    'payments.read',
    'customers.write',
  ],
  warehouse: [...everybodyReads, 'delivery.write', 'stock.write'],
  accounting: [
    ...everybodyReads,
    'inbox.read',
    'inbox.write',
    'returns.write',
    'links.read',
    'links.write',
    'invoicing.read',
    'invoicing.write',
    'sending.read',
    'sending.write',
    'payments.read',
    'payments.write',
    'payments.refund',
    'orders.release',
    'customers.write',
  ],
  administrator: permissions,
}
