import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface TakenMail {
  from: string
  to: string[]
  content: string
}

const answer = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

/**
 * A real mail server that takes mail, and behaves badly on wish. By the address of a recipient: `unknown@` is refused for
 * good, `later@` is put off the first time (greylisting), `full@` each time; by a word in the mail: `spam` refuses it after
 * it was handed over.
 */
export async function openMailServer(options: SMTPServerOptions = {}) {
  const taken: TakenMail[] = []
  const putOff = new Set<string>()
  const wishes = { slowMs: 0, cutAfterData: 0, cutBeforeReceipt: 0, refuseSender: false }
  const logins: { user: string | null | undefined; password: string | null | undefined }[] = []
  let most = 0
  let open = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect(_, done) {
      most = Math.max(most, ++open)
      done()
    },
    onClose: () => void open--,
    onAuth({ username, password }, _, done) {
      logins.push({ user: username, password })
      if (password === 'richtig') return done(null, { user: username })
      done(answer(535, `5.7.8 authentication failed for ${Buffer.from(password ?? '').toString('base64')}`))
    },
    onMailFrom(_, __, done) {
      done(wishes.refuseSender ? answer(550, '5.7.1 sender not allowed') : null)
    },
    onRcptTo({ address }, _, done) {
      if (address.startsWith('unknown@')) return done(answer(550, '5.1.1 no such user'))
      if (address.startsWith('full@')) return done(answer(452, '4.2.2 mailbox full'))
      if (address.startsWith('later@') && !putOff.has(address)) {
        putOff.add(address)
        return done(answer(450, '4.2.0 greylisted, come back later'))
      }
      done()
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', async () => {
        await sleep(wishes.slowMs)
        const content = Buffer.concat(parts).toString('utf8')
        if (content.includes('spam')) return done(answer(554, '5.7.1 looks like spam'))
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom ? mailFrom.address : ''
        const isCut = wishes.cutAfterData > 0
        if (isCut) wishes.cutAfterData--
        taken.push({ from, to: rcptTo.map((r) => r.address), content })
        // the mail is taken, and nobody is told
        if (isCut) for (const connection of server.connections) connection._socket.destroy()
        else done(null, `taken as ${taken.length}`)
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as { port: number }
  return {
    port,
    taken,
    wishes,
    logins,
    /** connections open at the same time */
    most: () => most,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
