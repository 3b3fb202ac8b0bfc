import type { BankAccount } from '../../common/customers/api.ts'
import { canonicalJson, type Database, statement, type Work } from '../kernel/index.ts'
import { changeCustomers } from './save-customer.ts'

export interface Payee {
  customerId: string
  name: string
  language: 'de' | 'en'
  account: BankAccount | null
}
const payeesById = statement<Payee>(
  'customers.payees',
  'select id as "customerId", name, language, bank_account as account from customers.customer where id = any($1)',
)
/** Where money goes that customers get back, by customer. */
export async function findPayees(database: Database, customerIds: readonly string[]): Promise<Map<string, Payee>> {
  return new Map((await database.query(payeesById, [customerIds])).map((p) => [p.customerId, p]))
}

/** Keeps the account a customer named when he got money back; as his own, so that the next refund knows it. */
export async function keepBankAccount(work: Work, customerId: string, account: BankAccount): Promise<void> {
  const known = (await findPayees(work, [customerId])).get(customerId)
  if (known && canonicalJson(known.account) !== canonicalJson(account))
    await changeCustomers(work, [{ id: customerId, bankAccount: account }])
}
