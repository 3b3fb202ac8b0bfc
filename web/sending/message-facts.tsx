import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMay } from '../session/me.tsx'
import { Facts, Section } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'
import type { WholeMessage } from './show-message.tsx'

/** To whom, in which form, since when; and the ways to document and customer. */
export function MessageFacts({ message }: { message: WholeMessage }) {
  const { w, f } = useWords()
  const words = w.sending
  const { facts } = words
  const addresses = (list: readonly string[]) =>
    list.length > 0 && <span className="recipients">{list.join(', ')}</span>
  return (
    <Section title={words.document}>
      <Facts
        facts={[
          [words.kinds[message.kind], <DocumentLink key="document" message={message} />],
          [facts.customer, <CustomerLink key="customer" message={message} />],
          [facts.recipients, addresses(message.recipients)],
          [facts.reached, message.state !== 'sent' && addresses(message.reached)],
          [facts.refused, addresses(message.refused)],
          [facts.form, words.forms[message.form]],
          [facts.by, message.automatic ? words.automatic : words.byHand],
          [facts.queuedAt, f.moment(message.createdAt)],
          [facts.endedAt, message.endedAt && f.moment(message.endedAt)],
          [facts.returnedOn, message.returnedOn && f.day(message.returnedOn)],
          [facts.reason, message.returnedReason],
          [facts.messageId, message.messageId && <span className="small recipients">{message.messageId}</span>],
          [facts.repeats, message.repeats && <MessageLink id={message.repeats}>{facts.firstMessage}</MessageLink>],
          ...message.repeatedBy.map(
            (id, i) =>
              [
                i === 0 ? facts.repeatedBy : `${facts.repeatedBy} ${i + 1}`,
                <MessageLink key={id} id={id}>
                  {facts.laterMessage}
                </MessageLink>,
              ] as const,
          ),
        ]}
      />
    </Section>
  )
}

const pages = {
  invoice: '/invoices/$id',
  correction: '/invoices/$id',
  'delivery-note': '/delivery-notes/$id',
  return: '/returns/$id',
} as const

function DocumentLink({ message }: { message: WholeMessage }) {
  return (
    <Link to={pages[message.kind]} params={{ id: message.subjectId }}>
      {message.number}
    </Link>
  )
}

function CustomerLink({ message }: { message: WholeMessage }) {
  const may = useMay()
  if (!may('customers.read')) return message.customerName
  return (
    <Link to="/customers/$id" params={{ id: message.customerId }}>
      {message.customerName}
    </Link>
  )
}

function MessageLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link to="/outbox/$id" params={{ id }}>
      {children}
    </Link>
  )
}
