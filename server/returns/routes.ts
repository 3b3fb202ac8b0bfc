import * as api from '../../common/returns/api.ts'
import { read, write } from '../kernel/index.ts'
import { cancelReturn } from './cancel-return.ts'
import { findReturn, findReturnable, findReturns } from './find-returns.ts'
import { inspectReturn } from './inspect-return.ts'
import { previewReturn } from './preview-return.ts'
import { takeBack } from './take-back.ts'

export const returnRoutes = [
  read(api.listReturnable, findReturnable),
  read(api.previewReturn, previewReturn),
  read(api.listReturns, findReturns),
  read(api.getReturn, findReturn),
  write(api.takeBack, takeBack),
  write(api.cancelReturn, cancelReturn),
  write(api.inspectReturn, inspectReturn),
]
