import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Received {
  path: string
  headers: Record<string, string | undefined>
  body: Buffer
  at: Date
}

/** Stands where Tresen would: takes the plugin's hooks and answers its questions at the checkout. */
export async function hookReceiver() {
  const hooks: Received[] = []
  const questions: unknown[] = []
  let answer: { status: number; json: unknown; afterMs: number } = { status: 200, json: { allowed: true }, afterMs: 0 }
  let refusals = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    if (request.url === '/api/checkout-question') {
      questions.push({ ...JSON.parse(body.toString()), key: request.headers.authorization })
      await sleep(answer.afterMs)
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json))
      return
    }
    if (refusals > 0) {
      refusals--
      response.writeHead(503).end()
      return
    }
    hooks.push({ path: request.url!, headers: request.headers as Received['headers'], body, at: new Date() })
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hooks,
    questions,
    answers(json: unknown, { status = 200, afterMs = 0 } = {}) {
      answer = { status, json, afterMs }
    },
    /** the next so many hooks are not taken */
    refuse(count: number) {
      refusals = count
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
