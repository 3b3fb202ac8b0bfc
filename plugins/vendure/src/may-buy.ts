import { LanguageCode, type Order, PaymentMethodEligibilityChecker, type RequestContext } from '@vendure/core'
import type { FullOptions } from './options.ts'

interface Question {
  channel: string
  customer: { shopCustomerId?: string; email?: string; vatId?: string }
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
 * May this customer buy this amount on delivery note? Tresen knows his limit, what he owes and whether he is blocked.
 * Whoever gets no answer in time doesn't: the method is not offered, the order can be paid another way.
 */
export function mayBuy(options: () => FullOptions) {
  const ask = remembering(options)
  return new PaymentMethodEligibilityChecker({
    code: 'tresen-lieferschein',
    description: [
      { languageCode: LanguageCode.de, value: 'Tresen fragen, ob der Kunde auf Lieferschein kaufen darf' },
      { languageCode: LanguageCode.en, value: 'Ask Tresen whether the customer may buy on delivery note' },
    ],
    args: {
      guests: {
        type: 'boolean',
        defaultValue: false,
        label: [
          { languageCode: LanguageCode.de, value: 'Auch Gäste (jeder kann eine fremde E-Mail-Adresse angeben)' },
          { languageCode: LanguageCode.en, value: 'Guests as well (anybody can give somebody else’s e-mail address)' },
        ],
      },
    },
    check: (ctx, order, { guests }) => {
      const language = ctx.languageCode === LanguageCode.en ? 'en' : 'de'
      const { customer } = order
      if (!customer || (!guests && !isSignedIn(ctx, order))) return GUEST[language]
      return ask({
        channel: options().channel,
        customer: {
          shopCustomerId: String(customer.id),
          email: customer.emailAddress,
          vatId: findVatId([customer.customFields, order.billingAddress?.customFields, order.customFields]),
        },
        amount: order.totalWithTax,
        language,
      })
    },
  })
}

/** The buyer himself, logged in; or the merchant's staff, who take an order for him. */
function isSignedIn(ctx: RequestContext, order: Order): boolean {
  return ctx.apiType === 'admin' ? Boolean(order.customer?.user ?? order.customerId) : ctx.activeUserId !== undefined
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

/** A field for the VAT id is the merchant's own; it goes by many names. */
function findVatId(places: readonly unknown[]): string | undefined {
  for (const place of places)
    for (const [key, value] of Object.entries(place ?? {}))
      if (/vat|ust|uid|taxid/i.test(key) && typeof value === 'string' && /^[A-Z]{2}[A-Z0-9]{2,12}$/i.test(value))
        return value.toUpperCase()
  return undefined
}
