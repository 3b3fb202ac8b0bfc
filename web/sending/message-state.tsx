import type { z } from 'zod'
import type { MessageProblem, messageRow } from '../../common/sending/api.ts'
import { Status, type Tone } from '../ui/status.tsx'
import { useWords, type Words } from '../words/words.ts'

export type Message = z.output<typeof messageRow>

const tones: Record<keyof Words['sending']['states'], Tone> = {
  waiting: 'half',
  sent: 'done',
  partly: 'attention',
  failed: 'stop',
  cancelled: 'off',
  returned: 'attention',
}

/** Where a message stands; that it came back counts more than that it was sent. */
export function MessageState({ message }: { message: Pick<Message, 'state' | 'returnedOn'> }) {
  const { w } = useWords()
  const state = message.returnedOn === null ? message.state : 'returned'
  return <Status tone={tones[state]} word={w.sending.states[state]} />
}

/** Why it waits or failed: in our words where the reason is ours, else what the server said. */
export function useProblem() {
  const { w, f } = useWords()
  return (message: Message): string | null => {
    const { problem, state } = message
    if (state === 'waiting' && !message.fileReady) return w.sending.fileMissing
    const words = problem === null ? null : (w.sending.problems[problem as MessageProblem] ?? problem)
    return message.nextAt === null
      ? words
      : [words, w.sending.nextAt(f.moment(message.nextAt))].filter(Boolean).join(' · ')
  }
}
