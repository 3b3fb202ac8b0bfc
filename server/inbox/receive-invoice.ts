import { type Actor, type Kernel, newId, orRefuse, perform, sha256, type Work } from '../kernel/index.ts'
import { readReceived } from './read/read-received.ts'
import { checkReceived } from './rules/check-received.ts'
import { insertOrFind, type NewReceived } from './store.ts'

/**
 * A file that somebody sent comes into the inbox: it is read and checked first, and refused where it is no e-invoice or
 * not safe to open; an invoice with mistakes is kept, its findings are shown beside it. The file stays as it came (GoBD)
 * with its hash; the same one again is answered with the first.
 */
export async function receiveInvoice(
  kernel: Kernel,
  actor: Actor,
  input: { fileName: string; bytes: Buffer },
): Promise<{ id: string; fresh: boolean }> {
  const file = orRefuse(readReceived(input.bytes))
  const findings = checkReceived(file)
  const fatal = findings.filter((f) => f.severity === 'fatal').length
  const { invoice } = file
  return perform(
    kernel,
    {
      name: 'save-received',
      actor,
      input: {
        id: newId(),
        fileName: plain(input.fileName, 200) || `${plain(invoice.number, 60) || 'rechnung'}.${file.container}`,
        mediaType: file.container === 'pdf' ? 'application/pdf' : 'application/xml',
        bytes: input.bytes,
        sha256: sha256(input.bytes),
        profile: file.profile,
        number: plain(invoice.number, 200),
        issuedOn: invoice.issuedOn || null,
        dueOn: invoice.dueOn ?? null,
        sellerName: plain(invoice.seller.name, 300),
        currency: plain(file.currency, 10),
        gross: Number.isSafeInteger(invoice.totals.gross) ? invoice.totals.gross : null,
        fatal,
        warnings: findings.length - fatal,
      },
    },
    saveReceived,
  )
}

async function saveReceived(work: Work, received: NewReceived): Promise<{ id: string; fresh: boolean }> {
  const saved = await insertOrFind(work, received)
  if (saved.fresh) work.announce('inbox.received', { receivedId: saved.id })
  work.record({ subjectId: saved.id, after: { fatal: received.fatal, warnings: received.warnings } })
  return saved
}

/** Words of a stranger as one line, without what could not be shown or would end a header. */
function plain(text: string, most: number): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
    .trim()
    .slice(0, most)
}
