import { Primary, Secondary } from '../ui/page.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { Gaps } from './gaps.tsx'
import type { useMerchant } from './use-merchant.ts'

export function SaveBar({ merchant }: { merchant: ReturnType<typeof useMerchant> }) {
  const { w } = useWords()
  if (!merchant.mayChange) return <p className="quiet">{w.settings.readOnly}</p>
  return (
    <>
      <Refused error={merchant.action.error} />
      <Gaps gaps={merchant.gaps} />
      <div className="settings-save">
        <Secondary disabled={!merchant.touched} onClick={merchant.reset}>
          {w.actions.reset}
        </Secondary>
        <Primary
          disabled={!merchant.touched || merchant.gaps.length > 0}
          loading={merchant.action.isPending}
          onClick={merchant.save}
        >
          {w.actions.save}
        </Primary>
      </div>
    </>
  )
}
