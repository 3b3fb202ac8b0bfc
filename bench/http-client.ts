import { Agent, request } from 'node:http'

/** A lean client with kept-alive connections: the load generator must cost less than what it loads. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 })
  private readonly base: URL
  private readonly key: string
  private count = 0

  readonly address: string

  constructor(address: string, key: string) {
    this.address = address
    this.base = new URL(address)
    this.key = key
  }

  get authorization(): Record<string, string> {
    return { authorization: `Bearer ${this.key}` }
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path)
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>('POST', path, JSON.stringify(body))
  }

  private send<T>(method: string, path: string, body?: string): Promise<T> {
    const headers: Record<string, string | number> = { ...this.authorization }
    if (body !== undefined)
      Object.assign(headers, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': `${process.pid}-${this.count++}-${Date.now()}`,
      })
    return new Promise((resolve, reject) => {
      const outgoing = request(
        { agent: this.agent, host: this.base.hostname, port: this.base.port, method, path, headers },
        (incoming) => {
          const chunks: Buffer[] = []
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
          incoming.on('end', () => {
            const text = Buffer.concat(chunks).toString()
            if (incoming.statusCode !== 200)
              reject(new Error(`${method} ${path}: ${incoming.statusCode} ${text.slice(0, 500)}`))
            else resolve(JSON.parse(text) as T)
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }
}
