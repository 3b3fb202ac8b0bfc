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
  findBuyer,
  findCustomerRow,
  matchCustomer,
} from './store.ts'
