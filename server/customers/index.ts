export { addressesForOrder } from './addresses-for-order.ts'
export { findPayees, keepBankAccount } from './bank-accounts.ts'
export { findBounced, markBounced } from './bounced-addresses.ts'
export { intakeParty, keepIntakeParty } from './intake-party.ts'
export { customerRoutes } from './routes.ts'
export {
  addCustomer,
  addCustomers,
  type CustomerChange,
  changeCustomer,
  changeCustomers,
  createCustomer,
} from './save-customer.ts'
export {
  type CustomerRow,
  customersByNumbers,
  findAddresses,
  findBuyer,
  findCustomerRow,
  matchCustomer,
} from './store.ts'
