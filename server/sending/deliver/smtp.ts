import { Readable } from 'node:stream'
import SMTPConnection, { type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection'
import type { RefusedRecipient, SmtpTrouble } from '../rules/judge-answer.ts'

export interface SmtpServer {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  user: string | null
  password: string | null
}

export interface Receipt {
  accepted: string[]
  refused: RefusedRecipient[]
  code: number | null
  answer: string
}

/** The server didn't take the message; `refused` are recipients it wouldn't have anyway. */
export class SmtpError extends Error {
  readonly trouble: SmtpTrouble
  readonly refused: RefusedRecipient[]

  constructor(trouble: SmtpTrouble, refused: RefusedRecipient[]) {
    super(trouble.answer)
    this.name = 'SmtpError'
    this.trouble = trouble
    this.refused = refused
  }
}

export interface Patience {
  connectMs: number
  /** without a byte from the server */
  silentMs: number
  /** for all of it; a server that only trickles is left as well */
  allMs: number
}

/**
 * Hands one mail over to the server, on a connection of its own. Throws an SmtpError that says how far it came: only a
 * mail that was read to its end may have been taken although no receipt came.
 */
export async function handOver(
  server: SmtpServer,
  envelope: { from: string; to: readonly string[] },
  mail: Buffer,
  patience: Patience,
): Promise<Receipt> {
  const connection = new SMTPConnection(optionsOf(server, patience))
  const progress: Pick<SmtpTrouble, 'phase' | 'dataSent'> = { phase: 'connect', dataSent: false }
  const broken = new Promise<never>((_, reject) => connection.once('error', reject))
  broken.catch(() => undefined)
  const deadline = setTimeout(() => {
    connection.emit('error', Object.assign(new Error('the server took too long'), { code: 'ETIMEDOUT' }))
    connection.close()
  }, patience.allMs)
  const step = <T>(work: (done: (error?: Error | null, result?: T) => void) => void): Promise<T> =>
    Promise.race([
      broken,
      new Promise<T>((resolve, reject) => work((error, result) => (error ? reject(error) : resolve(result as T)))),
    ])
  try {
    await step<void>((done) => connection.connect((error) => done(error)))
    if (server.user !== null) {
      progress.phase = 'login'
      const credentials = { user: server.user, pass: server.password ?? '' }
      await step((done) => connection.login({ credentials }, done))
    }
    progress.phase = 'envelope'
    const info = await step<SMTPConnectionSendInfo>((done) =>
      connection.send({ from: envelope.from, to: [...envelope.to], size: mail.length }, told(mail, progress), done),
    )
    connection.quit()
    return receiptOf(info)
  } catch (error) {
    throw asSmtpError(error, progress, server)
  } finally {
    clearTimeout(deadline)
    // it may still complain while it closes
    connection.on('error', () => undefined)
    if (!connection.destroyed) connection.close()
  }
}

const PART_BYTES = 65_536

/** The mail, read only once the server wants it; says when it begins and when all of it is handed over. */
function told(mail: Buffer, progress: Pick<SmtpTrouble, 'phase' | 'dataSent'>): Readable {
  let from = 0
  return new Readable({
    highWaterMark: PART_BYTES,
    read() {
      progress.phase = 'data'
      if (from >= mail.length) {
        progress.dataSent = true
        this.push(null)
        return
      }
      const part = mail.subarray(from, from + PART_BYTES)
      from += part.length
      this.push(part)
    },
  })
}

function optionsOf({ host, port, security }: SmtpServer, { connectMs, silentMs }: Patience) {
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silentMs,
  }
}

interface SmtpLibraryError extends Error {
  code?: string
  responseCode?: number | false
  response?: string
  command?: string
  recipient?: string
  rejectedErrors?: SmtpLibraryError[]
}

function receiptOf(info: SMTPConnectionSendInfo): Receipt {
  return {
    accepted: info.accepted,
    refused: (info.rejectedErrors ?? []).map((e) => refusedBy(e as SmtpLibraryError)),
    code: Number(/^\d{3}/.exec(info.response)?.[0] ?? 0) || null,
    answer: info.response.slice(0, 1000),
  }
}

function refusedBy(error: SmtpLibraryError): RefusedRecipient {
  return {
    address: error.recipient ?? '',
    responseCode: error.responseCode || null,
    answer: error.response ?? error.message,
  }
}

function asSmtpError(
  error: unknown,
  { phase, dataSent }: Pick<SmtpTrouble, 'phase' | 'dataSent'>,
  server: SmtpServer,
): SmtpError {
  const found = error as SmtpLibraryError
  const answer = withoutSecrets(`${found.message}`.slice(0, 1000), server)
  const responseCode = found.responseCode || null
  const trouble = { phase, dataSent, responseCode, command: found.command ?? '', answer }
  return new SmtpError(trouble, (found.rejectedErrors ?? []).map(refusedBy))
}

/** A server may repeat what it was told. */
function withoutSecrets(answer: string, { user, password }: SmtpServer): string {
  if (!password) return answer
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const secrets = [base64(`\0${user}\0${password}`), base64(password), password]
  return secrets.reduce((words, secret) => words.replaceAll(secret, '–'), answer)
}
