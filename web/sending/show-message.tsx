import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown, IconHandStop, IconMailOff } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { cancelMessage, getMessage, type message } from '../../common/sending/api.ts'
import { useAction, useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Columns, Notice, Page, Primary, Section } from '../ui/page.tsx'
import { Failed, PageSkeleton } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { BouncePanel } from './bounce-panel.tsx'
import { MessageAttempts } from './message-attempts.tsx'
import { MessageFacts } from './message-facts.tsx'
import { MessageState, useProblem } from './message-state.tsx'
import { AgainPanel } from './send-panel.tsx'
import { SendingNotice } from './sending-notice.tsx'
import './sending.css'

export type WholeMessage = z.output<typeof message>

/** One message: what it said, to whom, and what the mail server answered each time. */
export function ShowMessage() {
  const { id } = useParams({ from: '/shell/outbox/$id' })
  const { w } = useWords()
  const words = w.sending
  const navigate = useNavigate()
  const load = useLoad(getMessage, { id })
  const problemOf = useProblem()
  const [open, setOpen] = useState<'again' | 'bounce' | null>(null)
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const message = load.data
  const problem = message.state === 'sent' ? null : problemOf(message)
  const close = () => setOpen(null)
  return (
    <Page
      title={words.message(message.number)}
      parent={{ to: '/outbox', word: w.pages.outbox }}
      state={
        <span className="statuses">
          <MessageState message={message} />
          <span className="quiet">{words.kinds[message.kind]}</span>
        </span>
      }
      primary={<Actions message={message} onOpen={setOpen} />}
    >
      {message.state === 'waiting' && <SendingNotice />}
      {problem && (
        <Notice tone={message.state === 'waiting' ? 'plain' : 'amber'} title={words.states[message.state]}>
          <p className="smtp-answer">{problem}</p>
        </Notice>
      )}
      <Columns side={<MessageFacts message={message} />}>
        <Section title={words.mail}>
          {message.subject === null ? (
            <p className="quiet">{words.noText}</p>
          ) : (
            <>
              <p className="strong">{message.subject}</p>
              <p className="mail-text">{message.body?.replaceAll('{link}', words.linkHere)}</p>
            </>
          )}
        </Section>
        <Section title={words.attempts}>
          <MessageAttempts message={message} />
        </Section>
      </Columns>
      <AgainPanel
        message={message}
        opened={open === 'again'}
        onClose={close}
        onSent={(next) => void navigate({ to: '/outbox/$id', params: { id: next } })}
      />
      <BouncePanel message={message} opened={open === 'bounce'} onClose={close} />
    </Page>
  )
}

function Actions({ message, onOpen }: { message: WholeMessage; onOpen: (panel: 'again' | 'bounce') => void }) {
  const { w } = useWords()
  const words = w.sending
  const may = useMay()
  const hold = useAction(cancelMessage, () => notifications.show({ message: words.held }))
  if (!may('sending.write')) return null
  if (message.state === 'waiting')
    return (
      <Button
        variant="default"
        loading={hold.isPending}
        leftSection={<IconHandStop size={16} />}
        onClick={() => hold.mutate({ id: message.id })}
      >
        {words.hold}
      </Button>
    )
  const wentOut = message.state === 'sent' || message.state === 'partly'
  return (
    <>
      {wentOut && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={15} />}>
              {w.actions.more}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconMailOff size={15} />} onClick={() => onOpen('bounce')}>
              {words.cameBack}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Primary onClick={() => onOpen('again')}>{words.again}</Primary>
    </>
  )
}
