/** 8:30, 08:30, 830 or 8 as hours and minutes. */
export function readTime(text: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text.trim())
  if (!match) return undefined
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? 0)]
  if (hours > 23 || minutes > 59) return undefined
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

/** The moment of a day and time in Germany, wherever the browser stands. */
export function momentOfDay(day: string, clock: string): string {
  const asUtc = Date.parse(`${day}T${clock}:00Z`)
  const inBerlin = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Berlin',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(asUtc)
  return new Date(asUtc - (Date.parse(`${inBerlin.replace(' ', 'T')}Z`) - asUtc)).toISOString()
}
