import * as api from '../../common/invoicing/api.ts'
import { read, write } from '../kernel/index.ts'
import { correctInvoice } from './correct-invoice.ts'
import { findInvoice, findInvoices, previewInvoice } from './find-invoices.ts'
import { issueInvoice } from './issue-invoice.ts'

export const invoiceRoutes = [
  read(api.listInvoices, findInvoices),
  read(api.getInvoice, findInvoice),
  read(api.previewInvoice, previewInvoice),
  write(api.issueInvoice, issueInvoice),
  write(api.correctInvoice, correctInvoice),
]
