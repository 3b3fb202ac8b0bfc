import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ShopCustomer } from './set-up-shop.ts'

interface Storefront {
  port: number
  /** where Vendure answers */
  shop: string
  tresen: string
  buyers: readonly ShopCustomer[]
  password: string
}

const files: Record<string, [path: string, type: string]> = {
  '/': ['storefront/index.html', 'text/html; charset=utf-8'],
  '/storefront.css': ['storefront/storefront.css', 'text/css; charset=utf-8'],
  '/storefront.js': ['storefront/storefront.js', 'text/javascript; charset=utf-8'],
  '/regular.ttf': ['../../server/documents/fonts/SourceSans3-Regular.ttf', 'font/ttf'],
  '/semibold.ttf': ['../../server/documents/fonts/SourceSans3-SemiBold.ttf', 'font/ttf'],
}

/** A small shop window: three files, and the Shop API behind the same address, so that a browser needs no permission. */
export async function serveStorefront(options: Storefront): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => response.writeHead(502).end())
  })
  await new Promise<void>((resolve) => server.listen(options.port, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function answer(
  { shop, tresen, buyers, password }: Storefront,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url!.split('?')[0]!
  if (path === '/shop-api' && request.method === 'POST')
    return passOn(`${shop}/shop-api?languageCode=de`, request, response)
  if (path === '/setting') {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ tresen, password, buyers }))
    return
  }
  const file = files[path]
  if (!file) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, { 'content-type': file[1] }).end(readFileSync(join(import.meta.dirname, file[0])))
}

async function passOn(address: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { authorization } = request.headers
  const found = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    body: Buffer.concat(chunks),
  })
  const token = found.headers.get('vendure-auth-token')
  response.writeHead(found.status, {
    'content-type': 'application/json',
    ...(token ? { 'vendure-auth-token': token } : {}),
  })
  response.end(await found.text())
}
