import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A way to the shop on which answers get lost: the shop did what it was asked, and nobody hears of it. */
export async function lossyProxy(target: string) {
  let losing: RegExp | undefined
  let lost = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method!,
      headers: headers as Record<string, string>,
      body,
    })
    const text = await answer.text()
    if (losing?.test(body)) {
      losing = undefined
      lost++
      request.socket.destroy()
      return
    }
    const token = answer.headers.get('vendure-auth-token')
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      ...(token ? { 'vendure-auth-token': token } : {}),
    })
    response.end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** the next answer to a request like this is lost */
    lose(request: RegExp) {
      losing = request
    },
    lost: () => lost,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
