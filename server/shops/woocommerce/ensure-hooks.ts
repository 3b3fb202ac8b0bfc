import { z } from 'zod'
import { type Remark, remark } from '../../../common/shops/api.ts'
import { allPages, type WooApi } from './api.ts'

const webhook = z.looseObject({ id: z.number(), topic: z.string(), status: z.string(), delivery_url: z.string() })
const TOPICS = ['order.created', 'order.updated', 'order.deleted', 'customer.updated']

/**
 * One webhook a topic to our address. WooCommerce switches one off after five failures in a row and says so nowhere; the
 * secret is written each time one is switched on, because it never tells the old one.
 */
export async function ensureHooks(api: WooApi, address: string, secret: string): Promise<Remark[]> {
  const rows = (await allPages(api, 'webhooks')).flatMap((row) => webhook.safeParse(row).data ?? [])
  const did: Remark[] = []
  for (const topic of TOPICS) {
    const ours = rows.find((row) => row.topic === topic && row.delivery_url === address)
    if (ours?.status === 'active') continue
    if (ours) await api.send('PUT', `webhooks/${ours.id}`, { status: 'active', secret })
    else await api.send('POST', 'webhooks', { name: `Tresen ${topic}`, topic, delivery_url: address, secret })
    did.push(remark(ours ? 'hook-on-again' : 'hook-made', { topic }))
  }
  return did
}
