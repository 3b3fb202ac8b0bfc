import { IconMailForward } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { getDocumentSending } from '../../common/sending/api.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Moment } from '../ui/cells.tsx'
import { Secondary, Section } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'
import { MessageState, useProblem } from './message-state.tsx'
import { SendPanel } from './send-panel.tsx'
import './sending.css'

/** On the page of a document: what was sent of it, and the button to send it. */
export function DocumentSending({ documentId, title }: { documentId: string; title: string }) {
  const { w } = useWords()
  const words = w.sending
  const may = useMay()
  const load = useLoad(getDocumentSending, { id: documentId }, { enabled: may('sending.read') })
  const problemOf = useProblem()
  const [sending, setSending] = useState(false)
  if (!load.data) return null
  const { messages, byEmail } = load.data
  return (
    <Section title={words.title}>
      <ul className="sent">
        {messages.map((message) => (
          <li key={message.id}>
            <Link to="/outbox/$id" params={{ id: message.id }}>
              <MessageState message={message} />
            </Link>{' '}
            <span className="quiet small recipients">
              <Moment moment={message.endedAt ?? message.createdAt} /> · {message.recipients.join(', ')}
            </span>
            {message.state !== 'sent' && problemOf(message) && (
              <p className="small amber smtp-answer">{problemOf(message)}</p>
            )}
          </li>
        ))}
      </ul>
      {messages.length === 0 && <p className="quiet">{byEmail ? words.byEmail : words.byPaper}</p>}
      {may('sending.write') && (
        <>
          <Secondary size="xs" leftSection={<IconMailForward size={15} />} onClick={() => setSending(true)}>
            {words.send}
          </Secondary>
          <SendPanel
            documentId={documentId}
            title={title}
            sending={load.data}
            opened={sending}
            onClose={() => setSending(false)}
          />
        </>
      )}
    </Section>
  )
}
