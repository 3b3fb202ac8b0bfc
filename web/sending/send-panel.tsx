import { SegmentedControl } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { type Form, type getDocumentSending, sendAgain, sendDocument } from '../../common/sending/api.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'
import { AddressField } from './address-field.tsx'
import { addressesIn, areAddresses, textOf } from './addresses.ts'

type Sending = z.output<(typeof getDocumentSending)['output']>

interface SendPanelProps {
  documentId: string
  title: string
  sending: Sending
  opened: boolean
  onClose: () => void
}

/** A document is sent by hand: to whom and in which form stand there, and can be changed. */
export function SendPanel({ documentId, title, sending, opened, onClose }: SendPanelProps) {
  const { w } = useWords()
  const words = w.sending
  const [to, setTo] = useState('')
  const [form, setForm] = useState<Form>('pdf')
  // biome-ignore lint/correctness/useExhaustiveDependencies: only opening takes the proposal anew
  useEffect(() => {
    if (!opened) return
    setTo(textOf(sending.recipients))
    setForm(sending.form ?? sending.forms[0]?.form ?? 'pdf')
  }, [opened])
  const action = useAction(sendDocument, () => {
    notifications.show({ message: words.queued })
    onClose()
  })
  const recipients = addressesIn(to)
  const chosen = sending.forms.find((option) => option.form === form)
  return (
    <Panel
      title={words.sendTitle(title)}
      opened={opened}
      onClose={onClose}
      submit={words.send}
      onSubmit={() => action.mutate({ id: documentId, recipients, form })}
      busy={action.isPending}
      disabled={recipients.length === 0 || !areAddresses(to) || !chosen || chosen.consentMissing}
      error={action.error}
      foot={!sending.setUp && words.notSetUpShort}
    >
      <div className="stack">
        <AddressField label={words.to} description={words.toHint} value={to} onChange={setTo} autoFocus />
        <Bounced recipients={recipients} bounced={sending.bounced} />
        <div className="stack">
          <span className="strong">{words.form}</span>
          <span>
            <SegmentedControl
              orientation="vertical"
              aria-label={words.form}
              value={form}
              onChange={(value) => setForm(value as Form)}
              data={sending.forms.map((option) => ({ value: option.form, label: words.forms[option.form] }))}
            />
          </span>
          {chosen?.consentMissing && <p className="amber">{words.consentMissing}</p>}
        </div>
      </div>
    </Panel>
  )
}

/** The same message once more, to other addresses if need be. */
export function AgainPanel({
  message,
  opened,
  onClose,
  onSent,
}: {
  message: { id: string; number: string; recipients: string[]; reached: string[]; refused: string[]; bounced: string[] }
  opened: boolean
  onClose: () => void
  onSent: (id: string) => void
}) {
  const { w } = useWords()
  const words = w.sending
  const [to, setTo] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: only opening takes the proposal anew
  useEffect(() => {
    if (!opened) return
    // where it reached a part of them, the others are meant
    const missed = message.recipients.filter((r) => !message.reached.includes(r))
    setTo(textOf(missed.length > 0 ? missed : message.recipients))
  }, [opened])
  const action = useAction(sendAgain, ({ id }) => {
    notifications.show({ message: words.queued })
    onClose()
    onSent(id)
  })
  const recipients = addressesIn(to)
  return (
    <Panel
      title={words.againTitle}
      opened={opened}
      onClose={onClose}
      submit={words.send}
      onSubmit={() => action.mutate({ id: message.id, recipients })}
      busy={action.isPending}
      disabled={recipients.length === 0 || !areAddresses(to)}
      error={action.error}
    >
      <div className="stack">
        <AddressField label={words.to} description={words.toHint} value={to} onChange={setTo} autoFocus />
        <Bounced recipients={recipients} bounced={message.bounced} />
      </div>
    </Panel>
  )
}

function Bounced({ recipients, bounced }: { recipients: readonly string[]; bounced: readonly string[] }) {
  const { w } = useWords()
  const marked = recipients.filter((r) => bounced.some((address) => address.toLowerCase() === r.toLowerCase()))
  return marked.length > 0 ? <p className="amber">{w.sending.bounced(textOf(marked))}</p> : null
}
