import { Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { recordBounce } from '../../common/sending/api.ts'
import { useAction } from '../load.ts'
import { DayField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { useWords } from '../words/words.ts'

/** Somebody read in the mailbox that a mail came back. */
export function BouncePanel({
  message,
  opened,
  onClose,
}: {
  message: { id: string; recipients: string[] }
  opened: boolean
  onClose: () => void
}) {
  const { w } = useWords()
  const words = w.sending
  const [addresses, setAddresses] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const [on, setOn] = useState<string | undefined>(today())
  // biome-ignore lint/correctness/useExhaustiveDependencies: only opening begins anew
  useEffect(() => {
    if (!opened) return
    setAddresses(message.recipients.length === 1 ? message.recipients : [])
    setReason('')
    setOn(today())
  }, [opened])
  const action = useAction(recordBounce, () => {
    notifications.show({ message: words.cameBackDone })
    onClose()
  })
  return (
    <Panel
      title={words.cameBackTitle}
      opened={opened}
      onClose={onClose}
      submit={words.cameBack}
      onSubmit={() => on && action.mutate({ id: message.id, addresses, reason: reason.trim(), on })}
      busy={action.isPending}
      disabled={addresses.length === 0 || reason.trim() === '' || on === undefined}
      error={action.error}
      foot={words.cameBackHint}
    >
      <div className="stack">
        <Checkbox.Group label={words.cameBackAddress} value={addresses} onChange={setAddresses}>
          <div className="stack">
            {message.recipients.map((address) => (
              <Checkbox key={address} value={address} label={address} />
            ))}
          </div>
        </Checkbox.Group>
        <ReasonField label={w.reason} value={reason} onChange={setReason} />
        <DayField className="short-field" label={words.cameBackOn} value={on} onChange={setOn} maximum={today()} />
      </div>
    </Panel>
  )
}
