import type { FastifyReply, FastifyRequest } from 'fastify'
import { dayOf } from '../../common/dates.ts'
import * as api from '../../common/links/api.ts'
import { findWholeMerchant } from '../branches/index.ts'
import { type Asking, type Binding, perform, raw, read, refuseNow, systemActor, write } from '../kernel/index.ts'
import { answerCase } from './answer-case.ts'
import { closeCase } from './close-case.ts'
import { findCase, findCases } from './find-cases.ts'
import { findContent } from './find-content.ts'
import { findLinkFile } from './find-link-file.ts'
import { findLinks } from './find-links.ts'
import { makeLink } from './make-link.ts'
import { countOpening, openLink, refuseUnknown } from './open-link.ts'
import { privateHeaders } from './private-headers.ts'
import { type ReportInput, reportShortage } from './report-shortage.ts'
import { revokeLink } from './revoke-link.ts'
import type { LinkRow } from './store.ts'
import { hit } from './throttle.ts'

const REPORTS_OF_LINK = { most: 20, seconds: 3600 }

interface Opened extends Asking {
  link: LinkRow
}

/** A handler for who has a link: nothing of the answer is kept or found by anybody else, whether there is one or not. */
function withLink(handle: (request: FastifyRequest, reply: FastifyReply, opened: Opened) => Promise<unknown>) {
  return async (request: FastifyRequest, reply: FastifyReply, asking: Asking) => {
    reply.headers(privateHeaders)
    const { token } = request.params as { token: string }
    const link = await openLink(asking.kernel, token, request.ip)
    return handle(request, reply, { ...asking, link })
  }
}

const forCustomers: Binding[] = [
  raw(
    api.getLinkContent,
    withLink(async (_request, reply, { kernel, link }) => {
      const content = await findContent(kernel.database, link, dayOf(kernel.now()))
      await countOpening(kernel, link.id)
      return reply.send(content)
    }),
  ),
  raw(
    api.getLinkFile,
    withLink(async (request, reply, { kernel, link }) => {
      const file = await findLinkFile(kernel.database, link, request.params as { documentId: string; format: string })
      if (file === undefined) return refuseUnknown(kernel)
      if (file.bytes === null) refuseNow('file-not-ready')
      const isPdf = file.mediaType === 'application/pdf'
      const shown = isPdf && (request.query as { download: string }).download !== 'true' ? 'inline' : 'attachment'
      return reply
        .type(file.mediaType)
        .header('content-disposition', `${shown}; filename="${file.fileName}"`)
        .send(file.bytes)
    }),
  ),
  raw(
    api.getLinkLogo,
    withLink(async (_request, reply, { kernel }) => {
      const { logoSvg } = await findWholeMerchant(kernel.database)
      if (logoSvg === undefined) return refuseUnknown(kernel)
      return reply
        .type('image/svg+xml')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .send(logoSvg)
    }),
  ),
  raw(
    api.reportShortage,
    withLink(async (request, reply, { kernel, link }) => {
      await hit(kernel, `reports of ${link.id}`, REPORTS_OF_LINK)
      const input: ReportInput = { ...(request.body as Omit<ReportInput, 'linkId'>), linkId: link.id }
      return reply.send(await perform(kernel, { name: 'report-shortage', actor: systemActor, input }, reportShortage))
    }),
  ),
]

export const linkRoutes: Binding[] = [
  ...forCustomers,
  read(api.listLinks, findLinks),
  write(api.makeLink, makeLink, { confidential: true }),
  write(api.revokeLink, revokeLink),
  read(api.listCases, findCases),
  read(api.getCase, findCase),
  write(api.answerCase, answerCase),
  write(api.closeCase, closeCase),
]
