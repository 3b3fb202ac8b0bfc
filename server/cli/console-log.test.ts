import { expect, test } from 'vitest'
import { consoleLog } from './console-log.ts'

const lines: string[] = []
const log = consoleLog('info', { write: (line: string) => void lines.push(line) })

test('the token of a customer’s link never gets into the log, wherever its address stands', () => {
  const token = 'q3-Zx_8fY0Kp2LmN4bVc7TrE9wQa1sDf'
  log.error({ url: `/api/link/${token}/files/0190/pdf?download=true` }, `GET https://belege.example/k/${token} failed`)
  log.warn({ nested: { deep: { referer: `https://belege.example/k/${token}#x` } } }, 'seen')
  const text = lines.join('')
  expect(text).not.toContain(token)
  expect(text).toContain('/api/link/–/files/0190/pdf')
  expect(text).toContain('belege.example/k/– failed')
})

test('neither do passwords, e-mail addresses and accounts', () => {
  lines.length = 0
  log.info({ password: 'geheim', who: { email: 'quast@example.org', iban: 'DE26' } }, 'logged in')
  expect(lines.join('')).not.toMatch(/geheim|quast|DE26/)
})
