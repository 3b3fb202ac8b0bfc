export { customerRoutes } from './routes.ts'
export {
  addCustomer,
  addressesForOrder,
  changeCustomer,
  createCustomer,
  intakeParty,
  keepIntakeParty,
  type MadeCustomer,
} from './save-customer.ts'
export {
  type CustomerRow,
  customersByNumbers,
  findAddresses,
  findAddressesOf,
  findCustomerRow,
  findCustomerRows,
  matchCustomer,
  type PartyKeys,
  type StoredAddress,
} from './store.ts'
