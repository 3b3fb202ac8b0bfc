import * as api from '../../common/invoicing/api.ts'
import { read, write } from '../kernel/index.ts'
import { correctInvoice } from './correct-invoice.ts'
import { findReceipts } from './find-down-payment.ts'
import { findInvoice, findInvoices, previewInvoice } from './find-invoices.ts'
import { issueDownPayment, previewDownPayment } from './issue-down-payment.ts'
import { issueInvoice } from './issue-invoice.ts'

export const invoiceRoutes = [
  read(api.listInvoices, findInvoices),
  read(api.getInvoice, findInvoice),
  read(api.previewInvoice, previewInvoice),
  read(api.listReceipts, findReceipts),
  read(api.previewDownPayment, previewDownPayment),
  write(api.issueDownPayment, issueDownPayment),
  write(api.issueInvoice, issueInvoice),
  write(api.correctInvoice, correctInvoice),
]
