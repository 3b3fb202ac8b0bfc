import * as api from '../../common/inbox/api.ts'
import { type Binding, orNotFound, raw, read } from '../kernel/index.ts'
import { findOneReceived, findReceived } from './find-received.ts'
import { MAX_FILE } from './read/limits.ts'
import { receiveInvoice } from './receive-invoice.ts'
import { findWithFile } from './store.ts'

export const inboxRoutes: Binding[] = [
  raw(
    api.receiveInvoice,
    async (request, reply, { kernel, identity }) => {
      const { fileName } = request.query as { fileName: string }
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const actor = { kind: identity!.kind, id: identity!.id }
      return reply.send(await receiveInvoice(kernel, actor, { fileName, bytes }))
    },
    { bytes: true, largest: MAX_FILE },
  ),
  read(api.listReceived, findReceived),
  read(api.getReceived, findOneReceived),
  raw(api.getReceivedFile, async (request, reply, { kernel }) => {
    const { id } = request.params as { id: string }
    const file = orNotFound(await findWithFile(kernel.database, id), 'received-invoice')
    // a stranger's file: saved, never shown by the browser in our name
    return reply
      .type(file.mediaType)
      .header('content-disposition', disposition(file.fileName))
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('etag', `"${file.sha256.toString('hex')}"`)
      .header('cache-control', 'private, max-age=31536000, immutable')
      .send(file.bytes)
  }),
]

/** RFC 6266: the name in ASCII, and as it is. */
function disposition(fileName: string): string {
  const ascii = fileName.replace(/[^\w.-]/g, '_')
  const whole = encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${whole}`
}
