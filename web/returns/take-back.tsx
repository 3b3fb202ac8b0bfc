import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { closeCase } from '../../common/links/api.ts'
import { takeBack } from '../../common/returns/api.ts'
import { useAction } from '../load.ts'
import { Page, Primary } from '../ui/page.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { ChooseGoods } from './choose-goods.tsx'
import { GoodsState } from './goods-state.tsx'
import { emptyDraft, inputOf, isWhole } from './return-draft.ts'
import { ReturnMoney } from './return-money.tsx'
import { useCaseDraft } from './use-case-draft.ts'
import './returns.css'

/** The return desk, for scanner and touch: what came back, in which state, what becomes of the money. */
export function TakeBack() {
  const { w } = useWords()
  const words = w.returns.desk
  const navigate = useNavigate()
  const asked = useSearch({ from: '/shell/returns/new' })
  const [draft, setDraft] = useState(emptyDraft)
  const [step, setStep] = useState(0)
  const report = useCaseDraft(asked.caseId, setDraft)
  const close = useAction(closeCase)
  const action = useAction(takeBack, ({ id, number }) => {
    notifications.show({ message: words.done(number) })
    void navigate({ to: '/returns/$id', params: { id }, replace: true })
    if (report)
      close.mutate(
        { id: report.id, outcome: 'returned', returnId: id },
        {
          onError: () =>
            notifications.show({ color: 'red', message: w.links.notClosed(report.number), autoClose: false }),
        },
      )
  })
  const input = inputOf(draft)
  const last = step === words.steps.length - 1
  const go = () => {
    if (!input) return
    if (last) action.mutate(input)
    else setStep(step + 1)
  }
  return (
    <Page
      title={w.returns.takeBack}
      parent={{ to: '/returns', word: w.pages.returns }}
      actions={
        step > 0 && (
          <Button variant="default" size="md" onClick={() => setStep(step - 1)}>
            {words.back}
          </Button>
        )
      }
      primary={
        <Primary size="md" disabled={!input || (last && !isWhole(draft))} loading={action.isPending} onClick={go}>
          {last ? words.post : words.next}
        </Primary>
      }
    >
      <ol className="desk-steps">
        {words.steps.map((name, i) => (
          <li key={name}>
            <button
              type="button"
              aria-current={i === step ? 'step' : undefined}
              disabled={i > step && !input}
              onClick={() => setStep(i)}
            >
              {i + 1}. {name}
            </button>
          </li>
        ))}
      </ol>
      {step === 0 && <ChooseGoods asked={asked} draft={draft} onChange={setDraft} />}
      {step === 1 && <GoodsState draft={draft} onChange={setDraft} />}
      {step === 2 && <ReturnMoney draft={draft} onChange={setDraft} />}
      <Refused error={action.error} />
    </Page>
  )
}
