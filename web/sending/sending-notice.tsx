import { useNavigate } from '@tanstack/react-router'
import { getSendingState } from '../../common/sending/api.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Notice, Secondary } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'

/** Why nothing goes out, where that is so. */
export function SendingNotice() {
  const { w, f } = useWords()
  const words = w.sending
  const may = useMay()
  const navigate = useNavigate()
  const { data: state } = useLoad(getSendingState, {}, { every: 30_000 })
  if (!state || (state.active && state.trouble === null)) return null
  const action = may('settings.write') && (
    <Secondary onClick={() => void navigate({ to: '/settings', search: { part: 'sending' } })}>{words.setUp}</Secondary>
  )
  if (!state.active)
    return (
      <Notice tone="amber" title={state.setUp ? words.switchedOff : words.notSetUp} action={action}>
        <p>{state.setUp ? words.switchedOffHint : words.notSetUpHint}</p>
      </Notice>
    )
  return (
    <Notice tone="amber" title={words.trouble} action={action}>
      <p>
        {state.trouble} <span className="quiet">{state.restsUntil && words.nextAt(f.moment(state.restsUntil))}</span>
      </p>
    </Notice>
  )
}
