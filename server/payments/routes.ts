import * as api from '../../common/payments/api.ts'
import { read, write } from '../kernel/index.ts'
import { findOpenItems, findPayment, findPayments } from './find-payments.ts'
import { allocateCredit, recordPayment } from './record-payment.ts'
import { refundCredit } from './refund-credit.ts'

export const paymentRoutes = [
  read(api.listPayments, findPayments),
  read(api.getPayment, findPayment),
  read(api.listOpenItems, findOpenItems),
  write(api.recordPayment, recordPayment),
  write(api.allocateCredit, allocateCredit),
  write(api.refundCredit, refundCredit),
]
