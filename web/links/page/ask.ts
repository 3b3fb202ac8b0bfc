import type { LinkContent } from '../../../common/links/content.ts'
import type { Language } from '../../../common/refusal.ts'

/* The few requests of this page. The contracts would bring their parser along; a phone on a building site need not load it. */

export interface Refused {
  status: number
  code: string
  words: string
  merchant?: { name: string; phone: string; email: string }
}

/** A refusal of the server in its own words; without an answer, status 0. */
export class NotDone extends Error {
  readonly refused: Refused
  constructor(refused: Refused) {
    super(refused.code)
    this.refused = refused
  }
}

const addressOf = (token: string) => `/api/link/${token}`

async function ask<T>(path: string, language: Language, init: RequestInit = {}): Promise<T> {
  const headers = { 'accept-language': language, ...(init.body ? { 'content-type': 'application/json' } : {}) }
  let answer: Response
  try {
    answer = await fetch(path, { ...init, headers, cache: 'no-store', credentials: 'omit' })
  } catch {
    throw new NotDone({ status: 0, code: 'unreachable', words: '' })
  }
  const body = await answer.json().catch(() => ({}))
  if (answer.ok) return body as T
  const { merchant, phone, email } = body.facts ?? {}
  throw new NotDone({
    status: answer.status,
    code: body.code ?? 'fault',
    words: body.detail ?? '',
    ...(merchant ? { merchant: { name: merchant, phone, email } } : {}),
  })
}

export const askContent = (token: string, language: Language) => ask<LinkContent>(addressOf(token), language)

export interface Report {
  lines: { noteLineId: string; problem: 'missing' | 'damaged'; quantity: number }[]
  words: string
  contact: string | undefined
}
export const sendReport = (token: string, language: Language, report: Report) =>
  ask<{ number: string; again: boolean }>(`${addressOf(token)}/cases`, language, {
    method: 'POST',
    body: JSON.stringify({ ...report, language }),
  })

export const fileAddress = (token: string, documentId: string, format: string, download: boolean) =>
  `${addressOf(token)}/files/${documentId}/${format}${download ? '?download=true' : ''}`
export const logoAddress = (token: string) => `${addressOf(token)}/logo`
