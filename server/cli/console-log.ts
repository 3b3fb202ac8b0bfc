import pino from 'pino'
import type { Log } from '../kernel/index.ts'

/** The token of a customer's link stands in its address, and whoever reads it may look. */
const LINK_TOKEN = /(\/(?:k|api\/link)\/)[\w%.~-]+/g

/** The log on standard error, one JSON line an entry. Secrets and personal data never get into it; what might is cut out. */
export function consoleLog(level: string, destination: pino.DestinationStream = standardError()): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: { streamWrite: (line) => line.replace(LINK_TOKEN, '$1–') },
      redact: {
        paths: ['*.password', '*.authorization', '*.cookie', '*.iban', '*.email', 'password', 'email', 'iban'],
        censor: '–',
      },
    },
    destination,
  )
}

const standardError = () => pino.destination({ dest: 2, sync: false })

/** One line that shows how far something is and is replaced by the next; on a terminal in place, else line by line and seldom. */
export function progressLine(): { show(text: string): void; done(text?: string): void } {
  const isTerminal = process.stdout.isTTY
  let last = 0
  return {
    show(text) {
      if (isTerminal) process.stdout.write(`\r\x1b[2K  ${text}`)
      else if (Date.now() - last > 2_000) {
        last = Date.now()
        console.log(`  ${text}`)
      }
    },
    done(text) {
      if (isTerminal) process.stdout.write('\r\x1b[2K')
      if (text) console.log(`  ${text}`)
    },
  }
}
