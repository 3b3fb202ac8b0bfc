import {
  correctStock as correctStockRoute,
  listChannelStock,
  listMovements,
  listStock,
  receiveGoods as receiveGoodsRoute,
} from '../../common/stock/api.ts'
import { read, write } from '../kernel/index.ts'
import { correctStock } from './correct-stock.ts'
import { findChannelStock, findMovements, findStock } from './find-stock.ts'
import { receiveGoods } from './receive-goods.ts'

export const stockRoutes = [
  read(listStock, findStock),
  read(listMovements, findMovements),
  read(listChannelStock, findChannelStock),
  write(receiveGoodsRoute, receiveGoods),
  write(correctStockRoute, correctStock),
]
