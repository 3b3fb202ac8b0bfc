import { reasonTexts } from './orders/reason-texts.ts'
import { type RefusalCode, refusalTexts, type Thing, thingNames } from './refusal-texts.ts'

/** Values that explain a refusal: whole cents, whole thousandths, days, names. Never personal data. */
export type Facts = Record<string, unknown>

/** "No" as a value: the shop's rules forbid it. A fault (a bug, a lost connection) is thrown instead. */
export interface Refusal {
  refused: true
  code: RefusalCode
  facts: Facts
}

export type { RefusalCode, Thing }

/** A named refusal with the facts that let the clerk act. */
export function refuse(code: RefusalCode, facts: Facts = {}): Refusal {
  return { refused: true, code, facts }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true
}

export type Language = 'de' | 'en'

/** A refusal in words. Placeholders: {name}, {name:money}, {name:quantity}, {name:day}, {name:thing}, {name:rules}, {name:reasons}. */
export function refusalText(code: RefusalCode, facts: Facts, language: Language): string {
  return refusalTexts[code][language].replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, kind?: string) =>
    formatFact(facts[name], kind, language),
  )
}

interface Violation {
  rule: string
  message: Record<Language, string>
}

function formatFact(value: unknown, kind: string | undefined, language: Language): string {
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  if (value === undefined || value === null) return '–'
  if (kind === 'thing') return thingNames[value as Thing]?.[language] ?? String(value)
  if (kind === 'reasons')
    return (value as string[]).map((r) => reasonTexts[r as keyof typeof reasonTexts]?.[language] ?? r).join(', ')
  if (kind === 'rules') return (value as Violation[]).map((v) => `${v.rule}: ${v.message[language]}`).join(' ')
  if (kind === 'money')
    return new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(Number(value) / 100)
  if (kind === 'quantity')
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(Number(value) / 1000)
  if (kind === 'day')
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
      new Date(`${value}T00:00:00Z`),
    )
  return Array.isArray(value) ? value.join(', ') : String(value)
}
