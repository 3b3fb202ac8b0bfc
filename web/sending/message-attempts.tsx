import { Moment } from '../ui/cells.tsx'
import { fileAddress } from '../ui/files.tsx'
import { Status, type Tone } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords, type Words } from '../words/words.ts'
import type { WholeMessage } from './show-message.tsx'

type Attempt = WholeMessage['log'][number]

const tones: Record<keyof Words['sending']['outcomes'], Tone> = {
  begun: 'half',
  sent: 'done',
  again: 'attention',
  failed: 'stop',
  unsure: 'attention',
}

/** Each time the mail server was spoken to: its answer word by word, and the hash of what was attached. */
export function MessageAttempts({ message }: { message: WholeMessage }) {
  const { w, f } = useWords()
  const words = w.sending
  const heads = words.attemptHeads
  if (message.log.length === 0) return <p className="quiet">{words.noAttempts}</p>
  const columns: Column<Attempt>[] = [
    { name: 'number', head: heads.number, small: 'start', cell: (row) => f.count(row.number) },
    { name: 'at', head: heads.at, small: 'below', cell: (row) => <Moment moment={row.endedAt ?? row.begunAt} /> },
    {
      name: 'outcome',
      head: heads.outcome,
      small: 'end',
      cell: (row) => <Status tone={tones[row.outcome]} word={words.outcomes[row.outcome]} />,
    },
    {
      name: 'answer',
      head: heads.answer,
      grow: true,
      small: 'below',
      cell: (row) => (
        <span className="smtp-answer" title={row.answer ?? undefined}>
          {row.answer}
        </span>
      ),
    },
  ]
  return (
    <Table
      label={words.attempts}
      columns={columns}
      rows={message.log}
      idOf={(row) => String(row.number)}
      listKey={message.id}
      below={(row) => <Below message={message} attempt={row} />}
    />
  )
}

function Below({ message, attempt }: { message: WholeMessage; attempt: Attempt }) {
  const { w, f } = useWords()
  return (
    <span className="quiet small smtp-answer">
      {attempt.outcome === 'unsure' && <span>{w.sending.unsureHint} </span>}
      {attempt.attached.map((file) => (
        <span key={file.format}>
          <a href={fileAddress(message.documentId, file.format)} target="_blank" rel="noopener">
            {file.fileName}
          </a>{' '}
          {w.inbox.bytes(f.count(file.bytes))} · SHA-256 {file.sha256}
        </span>
      ))}
    </span>
  )
}
