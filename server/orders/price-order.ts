import type { NewOrder, ParkReason } from '../../common/orders/api.ts'
import { findChannel, findMerchant } from '../branches/index.ts'
import { findPricedArticles } from '../catalog/index.ts'
import { matchCustomer } from '../customers/index.ts'
import type { Database } from '../kernel/index.ts'
import { vatRates } from '../tax/index.ts'
import { type ComposedOrder, composeOrder } from './rules/compose-order.ts'

/** What an order would come to, and what is wrong with it, without taking it. */
export async function priceOrder(
  database: Database,
  order: NewOrder,
  today: string,
): Promise<{ order: ComposedOrder; problems: ParkReason[] }> {
  const [channel, merchant, rates, match, articles] = await Promise.all([
    findChannel(database, order.channel),
    findMerchant(database),
    vatRates(database),
    matchCustomer(database, order.channel, order.customer),
    findPricedArticles(
      database,
      order.lines.flatMap((l) => l.article ?? []),
    ),
  ])
  const { priceGroup, vatTreatment, language } = match!.customer
  return composeOrder(order, {
    articles,
    rates,
    today,
    priceMode: order.priceMode ?? channel.priceMode,
    smallBusiness: merchant.smallBusiness,
    priceGroup,
    vatTreatment,
    language,
  })
}
