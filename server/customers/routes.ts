import * as api from '../../common/customers/api.ts'
import { read, write } from '../kernel/index.ts'
import { findCustomer, findCustomers } from './find-customers.ts'
import { linkShopAccount, unlinkShopAccount } from './link-shop-account.ts'
import { changeCustomer, createCustomer } from './save-customer.ts'

export const customerRoutes = [
  read(api.listCustomers, findCustomers),
  read(api.getCustomer, async (database, input, { identity }) => {
    const customer = await findCustomer(database, input)
    // who packs goods needn't know where money goes
    return identity?.permissions.has('payments.read') ? customer : { ...customer, bankAccount: undefined }
  }),
  write(api.createCustomer, createCustomer),
  write(api.changeCustomer, changeCustomer),
  write(api.linkShopAccount, linkShopAccount),
  write(api.unlinkShopAccount, unlinkShopAccount),
]
