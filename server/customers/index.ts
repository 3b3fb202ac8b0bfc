export { customerRoutes } from './routes.ts'
export {
  addCustomer,
  addressesForOrder,
  changeCustomer,
  createCustomer,
  intakeParty,
  keepIntakeParty,
} from './save-customer.ts'
export {
  type CustomerRow,
  customersByNumbers,
  findAddresses,
  findAddressesOf,
  findBuyer,
  findCustomerRow,
  matchCustomer,
} from './store.ts'
