import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ShopAccess } from './connector.ts'

/*
 * For tests: shops that behave as badly as real ones were seen to. Each shop's folder has a stand-in.ts that keeps the
 * shop's own rules (what lowers its stock, which writes race, what a hook says); how it goes wrong is the same for all.
 */

/** How badly it goes; shares of 1. Changed while it runs; all 0 and not down: a good day. */
export interface Trouble {
  /** calls answered 429, 500, not at all, or done but with the answer lost */
  calls: number
  hooksLost: number
  hooksDoubled: number
  /** hooks go out in any order */
  hooksShuffled: boolean
  down: boolean
}

export const goodDay = (): Trouble => ({ calls: 0, hooksLost: 0, hooksDoubled: 0, hooksShuffled: false, down: false })

/** A shop as a test plays it: buyers and the merchant's staff on one side, the API for Tresen on the other. */
export interface StandIn {
  access: ShopAccess
  trouble: Trouble
  /** where hooks go, for example http://127.0.0.1:1234/api/shops/web/hooks; until it is set nothing is sent */
  hooksTo(address: string): void
  /** Sends what waits, as badly as it is set; resolves when every hook was sent or lost. */
  sendHooks(): Promise<void>
  addArticle(article: { sku: string; name: string; grossPrice: number; stock: number; gtin?: string }): void
  /** A buyer buys; the shop lowers its stock as that shop does. Throws if it shows too little. Returns the API id. */
  buy(order: { lines: readonly { sku: string; quantity: number }[]; pay: 'later' | 'now'; email: string }): string
  /** Somebody cancels in the shop: the whole order, or pieces of one article where the shop can do that. */
  cancel(orderId: string, line?: { sku: string; quantity: number }): void
  /** what a buyer may still buy */
  available(sku: string): number
  /** what a merchant sees in the shop's own administration */
  seen(orderId: string): SeenOrder
  orderIds(): readonly string[]
  /** number of calls the API answered, for rate limits */
  calls(): number
  close(): Promise<void>
}

export interface SeenOrder {
  number: string
  /** pieces by SKU */
  ordered: Record<string, number>
  shipped: Record<string, number>
  trackingNumbers: readonly string[]
  cancelled: boolean
  paid: boolean
}

export interface ApiCall {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string | undefined>
  body: unknown
  rawBody: string
}

export interface ApiAnswer {
  status: number
  json?: unknown
  headers?: Record<string, string>
}

/** An HTTP server on a free port that answers by `handle`, badly as `trouble` says. */
export async function serveBadly(
  handle: (call: ApiCall) => ApiAnswer,
  trouble: Trouble,
  random: () => number,
): Promise<{ address: string; calls(): number; close(): Promise<void> }> {
  let calls = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const rawBody = Buffer.concat(chunks).toString('utf8')
    const url = new URL(request.url!, 'http://shop')
    const headers = request.headers as Record<string, string | undefined>
    calls++
    if (trouble.down) return request.socket.destroy()
    const bad = random() < trouble.calls ? Math.floor(random() * 4) : -1
    if (bad === 0) return response.writeHead(429, { 'retry-after': '0.05' }).end('{}')
    if (bad === 1) return response.writeHead(500).end('<html>Error</html>')
    if (bad === 2) return request.socket.destroy()
    const answer = handle({
      method: request.method!,
      path: url.pathname,
      query: url.searchParams,
      headers,
      body: rawBody === '' ? undefined : parsed(rawBody),
      rawBody,
    })
    if (bad === 3) return request.socket.destroy() // done, but nobody hears of it
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    response.end(answer.json === undefined ? '' : JSON.stringify(answer.json))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** Hooks that wait to be sent; lost, doubled and shuffled as `trouble` says. `send` answers the status it got. */
export function hookQueue(trouble: Trouble, random: () => number) {
  const waiting: (() => Promise<number>)[] = []
  return {
    add(send: () => Promise<number>): void {
      if (random() < trouble.hooksLost) return
      waiting.push(send)
      if (random() < trouble.hooksDoubled) waiting.push(send)
    },
    async flush(): Promise<number[]> {
      const batch = waiting.splice(0)
      if (trouble.hooksShuffled) batch.sort(() => random() - 0.5)
      const statuses: number[] = []
      for (const send of batch) statuses.push(await send().catch(() => 0))
      return statuses
    },
  }
}
