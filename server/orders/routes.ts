import * as api from '../../common/orders/api.ts'
import { read, write } from '../kernel/index.ts'
import { cancelOrder } from './cancel-order.ts'
import { findOrder } from './find-order.ts'
import { findOrders } from './find-orders.ts'
import { findParkedOrder, findParkedOrders } from './find-parked-orders.ts'
import { completeParkedOrder, discardParkedOrder } from './park-order.ts'
import { placeOrder } from './place-order.ts'
import { releaseOrder } from './release-order.ts'

export const orderRoutes = [
  read(api.listOrders, findOrders),
  read(api.getOrder, findOrder),
  write(api.placeOrder, placeOrder),
  write(api.releaseOrder, releaseOrder),
  write(api.cancelOrder, cancelOrder),
  read(api.listParkedOrders, findParkedOrders),
  read(api.getParkedOrder, findParkedOrder),
  write(api.completeParkedOrder, completeParkedOrder),
  write(api.discardParkedOrder, discardParkedOrder),
]
