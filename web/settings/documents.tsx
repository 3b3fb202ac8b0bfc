import { Button, FileButton, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Failed } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import type { MerchantDraft } from './merchant-draft.ts'
import { SaveBar } from './save-bar.tsx'
import { useMerchant } from './use-merchant.ts'

const LARGEST_LOGO = 200_000
type TextName = keyof MerchantDraft['texts']
const textNames = ['deliveryNote', 'invoiceIntro', 'invoiceClosing', 'retentionOfTitle'] as const satisfies TextName[]

/** Logo, colour and sentences of the documents. */
export default function Documents() {
  const { w } = useWords()
  const words = w.settings.documents
  const merchant = useMerchant()
  const { draft, change, load } = merchant
  if (!draft)
    return load.error ? (
      <Failed error={load.error} retry={() => void load.refetch()} />
    ) : (
      <div className="block-skeleton" />
    )
  return (
    <div className="stack-wide">
      <p className="quiet">{words.hint}</p>
      <Logo draft={draft} onChange={change} />
      <label className="row">
        <input
          type="color"
          value={draft.accentColor}
          onChange={(event) => change({ ...draft, accentColor: event.currentTarget.value.toUpperCase() })}
        />
        {words.accent} <span className="quiet">{draft.accentColor}</span>
      </label>
      <fieldset className="group">
        <legend>{words.texts}</legend>
        <div className="stack">
          {textNames.map((name) => (
            <Textarea
              key={name}
              label={words[name]}
              value={draft.texts[name] ?? ''}
              maxLength={1000}
              autosize
              minRows={2}
              onChange={(event) => change({ ...draft, texts: { ...draft.texts, [name]: event.currentTarget.value } })}
            />
          ))}
        </div>
      </fieldset>
      <SaveBar merchant={merchant} />
    </div>
  )
}

function Logo({ draft, onChange }: { draft: MerchantDraft; onChange: (draft: MerchantDraft) => void }) {
  const { w } = useWords()
  const words = w.settings.documents
  const [wrong, setWrong] = useState<string>()
  const take = async (file: File | null) => {
    if (!file) return
    const logoSvg = await file.text()
    if (file.size > LARGEST_LOGO) setWrong(words.tooLarge)
    else if (new DOMParser().parseFromString(logoSvg, 'image/svg+xml').documentElement.nodeName !== 'svg')
      setWrong(words.notSvg)
    else {
      setWrong(undefined)
      onChange({ ...draft, logoSvg })
    }
  }
  return (
    <fieldset className="group">
      <legend>{words.logo}</legend>
      <div className="stack">
        {/* as an image, so that nothing in the file can run */}
        <div className="logo-frame">
          {draft.logoSvg ? (
            <img src={`data:image/svg+xml;utf8,${encodeURIComponent(draft.logoSvg)}`} alt={words.logo} />
          ) : (
            <span>{words.logoHint}</span>
          )}
        </div>
        {wrong && <p className="red">{wrong}</p>}
        <div className="row">
          <FileButton accept="image/svg+xml,.svg" onChange={(file) => void take(file)}>
            {(props) => (
              <Button {...props} variant="default">
                {words.chooseLogo}
              </Button>
            )}
          </FileButton>
          {draft.logoSvg && (
            <Button variant="default" onClick={() => onChange({ ...draft, logoSvg: undefined })}>
              {words.removeLogo}
            </Button>
          )}
        </div>
      </div>
    </fieldset>
  )
}
