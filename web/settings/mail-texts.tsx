import { Button, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type SentKind, sentKinds } from '../../common/customers/sending.ts'
import { defaultTexts, placeholders } from '../../common/sending/texts.ts'
import { useWords } from '../words/words.ts'
import type { SendingDraft } from './sending-draft.ts'

type Texts = SendingDraft['texts']

/** Subject and text of a kind of document in a language; untouched, ours are taken. */
export function MailTextFields({ draft, onChange }: { draft: SendingDraft; onChange: (draft: SendingDraft) => void }) {
  const { w, language: ui } = useWords()
  const words = w.sending.settings
  const [kind, setKind] = useState<SentKind>('invoice')
  const [language, setLanguage] = useState<'de' | 'en'>(ui)
  const own = draft.texts[language]?.[kind]
  const text = own ?? defaultTexts[language][kind]
  const save = (texts: Texts) => onChange({ ...draft, texts })
  const set = (changes: Partial<typeof text>) =>
    save({ ...draft.texts, [language]: { ...draft.texts[language], [kind]: { ...text, ...changes } } })
  const takeOurs = () => {
    const { [kind]: _, ...others } = draft.texts[language] ?? {}
    save({ ...draft.texts, [language]: others })
  }
  return (
    <div className="stack">
      <div className="fields">
        <Select
          className="w6"
          label={words.kind}
          value={kind}
          allowDeselect={false}
          data={sentKinds.map((value) => ({ value, label: w.sending.kinds[value] }))}
          onChange={(value) => setKind(value as SentKind)}
        />
        <div className="w6 language-choice">
          <SegmentedControl
            aria-label={words.language}
            value={language}
            onChange={(value) => setLanguage(value as 'de' | 'en')}
            data={[
              { value: 'de', label: w.appearance.german },
              { value: 'en', label: w.appearance.english },
            ]}
          />
        </div>
        <TextInput
          className="w12"
          label={w.sending.subject}
          value={text.subject}
          maxLength={200}
          onChange={(event) => set({ subject: event.currentTarget.value })}
        />
        <Textarea
          className="w12"
          label={w.sending.text}
          value={text.body}
          autosize
          minRows={6}
          maxLength={5000}
          onChange={(event) => set({ body: event.currentTarget.value })}
        />
      </div>
      <p className="quiet small">
        {words.textsHint} {placeholders.map((name) => `{${name}} ${words.placeholders[name]}`).join(' · ')}
      </p>
      {own && (
        <span>
          <Button variant="default" size="xs" onClick={takeOurs}>
            {words.ourText}
          </Button>
        </span>
      )}
    </div>
  )
}
