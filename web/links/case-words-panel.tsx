import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { answerCase, closeCase } from '../../common/links/api.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { useWords } from '../words/words.ts'
import type { Case } from './show-case.tsx'

export type CasePanelKind = 'answered' | 'rejected' | 'settled'

interface CaseWordsPanelProps {
  report: Case
  kind: CasePanelKind
  onClose: () => void
}

/** Words for the customer: an answer, the reason of a rejection, or how it was settled. */
export function CaseWordsPanel({ report, kind, onClose }: CaseWordsPanelProps) {
  const { w } = useWords()
  const words = w.links
  const [said, setSaid] = useState('')
  const done = (message: string) => () => {
    notifications.show({ message })
    onClose()
  }
  const answer = useAction(answerCase, done(words.answered))
  const close = useAction(closeCase, done(words.closed))
  const action = kind === 'answered' ? answer : close
  const texts = {
    answered: [words.answerTitle(report.number), words.answer, words.answerHint, words.answers],
    rejected: [words.rejectTitle(report.number), words.reject, words.rejectHint, words.rejections],
    settled: [words.settleTitle(report.number), words.settle, words.settleHint, words.settlements],
  } as const
  const [title, submit, hint, usual] = texts[kind]
  const go = () => {
    const input = { id: report.id, words: said.trim() }
    if (kind === 'answered') answer.mutate(input)
    else close.mutate({ ...input, outcome: kind })
  }
  return (
    <Panel
      title={title}
      opened
      onClose={onClose}
      submit={submit}
      danger={kind === 'rejected'}
      onSubmit={go}
      busy={action.isPending}
      disabled={said.trim() === ''}
      error={action.error}
      foot={hint}
    >
      <ReasonField label={words.words} value={said} onChange={setSaid} usual={usual} maximum={2000} />
    </Panel>
  )
}
