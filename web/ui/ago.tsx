import { useEffect, useState } from 'react'
import { useWords } from '../words/words.ts'

const DAY_MS = 86_400_000

/** The clock, read again each second, for times that grow. */
function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** How long ago something was; older than a day, the moment itself. */
export function Ago({ moment }: { moment: string }) {
  const { f } = useWords()
  const ms = Math.max(0, useNow() - Date.parse(moment))
  return (
    <time dateTime={moment} title={f.second(moment)} className="nowrap">
      {ms < DAY_MS ? f.ago(ms) : f.moment(moment)}
    </time>
  )
}

/** How long something lasts already. */
export function Since({ moment }: { moment: string }) {
  const { f } = useWords()
  return (
    <time dateTime={moment} title={f.second(moment)} className="nowrap">
      {f.duration(Math.max(0, useNow() - Date.parse(moment)))}
    </time>
  )
}
