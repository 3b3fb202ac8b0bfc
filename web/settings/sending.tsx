import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { getSendingSettings, saveSendingSettings } from '../../common/sending/api.ts'
import { useAction, useLoad } from '../load.ts'
import { Primary, Secondary, Section } from '../ui/page.tsx'
import { Failed, Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { MailTextFields } from './mail-texts.tsx'
import {
  emptySending,
  isWholeSending,
  needsPasswordAgain,
  type SendingDraft,
  sendingDraftOf,
  sendingInputOf,
} from './sending-draft.ts'
import { SenderFields, ServerFields } from './sending-fields.tsx'
import { TestMail } from './test-mail.tsx'

/** The merchant's mail server, and what the mails say. */
export default function SendingSettings() {
  const { w } = useWords()
  const words = w.sending.settings
  const load = useLoad(getSendingSettings, {})
  const [changed, setChanged] = useState<SendingDraft>()
  const save = useAction(saveSendingSettings, () => {
    notifications.show({ message: w.settings.saved })
    setChanged(undefined)
  })
  if (!load.data)
    return load.error ? (
      <Failed error={load.error} retry={() => void load.refetch()} />
    ) : (
      <div className="block-skeleton" />
    )
  const stored = load.data.settings
  const draft = changed ?? (stored ? sendingDraftOf(stored) : emptySending)
  const isReady = changed !== undefined && isWholeSending(changed) && !needsPasswordAgain(changed, stored)
  return (
    <div className="stack-wide">
      <p className="quiet">{words.hint}</p>
      <Section title={words.server}>
        <ServerFields draft={draft} stored={stored} onChange={setChanged} />
      </Section>
      <Section title={words.sender}>
        <SenderFields draft={draft} onChange={setChanged} />
      </Section>
      <Section title={words.texts}>
        <MailTextFields draft={draft} onChange={setChanged} />
      </Section>
      <Refused error={save.error} />
      <div className="settings-save">
        <Secondary disabled={!changed} onClick={() => setChanged(undefined)}>
          {w.actions.reset}
        </Secondary>
        <Primary
          disabled={!isReady}
          loading={save.isPending}
          onClick={() => changed && save.mutate(sendingInputOf(changed))}
        >
          {w.actions.save}
        </Primary>
      </div>
      {stored && <TestMail unsaved={changed !== undefined} />}
      <p className="quiet small">{words.mailboxHint}</p>
    </div>
  )
}
