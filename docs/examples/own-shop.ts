// A shop of one's own on the API of Tresen: node own-shop.ts (Node 24). TRESEN, KEY, CHANNEL and SECRET as docs/own-shop.md says.
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

const { TRESEN, KEY, CHANNEL, SECRET, PORT = '4000' } = process.env
const ask = async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${TRESEN}${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  return answer.json()
}

// What the channel may sell, by article number; read once, then kept right by the webhooks.
const numbers = new Map<string, string>()
for (let after = ''; ; ) {
  const page = await ask(
    'GET',
    `/api/channels/${CHANNEL}/stock?limit=200${after && `&after=${encodeURIComponent(after)}`}`,
  )
  for (const row of page.rows) numbers.set(row.articleId, row.articleNumber)
  if (page.next === null) break
  after = page.next
}
console.log(`${numbers.size} articles`)

createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const bytes = Buffer.concat(chunks).toString()
  try {
    new Webhook(SECRET!).verify(bytes, request.headers as Record<string, string>)
  } catch {
    return response.writeHead(401).end()
  }
  response.writeHead(204).end() // at once; the same event may come again
  const { type, data } = JSON.parse(bytes)
  if (type === 'stock.changed')
    for (const number of data.articleIds.flatMap((id: string) => numbers.get(id) ?? [])) {
      const { rows } = await ask('GET', `/api/channels/${CHANNEL}/stock?article=${encodeURIComponent(number)}`)
      console.log(`stock ${number}: ${rows[0].available / 1000}`)
    }
  if (type === 'delivery.goods-issued')
    for (const order of data.orders)
      console.log(`${order.externalNumber} ${order.delivery} ${data.trackingNumber ?? ''}`)
}).listen(Number(PORT), () => console.log('listening'))
