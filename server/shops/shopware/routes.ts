import type { z } from 'zod'
import * as api from '../../../common/shops/api.ts'
import { type Binding, perform, raw, systemActor, write } from '../../kernel/index.ts'
import { confirmApp } from './confirm-app.ts'
import { renewShopwareManifest, showManifest } from './manifest.ts'
import { registerApp } from './register-app.ts'

type Headers = Record<string, string | undefined>

/** The app of a Shopware shop. Answers with secrets are told once and not kept. */
export const shopwareRoutes: Binding[] = [
  raw(api.getShopwareManifest, async (request, reply, { kernel }) => {
    const manifest = await showManifest(kernel.database, request.params as { channelId: string })
    return reply
      .type('application/xml; charset=utf-8')
      .header('content-disposition', 'attachment; filename="manifest.xml"')
      .header('cache-control', 'no-store')
      .send(manifest)
  }),
  write(api.renewShopwareManifest, renewShopwareManifest),
  raw(api.registerShopwareApp, async (request, reply, { kernel }) => {
    const query = request.query as z.output<NonNullable<typeof api.registerShopwareApp.query>>
    const input = {
      channel: (request.params as { channel: string }).channel,
      queryString: request.raw.url!.slice(request.raw.url!.indexOf('?') + 1),
      headers: request.headers as Headers,
      shopId: query['shop-id'],
      shopUrl: query['shop-url'],
      timestamp: query.timestamp,
      origin: `${request.protocol}://${request.host}`,
    }
    const call = { name: 'register-app', actor: systemActor, input, confidential: true }
    return reply.header('cache-control', 'no-store').send(await perform(kernel, call, registerApp))
  }),
  raw(
    api.confirmShopwareApp,
    async (request, reply, { kernel }) => {
      const input = {
        channel: (request.params as { channel: string }).channel,
        headers: request.headers as Headers,
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      }
      return reply.send(await perform(kernel, { name: 'confirm-app', actor: systemActor, input }, confirmApp))
    },
    { bytes: true },
  ),
]
