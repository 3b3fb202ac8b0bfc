import type { de } from './de.ts'
import { articles } from './en/articles.ts'
import { billing } from './en/billing.ts'
import { common } from './en/common.ts'
import { customers } from './en/customers.ts'
import { delivery } from './en/delivery.ts'
import { inbox } from './en/inbox.ts'
import { links } from './en/links.ts'
import { chain, orders } from './en/orders.ts'
import { payments } from './en/payments.ts'
import { returns } from './en/returns.ts'
import { sending } from './en/sending.ts'
import { settings } from './en/settings.ts'
import { shops } from './en/shops.ts'
import { status } from './en/status.ts'

/** English, complete: a word that is missing does not compile. */
export const en: typeof de = {
  ...common,
  status,
  chain,
  orders,
  delivery,
  billing,
  inbox,
  payments,
  returns,
  links,
  articles,
  customers,
  sending,
  settings,
  shops,
}
