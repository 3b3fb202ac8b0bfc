import { TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { recordReceipt } from '../../common/delivery/api.ts'
import type { Signature } from '../../common/delivery/signature.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { useWords } from '../words/words.ts'
import type { Note } from './note.ts'
import { SignaturePad } from './signature-pad.tsx'

/** Who takes the goods says his name and signs on the screen. */
export function ReceiptPanel({ note, onClose }: { note: Note; onClose: () => void }) {
  const { w } = useWords()
  const words = w.delivery.receipt
  const [takenBy, setTakenBy] = useState('')
  const [strokes, setStrokes] = useState<Signature>([])
  const [reason, setReason] = useState('')
  const isAgain = note.receipts.length > 0
  const action = useAction(recordReceipt, () => {
    notifications.show({ message: words.done })
    onClose()
  })
  return (
    <Panel
      title={isAgain ? words.again : words.record}
      opened
      onClose={onClose}
      submit={words.submit}
      onSubmit={() =>
        action.mutate({
          id: note.id,
          takenBy: takenBy.trim(),
          ...(strokes.length > 0 ? { signature: strokes } : {}),
          ...(isAgain ? { reason: reason.trim() } : {}),
        })
      }
      busy={action.isPending}
      disabled={takenBy.trim() === '' || (isAgain && reason.trim() === '')}
      error={action.error}
      foot={words.hint}
    >
      <div className="stack">
        <TextInput
          label={words.takenBy}
          value={takenBy}
          maxLength={120}
          size="md"
          data-autofocus
          onChange={(event) => setTakenBy(event.currentTarget.value)}
        />
        <SignaturePad strokes={strokes} onChange={setStrokes} />
        {isAgain && <ReasonField label={words.reason} value={reason} onChange={setReason} usual={words.reasons} />}
      </div>
    </Panel>
  )
}
