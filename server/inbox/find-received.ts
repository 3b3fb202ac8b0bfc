import type { z } from 'zod'
import type { receivedInvoice } from '../../common/inbox/api.ts'
import { type Database, orNotFound, orRefuse, pageRows } from '../kernel/index.ts'
import { readReceived } from './read/read-received.ts'
import { checkReceived } from './rules/check-received.ts'
import { findRows, findWithFile } from './store.ts'

/** Received e-invoices, newest first. */
export async function findReceived(
  database: Database,
  input: { limit: number; after?: string | undefined; q?: string | undefined },
) {
  return pageRows(await findRows(database, input.after, input.q, input.limit), input, (row) => row.id)
}

/** One in full. It is read from its file each time, so that it is always held against the rules of today. */
export async function findOneReceived(database: Database, input: { id: string }) {
  const { bytes, sha256, mediaType: _, ...row } = orNotFound(await findWithFile(database, input.id), 'received-invoice')
  const { container, syntax, specification, invoice, attachments, further, unknown, ...file } = orRefuse(
    readReceived(bytes),
  )
  const { customerNumber, ...buyer } = invoice.buyer
  const shown = {
    ...row,
    sha256: sha256.toString('hex'),
    container,
    syntax,
    specification,
    invoice: { ...invoice, buyer: { ...buyer, ...(customerNumber ? { identifier: customerNumber } : {}) } },
    attachments,
    further,
    unknown,
    findings: checkReceived({ container, syntax, specification, invoice, attachments, further, unknown, ...file }),
  }
  return withoutNaN(shown) as z.input<typeof receivedInvoice>
}

/** An amount that isn't there is null, as JSON says it; dates of the database stay what they are. */
function withoutNaN(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.map(withoutNaN)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutNaN(inner)]))
}
