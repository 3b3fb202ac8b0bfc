import * as api from '../../common/payments/api.ts'
import { read, write } from '../kernel/index.ts'
import { cancelRefund, recordRefundPaid } from './end-refund.ts'
import { findOpenItems, findPayment, findPayments } from './find-payments.ts'
import { findCredits, findPaymentFile, findPaymentFiles, findRefunds } from './find-refunds.ts'
import { handOverPaymentFile, withdrawPaymentFile } from './hand-over-payment-file.ts'
import { makePaymentFile, previewPaymentFile } from './make-payment-file.ts'
import { allocateCredit, recordPayment } from './record-payment.ts'
import { refundCredit } from './refund-credit.ts'

export const paymentRoutes = [
  read(api.listPayments, findPayments),
  read(api.getPayment, findPayment),
  read(api.listOpenItems, findOpenItems),
  read(api.listRefunds, findRefunds),
  read(api.listCredits, findCredits),
  read(api.previewPaymentFile, previewPaymentFile),
  read(api.listPaymentFiles, findPaymentFiles),
  read(api.getPaymentFile, findPaymentFile),
  write(api.recordPayment, recordPayment),
  write(api.allocateCredit, allocateCredit),
  write(api.refundCredit, refundCredit),
  write(api.recordRefundPaid, recordRefundPaid),
  write(api.cancelRefund, cancelRefund),
  write(api.makePaymentFile, makePaymentFile),
  write(api.handOverPaymentFile, handOverPaymentFile),
  write(api.withdrawPaymentFile, withdrawPaymentFile),
]
