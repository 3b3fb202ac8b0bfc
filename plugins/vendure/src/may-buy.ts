import {
  CustomerService,
  type ID,
  LanguageCode,
  type Order,
  PaymentMethodEligibilityChecker,
  type RequestContext,
} from '@vendure/core'
import type { FullOptions } from './options.ts'

interface Question {
  channel: string
  customer: { shopCustomerId: string }
  amount: number
  language: 'de' | 'en'
}

/** true, or the reason a buyer is told */
type Answer = true | string

const NOT_NOW = {
  de: 'Kauf auf Lieferschein ist gerade nicht möglich.',
  en: 'Purchase on delivery note is not possible at the moment.',
}
const GUEST = {
  de: 'Kauf auf Lieferschein ist nur mit Kundenkonto möglich.',
  en: 'Purchase on delivery note needs a customer account.',
}
const LONGEST_MEMORY = 1_000

/**
 * May this customer buy this amount on delivery note? Tresen knows his limit, what he owes and whether he is blocked. It is
 * asked about the account whose owner is logged in and nothing else: an e-mail or a VAT id is what anybody can type.
 * Whoever gets no answer in time doesn't: the method is not offered, the order can be paid another way.
 */
export function mayBuy(options: () => FullOptions) {
  const ask = remembering(options)
  let customers: CustomerService
  return new PaymentMethodEligibilityChecker({
    code: 'tresen-lieferschein',
    description: [
      { languageCode: LanguageCode.de, value: 'Tresen fragen, ob der Kunde auf Lieferschein kaufen darf' },
      { languageCode: LanguageCode.en, value: 'Ask Tresen whether the customer may buy on delivery note' },
    ],
    args: {},
    init: (injector) => {
      customers = injector.get(CustomerService)
    },
    check: async (ctx, order) => {
      const language = ctx.languageCode === LanguageCode.en ? 'en' : 'de'
      const account = await findAccount(customers, ctx, order)
      if (account === undefined) return GUEST[language]
      return ask({
        channel: options().channel,
        customer: { shopCustomerId: String(account) },
        amount: order.totalWithTax,
        language,
      })
    },
  })
}

/** Whose order it is: the buyer himself, logged in; or whom the merchant's staff take it for, if he has an account. */
async function findAccount(customers: CustomerService, ctx: RequestContext, order: Order): Promise<ID | undefined> {
  const id = order.customer?.id
  if (id === undefined) return undefined
  if (ctx.apiType === 'admin') return (await customers.findOne(ctx, id, ['user']))?.user ? id : undefined
  if (ctx.activeUserId === undefined) return undefined
  const signedIn = await customers.findOneByUserId(ctx, ctx.activeUserId)
  return signedIn?.id === id ? id : undefined
}

function remembering(options: () => FullOptions): (question: Question) => Promise<Answer> {
  const known = new Map<string, { until: number; answer: Promise<Answer> }>()
  return (question) => {
    const key = JSON.stringify(question)
    const before = known.get(key)
    if (before && before.until > Date.now()) return before.answer
    if (known.size >= LONGEST_MEMORY) known.clear()
    const entry = { until: Date.now() + options().rememberMs, answer: askTresen(options(), question) }
    known.set(key, entry)
    // no answer is nothing to remember
    entry.answer.then((answer) => {
      if (answer === NOT_NOW[question.language] && known.get(key) === entry) known.delete(key)
    })
    return entry.answer
  }
}

async function askTresen(options: FullOptions, question: Question): Promise<Answer> {
  const { language } = question
  try {
    const response = await fetch(`${options.address}/api/checkout-question`, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(options.checkoutTimeoutMs),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${options.apiKey}` },
      body: JSON.stringify(question),
    })
    const answer = (await response.json()) as { allowed?: unknown; reasons?: { text?: unknown }[] }
    if (!response.ok) return NOT_NOW[language]
    if (answer.allowed === true) return true
    const reasons = (answer.reasons ?? []).map((reason) => reason.text).filter((text) => typeof text === 'string')
    return reasons.join(' ') || NOT_NOW[language]
  } catch {
    return NOT_NOW[language]
  }
}
