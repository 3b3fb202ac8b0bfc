import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { cancelDeliveryNote } from '../../common/delivery/api.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { useWords } from '../words/words.ts'
import type { Note } from './note.ts'

export function CancelNotePanel({ note, opened, onClose }: { note: Note; opened: boolean; onClose: () => void }) {
  const { w } = useWords()
  const [reason, setReason] = useState('')
  const action = useAction(cancelDeliveryNote, () => {
    notifications.show({ message: w.delivery.cancelled })
    onClose()
  })
  return (
    <Panel
      title={w.delivery.cancelTitle}
      opened={opened}
      onClose={onClose}
      submit={w.delivery.cancelNote}
      danger
      onSubmit={() => action.mutate({ id: note.id, reason: reason.trim() })}
      busy={action.isPending}
      disabled={reason.trim() === ''}
      error={action.error}
      foot={w.delivery.cancelHint}
    >
      <ReasonField label={w.reason} value={reason} onChange={setReason} usual={w.delivery.cancelReasons} />
    </Panel>
  )
}
