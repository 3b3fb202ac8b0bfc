export { addressesForOrder } from './addresses-for-order.ts'
export { findPayees, keepBankAccount } from './bank-accounts.ts'
export { findBounced, markBounced } from './bounced-addresses.ts'
export { intakeParty, keepIntakeParty } from './intake-party.ts'
export { linkAccount } from './link-shop-account.ts'
export { customerRoutes } from './routes.ts'
export type { Match } from './rules/judge-match.ts'
export {
  addCustomers,
  addGuest,
  type CustomerChange,
  changeCustomer,
  changeCustomers,
  createCustomer,
} from './save-customer.ts'
export { listAddresses } from './save-rows.ts'
export {
  type CustomerRow,
  customersByNumbers,
  findAddresses,
  findBuyer,
  findCustomerRow,
  matchCustomer,
} from './store.ts'
