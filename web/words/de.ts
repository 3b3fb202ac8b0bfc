import { articles } from './de/articles.ts'
import { billing } from './de/billing.ts'
import { common } from './de/common.ts'
import { customers } from './de/customers.ts'
import { delivery } from './de/delivery.ts'
import { inbox } from './de/inbox.ts'
import { links } from './de/links.ts'
import { chain, orders } from './de/orders.ts'
import { payments } from './de/payments.ts'
import { returns } from './de/returns.ts'
import { sending } from './de/sending.ts'
import { settings } from './de/settings.ts'
import { shops } from './de/shops.ts'
import { status } from './de/status.ts'

/** German, the first language: what stands here decides which words there are. */
export const de = {
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
