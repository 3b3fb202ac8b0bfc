import type { SentKind } from '../../../common/customers/sending.ts'
import type { Day } from '../../../common/dates.ts'
import {
  defaultTexts,
  type MailText,
  type MailTexts,
  type Placeholder,
  placeholders,
} from '../../../common/sending/texts.ts'

export interface MailFacts {
  number: string
  /** whole cents; null of what has no amount */
  amount: number | null
  dueOn: Day | null
  company: string
  customer: string
  /** address of the customer's own page */
  link: string | null
}

export interface ComposedMail {
  subject: string
  text: string
}

/** The words of a mail: the merchant's own, else ours, in the customer's language, with the facts filled in. */
export function composeMail(
  texts: MailTexts,
  { kind, language }: { kind: SentKind; language: 'de' | 'en' },
  facts: MailFacts,
): ComposedMail {
  const own: MailText = texts[language]?.[kind] ?? defaultTexts[language][kind]
  const values = valuesOf(facts, language)
  return { subject: oneLine(fillIn(own.subject, values)), text: withoutGaps(fillIn(own.body, values)) }
}

type Values = Record<Placeholder, string>

function valuesOf({ number, amount, dueOn, company, customer, link }: MailFacts, language: 'de' | 'en'): Values {
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  const euros = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return {
    number,
    // a correction is spoken of as the amount it credits
    amount: amount === null ? '' : euros.format(Math.abs(amount) / 100),
    dueOn: dueOn === null ? (language === 'de' ? 'sofort' : 'at once') : day.format(new Date(`${dueOn}T00:00:00Z`)),
    company,
    customer,
    link: link ?? '',
  }
}

const PLACEHOLDER = new RegExp(`\\{(${placeholders.join('|')})\\}`, 'g')

/** Once, so that a value with braces in it fills nothing in. */
function fillIn(words: string, values: Values): string {
  return words.replace(PLACEHOLDER, (_, name: Placeholder) => values[name])
}

/** No name of a customer or company may begin another header. */
function oneLine(words: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that's what is taken out
  return words.replace(/[\s\u0000-\u001f\u007f\u0085]+/g, ' ').trim()
}

/** What was left out (a link where there is none) leaves no hole. */
function withoutGaps(words: string): string {
  return words
    .replace(/\r\n?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (words: string) => words.replace(/[&<>"']/g, (sign) => entities[sign]!)

/** The same words as a simple page: paragraphs, and addresses of pages to click on. */
export function htmlOf(text: string, language: 'de' | 'en'): string {
  const paragraphs = text.split('\n\n').map((paragraph) => {
    const lines = escaped(paragraph).replace(/https?:\/\/[^\s<>&"']+/g, (url) => `<a href="${url}">${url}</a>`)
    return `<p>${lines.replaceAll('\n', '<br>\n')}</p>`
  })
  return `<!doctype html>\n<html lang="${language}"><body style="font-family:sans-serif;font-size:15px;line-height:1.5">\n${paragraphs.join('\n')}\n</body></html>\n`
}
