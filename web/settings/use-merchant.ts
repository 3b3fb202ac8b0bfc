import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { changeMerchant, getMerchant } from '../../common/branches/api.ts'
import { useAction, useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { useWords } from '../words/words.ts'
import { cleaned, gapsIn, type MerchantDraft } from './merchant-draft.ts'

/** The own company as it is and as it is being changed. */
export function useMerchant() {
  const { w } = useWords()
  const may = useMay()
  const load = useLoad(getMerchant, {})
  const [changed, setChanged] = useState<MerchantDraft | null>(null)
  const action = useAction(changeMerchant, () => {
    notifications.show({ message: w.settings.saved })
    setChanged(null)
  })
  const draft = changed ?? load.data
  return {
    draft,
    load,
    action,
    change: setChanged,
    mayChange: may('settings.write'),
    gaps: changed === null ? [] : gapsIn(changed),
    save: () => changed && action.mutate(cleaned(changed)),
    reset: () => setChanged(null),
    touched: changed !== null,
  }
}
