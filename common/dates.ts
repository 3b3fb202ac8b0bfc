/** A calendar day in the shop's time zone, written YYYY-MM-DD. Business dates are days, never moments. */
export type Day = string

/** Moments are UTC; business days are days in Germany (§ 14 UStG, GoBD speak of days, not of instants). */
export const SHOP_TIME_ZONE = 'Europe/Berlin'

const berlin = new Intl.DateTimeFormat('en-CA', {
  timeZone: SHOP_TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** Midnight in Germany is a full hour everywhere, so within one the day is the same; asking the calendar is dear. */
let known = { hour: Number.NaN, day: '' }

/** The day in Germany at a moment: 2026-12-31T23:30:00Z is already 2027-01-01 there. */
export function dayOf(moment: Date): Day {
  const hour = Math.floor(moment.getTime() / 3_600_000)
  if (hour !== known.hour) known = { hour, day: berlin.format(moment) }
  return known.day
}

/** A day some days later (or earlier, with a negative number). */
export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** How many days `later` is after `earlier`. */
export function daysBetween(earlier: Day, later: Day): number {
  return Math.round((Date.parse(`${later}T00:00:00Z`) - Date.parse(`${earlier}T00:00:00Z`)) / 86_400_000)
}

/** The year of a day; a number series runs by it. */
export function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

/** True for a day that the calendar has. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text
}
