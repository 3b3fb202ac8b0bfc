import { connect, type Socket } from 'node:net'

interface Waiting {
  resolve(body: string): void
  reject(error: Error): void
  what: string
}

/**
 * As lean a client as can be: the load generator must cost less than what it loads, and shares the processors with it.
 * HTTP/1.1 on kept-alive connections, one request at a time on each; it reads what our server answers (a status and
 * a content-length) and nothing else.
 */
export class HttpClient {
  readonly address: string
  private readonly url: URL
  private readonly head: string
  private readonly idle: Connection[] = []
  private count = 0

  constructor(address: string, key: string) {
    this.address = address
    this.url = new URL(address)
    this.head = `host: ${this.url.host}\r\nauthorization: Bearer ${key}\r\n`
  }

  get authorization(): Record<string, string> {
    return { authorization: /authorization: (.*)\r/.exec(this.head)![1]! }
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>(`GET ${path}`, '', '')
  }

  post<T>(path: string, body: unknown): Promise<T> {
    const text = JSON.stringify(body)
    const key = `${process.pid}-${this.count++}-${Date.now()}`
    const headers = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\nidempotency-key: ${key}\r\n`
    return this.send<T>(`POST ${path}`, headers, text)
  }

  private async send<T>(what: string, headers: string, body: string): Promise<T> {
    let connection = this.idle.pop()
    // the server closes what was idle for long
    while (connection?.isClosed) connection = this.idle.pop()
    connection ??= new Connection(this.url)
    const answer = await connection.ask(what, `${what} HTTP/1.1\r\n${this.head}${headers}\r\n${body}`)
    this.idle.push(connection)
    return JSON.parse(answer) as T
  }
}

class Connection {
  isClosed = false
  private readonly socket: Socket
  private waiting: Waiting | undefined
  private text = ''
  private bodyFrom = -1
  private bodyBytes = 0

  constructor(url: URL) {
    this.socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true })
    // bytes as characters, so that lengths are bytes
    this.socket.setEncoding('latin1')
    this.socket.on('data', (text) => this.read(String(text)))
    this.socket.on('error', (error) => this.waiting?.reject(error))
    this.socket.on('close', () => {
      this.isClosed = true
      this.waiting?.reject(new Error('the server closed the connection'))
    })
    this.socket.unref()
  }

  ask(what: string, request: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.waiting = { what, resolve, reject }
      this.socket.ref()
      this.socket.write(request)
    })
  }

  private read(text: string): void {
    this.text += text
    if (this.bodyFrom < 0) {
      const end = this.text.indexOf('\r\n\r\n')
      if (end < 0) return
      this.bodyFrom = end + 4
      this.bodyBytes = Number(/content-length: (\d+)/i.exec(this.text)?.[1] ?? 0)
    }
    if (this.text.length < this.bodyFrom + this.bodyBytes) return
    const body = Buffer.from(this.text.slice(this.bodyFrom), 'latin1').toString()
    const [status, waiting] = [this.text.slice(9, 12), this.waiting!]
    this.text = ''
    this.bodyFrom = -1
    this.waiting = undefined
    this.socket.unref()
    if (status === '200') waiting.resolve(body)
    else waiting.reject(new Error(`${waiting.what}: ${status} ${body.slice(0, 500)}`))
  }
}
