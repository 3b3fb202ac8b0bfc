import { findDocument } from '../documents/index.ts'
import type { Database } from '../kernel/index.ts'
import { findLinesOfOrders } from '../orders/index.ts'
import type { Correctable } from './issue-correction.ts'
import type { InvoiceSnapshot } from './make-invoice-files.ts'
import { findInvoiceLines, findInvoiceRows } from './store.ts'

/** Documents as a correction needs them, in the order of their ids; their orders and notes are locked by the caller. */
export async function loadCorrectables(
  database: Database,
  ids: readonly string[],
): Promise<Omit<Correctable, 'open'>[]> {
  const [rows, lines] = await Promise.all([findInvoiceRows(database, ids), findInvoiceLines(database, ids)])
  const [documents, orderLines] = await Promise.all([
    Promise.all(rows.map((r) => findDocument(database, r.documentId))),
    findLinesOfOrders(
      database,
      lines.map((l) => l.orderId),
    ),
  ])
  const orderLineById = new Map(orderLines.map((l) => [l.id, l]))
  return rows.map((row, i) => ({
    row,
    said: (JSON.parse(documents[i]!.snapshot) as InvoiceSnapshot).invoice,
    lines: lines
      .filter((l) => l.invoiceId === row.id)
      .map((l) => ({ ...l, orderLine: orderLineById.get(l.orderLineId)! })),
  }))
}
