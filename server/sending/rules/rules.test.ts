import { expect, test } from 'vitest'
import { needsConsent, noSending, recipientsFor } from '../../../common/customers/sending.ts'
import { composeMail, htmlOf, type MailFacts } from './compose-mail.ts'
import { judgeTrouble, refusedForGood, type SmtpTrouble, stateAfter } from './judge-answer.ts'
import { isGivenUp, pauseAfter, restOfServer } from './pauses.ts'
import { formFor, formsOf, planMessage, type SendableDocument } from './plan-message.ts'

const all = ['pdf', 'xrechnung-ubl', 'xrechnung-cii']
const document = (change: Partial<SendableDocument> = {}, customer: Partial<SendableDocument['customer']> = {}) => ({
  kind: 'invoice' as const,
  formats: all,
  hybrid: true,
  customer: {
    kind: 'company' as const,
    vatTreatment: 'domestic' as const,
    invoiceFormat: 'factur-x' as const,
    email: 'post@quast.example',
    sending: { ...noSending, kinds: ['invoice' as const, 'delivery-note' as const] },
    ...customer,
  },
  ...change,
})

test('a PDF is sent as it was issued: with the e-invoice inside, or without', () => {
  expect(formsOf(document())).toEqual(['xrechnung-ubl', 'xrechnung-cii', 'factur-x'])
  expect(formsOf(document({ hybrid: false, formats: ['pdf'] }))).toEqual(['pdf'])
  expect(formsOf(document({ kind: 'delivery-note', formats: ['pdf', 'despatch-advice'] }))).toEqual(['pdf'])
  expect(formFor(document({ hybrid: false }))).toBe('pdf')
  expect(formFor(document({}, { invoiceFormat: 'pdf' }))).toBe('factur-x')
})

test('XRechnung is not replaced by something else', () => {
  expect(formFor(document({}, { invoiceFormat: 'xrechnung-cii' }))).toBe('xrechnung-cii')
  const without = document({ formats: ['pdf'] }, { invoiceFormat: 'xrechnung-ubl' })
  expect(planMessage(without)).toMatchObject({ wanted: true, problem: 'form-missing' })
})

test('consent is asked for plain PDF, and of everybody who is no business of this country', () => {
  const company = { kind: 'company', vatTreatment: 'domestic' } as const
  expect(needsConsent('invoice', 'factur-x', company)).toBe(false)
  expect(needsConsent('invoice', 'pdf', company)).toBe(true)
  expect(needsConsent('correction', 'factur-x', { ...company, kind: 'consumer' })).toBe(true)
  expect(needsConsent('invoice', 'xrechnung-ubl', { ...company, vatTreatment: 'export' })).toBe(true)
  expect(needsConsent('delivery-note', 'pdf', { ...company, kind: 'consumer' })).toBe(false)
  expect(planMessage(document({}, { kind: 'consumer' }))).toMatchObject({ problem: 'consent-missing' })
  const sending = { ...noSending, kinds: ['invoice' as const], consentOn: '2026-11-01' }
  expect(planMessage(document({}, { kind: 'consumer', sending }))).toMatchObject({ problem: null })
})

test('what a customer didn’t ask for by e-mail isn’t sent', () => {
  expect(planMessage(document({ kind: 'return' }))).toEqual({ wanted: false })
})

test('addresses: of the kind, else of all, else the e-mail of the customer', () => {
  const sending = {
    ...noSending,
    addresses: ['a@x.example'],
    addressesByKind: { invoice: ['b@x.example'], return: [] },
  }
  expect(recipientsFor('invoice', sending, 'c@x.example')).toEqual(['b@x.example'])
  expect(recipientsFor('return', sending, 'c@x.example')).toEqual(['a@x.example'])
  expect(recipientsFor('invoice', noSending, 'c@x.example')).toEqual(['c@x.example'])
  expect(recipientsFor('invoice', noSending, null)).toEqual([])
})

const trouble = (change: Partial<SmtpTrouble>): SmtpTrouble => ({
  phase: 'data',
  responseCode: null,
  command: 'DATA',
  dataSent: false,
  answer: '',
  ...change,
})

