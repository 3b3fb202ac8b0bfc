export { recordPayment } from './record-payment.ts'
export { saveRefund } from './refund-credit.ts'
export { paymentRoutes } from './routes.ts'
