import { addDays, dayOf, isDay } from '../../common/dates.ts'
import type { Language } from '../../common/refusal.ts'

const localeOf = { de: 'de-DE', en: 'en-GB' } as const

function pair<T>(make: (locale: string) => T): Record<Language, T> {
  return { de: make(localeOf.de), en: make(localeOf.en) }
}
const decimals = (fraction: Intl.NumberFormatOptions) => pair((locale) => new Intl.NumberFormat(locale, fraction))

const money = decimals({ minimumFractionDigits: 2, maximumFractionDigits: 2 })
const euros = decimals({ style: 'currency', currency: 'EUR' })
const price = decimals({ minimumFractionDigits: 2, maximumFractionDigits: 4 })
const upToThree = decimals({ maximumFractionDigits: 3 })
const whole = decimals({ maximumFractionDigits: 0 })
const days = pair(
  (l) => new Intl.DateTimeFormat(l, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }),
)
const moments = pair(
  (l) =>
    new Intl.DateTimeFormat(l, {
      day: '2-digit',
      month: '2-digit',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: 'Europe/Berlin',
    }),
)

const seconds = pair(
  (l) =>
    new Intl.DateTimeFormat(l, {
      day: '2-digit',
      month: '2-digit',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZone: 'Europe/Berlin',
    }),
)
const steps = [
  { unit: 'second', ms: 1_000, below: 60_000 },
  { unit: 'minute', ms: 60_000, below: 3_600_000 },
  { unit: 'hour', ms: 3_600_000, below: 172_800_000 },
  { unit: 'day', ms: 86_400_000, below: Number.POSITIVE_INFINITY },
] as const
const stepOf = (ms: number) => steps.find((step) => ms < step.below)!
const times = pair((l) =>
  Object.fromEntries(
    steps.map(({ unit }) => [
      unit,
      new Intl.NumberFormat(l, { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short' }),
    ]),
  ),
)
const agos = pair((l) => new Intl.RelativeTimeFormat(l, { style: 'short' }))

export type Format = ReturnType<typeof formatOf>

/** Figures as the language writes them: 1.234,56 and 24.11.2026 in German. */
export function formatOf(language: Language) {
  return {
    /** cents without the sign of the currency, for columns that name it in the head */
    money: (cents: number) => money[language].format(cents / 100),
    // -0 is 0: no credit is no negative amount
    euros: (cents: number) => euros[language].format((cents || 0) / 100),
    price: (tenThousandths: number) => price[language].format(tenThousandths / 10_000),
    quantity: (thousandths: number) => upToThree[language].format(thousandths / 1000),
    percent: (hundredths: number) =>
      `${upToThree[language].format(hundredths / 100)}${language === 'de' ? '\u00a0%' : '%'}`,
    count: (n: number) => whole[language].format(n),
    day: (day: string) => days[language].format(new Date(`${day.slice(0, 10)}T00:00:00Z`)),
    moment: (moment: string) => moments[language].format(new Date(moment)).replace(',', ''),
    /** with its seconds, for logs */
    second: (moment: string) => seconds[language].format(new Date(moment)).replace(',', ''),
    /** a time that lasts, in its largest whole unit: 12 Sek., 3 Min., 2 Tage */
    duration: (ms: number) => {
      const { unit, ms: each } = stepOf(ms)
      return times[language][unit]!.format(Math.floor(ms / each))
    },
    ago: (ms: number) => {
      const { unit, ms: each } = stepOf(ms)
      return agos[language].format(-Math.floor(ms / each), unit)
    },
    dayOfMoment: (moment: string) => days[language].format(new Date(`${dayOf(new Date(moment))}T00:00:00Z`)),
    kilograms: (grams: number) => `${upToThree[language].format(grams / 1000)} kg`,
  }
}

/** "1.234,5" or "1234.5" as whole units of 10^-digits; undefined for what is no number or has too many digits. */
export function readNumber(text: string, digits: number, language: Language): number | undefined {
  const decimal = language === 'de' ? ',' : '.'
  const grouping = language === 'de' ? '.' : ','
  let clean = text.trim().replace(/[\s\u00a0€%]/g, '')
  const grouped = new RegExp(`^[-+]?\\d{1,3}(\\${grouping}\\d{3})+(\\${decimal}\\d*)?$`)
  // a single foreign decimal sign ("19.99" typed on a number pad) is understood, unless it may group thousands
  clean =
    grouped.test(clean) || clean.includes(decimal)
      ? clean.replaceAll(grouping, '').replace(decimal, '.')
      : clean.replace(grouping, '.')
  const match = /^([-+]?)(\d*)(?:\.(\d*))?$/.exec(clean)
  if (!match || (match[2] === '' && !match[3])) return undefined
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  if (fraction.length > digits) return undefined
  const value = Number(`${match[2]}${fraction.padEnd(digits, '0')}`)
  if (!Number.isSafeInteger(value)) return undefined
  return match[1] === '-' && value !== 0 ? -value : value
}

/** A day as clerks type it: 24.11.2026, 24.11.26, 24.11., 2411, +3, -1 (from today), 2026-11-24. */
export function readDay(text: string, today: string): string | undefined {
  const clean = text.trim()
  if (isDay(clean)) return clean
  const offset = /^[+-]\d{1,3}$/.exec(clean)
  if (offset) return addDays(today, Number(clean))
  const parts =
    /^(\d{1,2})[./](\d{1,2})[./]?(\d{2}|\d{4})?$/.exec(clean) ?? /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(clean)
  if (!parts) return undefined
  const year = parts[3] === undefined ? today.slice(0, 4) : parts[3].length === 2 ? `20${parts[3]}` : parts[3]
  const day = `${year}-${parts[2]!.padStart(2, '0')}-${parts[1]!.padStart(2, '0')}`
  return isDay(day) ? day : undefined
}

export const today = () => dayOf(new Date())
