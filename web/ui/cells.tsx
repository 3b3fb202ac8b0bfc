import { useWords } from '../words/words.ts'
import { unitName } from './unit.ts'

/** Cents; the head of the column names the currency. */
export function Money({ cents, quietZero }: { cents: number; quietZero?: boolean }) {
  const { f } = useWords()
  return <span className={quietZero && cents === 0 ? 'nowrap quiet' : 'nowrap'}>{f.money(cents)}</span>
}

/** A quantity with the unit's word; zero is quiet where it is only structure. */
export function Quantity({ value, unit, quietZero }: { value: number; unit?: string; quietZero?: boolean }) {
  const { f, w } = useWords()
  const name = unit === undefined ? '' : `\u00a0${unitName(w, unit, value)}`
  return (
    <span className={quietZero && value === 0 ? 'nowrap quiet' : 'nowrap'}>
      {quietZero && value === 0 ? '–' : `${f.quantity(value)}${name}`}
    </span>
  )
}

export function Day({ day }: { day: string | null | undefined }) {
  const { f } = useWords()
  return day ? (
    <time dateTime={day} className="nowrap">
      {f.day(day)}
    </time>
  ) : (
    <span className="quiet">–</span>
  )
}

/** The business day of a moment; the exact time on hover. */
export function DayOfMoment({ moment }: { moment: string }) {
  const { f } = useWords()
  return (
    <time dateTime={moment} title={f.moment(moment)} className="nowrap">
      {f.dayOfMoment(moment)}
    </time>
  )
}

export function Moment({ moment }: { moment: string }) {
  return (
    <time dateTime={moment} className="nowrap">
      {useWords().f.moment(moment)}
    </time>
  )
}
