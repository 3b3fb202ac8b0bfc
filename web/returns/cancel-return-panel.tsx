import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { cancelReturn } from '../../common/returns/api.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { useWords } from '../words/words.ts'
import type { GoodsReturn } from './show-return.tsx'

/** Takes a return back; what follows from it stands before the button. */
export function CancelReturnPanel({
  goods,
  opened,
  onClose,
}: {
  goods: GoodsReturn
  opened: boolean
  onClose: () => void
}) {
  const { w } = useWords()
  const words = w.returns
  const [reason, setReason] = useState('')
  const action = useAction(cancelReturn, () => {
    notifications.show({ message: words.cancelled })
    onClose()
  })
  return (
    <Panel
      title={words.cancelTitle}
      opened={opened}
      onClose={onClose}
      submit={words.cancel}
      danger
      onSubmit={() => action.mutate({ id: goods.id, reason: reason.trim() })}
      busy={action.isPending}
      disabled={reason.trim() === ''}
      error={action.error}
    >
      <p>{words.cancelHint}</p>
      <ReasonField label={w.reason} value={reason} onChange={setReason} usual={words.cancelReasons} />
    </Panel>
  )
}
