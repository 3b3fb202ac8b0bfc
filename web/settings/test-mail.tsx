import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { testSending } from '../../common/sending/api.ts'
import { useAction } from '../load.ts'
import { Notice, Secondary, Section } from '../ui/page.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { isAddressOrNone } from './sending-draft.ts'
import '../sending/sending.css'

/** Whether it works is seen before the first customer is written to. */
export function TestMail({ unsaved }: { unsaved: boolean }) {
  const { w } = useWords()
  const words = w.sending.settings
  const [to, setTo] = useState('')
  const test = useAction(testSending)
  const wrong = to.trim() === '' || !isAddressOrNone(to)
  return (
    <Section title={words.test}>
      <div className="stack">
        <div className="fields">
          <TextInput
            className="w6"
            type="email"
            label={words.testTo}
            value={to}
            maxLength={254}
            error={!isAddressOrNone(to) && w.sending.toWrong}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </div>
        <span>
          <Secondary
            disabled={wrong || unsaved}
            loading={test.isPending}
            onClick={() => test.mutate({ to: to.trim() })}
          >
            {words.testSend}
          </Secondary>
        </span>
        {unsaved && <p className="quiet small">{words.testSaveFirst}</p>}
        <Refused error={test.error} />
        {test.data && (
          <Notice
            tone={test.data.ok ? 'plain' : 'red'}
            title={[test.data.ok ? words.testOk : words.testFailed, test.data.code].filter(Boolean).join(' · ')}
          >
            <p className="smtp-answer">{test.data.answer}</p>
          </Notice>
        )}
      </div>
    </Section>
  )
}
