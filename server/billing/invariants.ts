import { breaches } from '../kernel/invariants.ts'

export const billingInvariants = [
  breaches(
    'what a billing run wrote is for the customer it was planned for, and takes nothing that was not planned',
    `select format('run %s, invoice %s: line of note line %s', b.run_id, i.number, l.note_line_id) as breach
       from billing.bill b join invoicing.invoice i on i.id = b.invoice_id join invoicing.invoice_line l on l.invoice_id = i.id
      where i.customer_id <> b.customer_id or not l.note_line_id = any(b.note_line_ids)`,
  ),
]
