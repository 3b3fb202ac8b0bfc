import { orNotFound, type Work } from '../kernel/index.ts'
import { lockLink, setRevoked } from './store.ts'

/** A link opens nothing any more, from this moment on; to revoke it again changes nothing. */
export async function revokeLink(work: Work, input: { id: string }): Promise<Record<string, never>> {
  const link = orNotFound(await lockLink(work, input.id), 'link')
  if (link.revokedAt === null) {
    setRevoked(work, link.id)
    work.announce('link.revoked', { linkId: link.id, customerId: link.customerId })
  }
  work.record({ subjectId: link.id })
  return {}
}