test.each([
  ['no connection', { phase: 'connect' }, 'server'],
  ['log-in refused', { phase: 'login', responseCode: 535 }, 'server'],
  ['log-in put off', { phase: 'login', responseCode: 454 }, 'server'],
  ['sender refused', { phase: 'envelope', command: 'MAIL FROM', responseCode: 550 }, 'server'],
  ['sender refused for the size', { phase: 'envelope', command: 'MAIL FROM', responseCode: 552 }, 'failed'],
  ['sender put off', { phase: 'envelope', command: 'MAIL FROM', responseCode: 451 }, 'again'],
  ['connection closed by 421', { responseCode: 421 }, 'server'],
  ['sequence out of step', { phase: 'envelope', responseCode: 503 }, 'again'],
  ['lost before the recipients were answered', { phase: 'envelope' }, 'again'],
  ['lost in the middle of the mail', { dataSent: false }, 'again'],
  ['lost after the whole mail', { dataSent: true }, 'unsure'],
  ['refused after the whole mail', { dataSent: true, responseCode: 554 }, 'failed'],
  ['put off after the whole mail', { dataSent: true, responseCode: 451 }, 'again'],
] as const)('%s', (_, change, verdict) => {
  expect(judgeTrouble(trouble(change))).toBe(verdict)
})

test('a recipient is given up for 5yz alone', () => {
  const refused = [550, 450, null].map((responseCode, i) => ({ address: `${i}@x.example`, responseCode, answer: '' }))
  expect(refusedForGood(refused)).toEqual(['0@x.example'])
})

test('a message stands where its recipients stand', () => {
  expect(stateAfter(['a', 'b'], ['a'], [])).toBe('waiting')
  expect(stateAfter(['a', 'b'], ['a', 'b'], [])).toBe('sent')
  expect(stateAfter(['a', 'b'], ['b'], ['a'])).toBe('partly')
  expect(stateAfter(['a', 'b'], [], ['a', 'b'])).toBe('failed')
  expect(stateAfter(['a'], ['a', 'copy'], [])).toBe('sent')
})

test('pauses double up to four hours and are spread; the server is asked every quarter of an hour at least', () => {
  const minutes = (attempts: number, chance = 0.5) => pauseAfter(attempts, 60_000, chance) / 60_000
  expect([1, 2, 3, 8, 9, 16].map((n) => minutes(n))).toEqual([1, 2, 4, 128, 240, 240])
  expect([minutes(1, 0), minutes(1, 1)]).toEqual([0.75, 1.25])
  expect(restOfServer(50, 60_000, 1) / 60_000).toBe(15)
  expect([isGivenUp(15), isGivenUp(16)]).toEqual([false, true])
})

const facts: MailFacts = {
  number: 'RE-2026-000001',
  amount: 123_456,
  dueOn: '2026-12-24',
  company: 'Sperling & Söhne',
  customer: '{number}',
  link: null,
}

test('our words in the language of the customer, and no hole where there is no link', () => {
  const de = composeMail({}, { kind: 'invoice', language: 'de' }, facts)
  expect(de.subject).toBe('Rechnung RE-2026-000001')
  expect(de.text).toContain('über 1.234,56\u00a0€, fällig am 24.12.2026')
  expect(de.text).not.toMatch(/\n{3}|\{/)
  const en = composeMail(
    {},
    { kind: 'correction', language: 'en' },
    { ...facts, amount: -500, link: 'https://x.example/k' },
  )
  expect(en.text).toContain('of €5.00')
  expect(en.text).toContain('https://x.example/k\n\nKind regards')
})

test('a value with braces fills nothing in, unknown placeholders stay, and a subject is one line', () => {
  const texts = { de: { invoice: { subject: '{customer}\u0000 {company}\r\nBcc: x', body: '{customer} {nichts}' } } }
  const mail = composeMail(texts, { kind: 'invoice', language: 'de' }, { ...facts, company: 'A\r\nTo: b@x.example' })
  expect(mail).toEqual({ subject: '{number} A To: b@x.example Bcc: x', text: '{number} {nichts}' })
})

test('the page escapes everything and makes links of addresses alone', () => {
  const html = htmlOf('<script>&"\'\n\nhttps://x.example/k?a=1&b="><b>', 'de')
  expect(html).toContain('&lt;script&gt;&amp;&quot;&#39;')
  expect(html).not.toContain('<script')
  expect(html).not.toContain('"><b>')
  expect(html).toMatch(/<a href="https:\/\/x\.example\/k\?a=1">/)
})
