import { Button, CopyButton, TextInput } from '@mantine/core'
import { Section } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'
import { isAddress, type ShopDraft } from './shop-draft.ts'

interface HookAddressProps {
  draft: ShopDraft
  onChange: (changes: Partial<ShopDraft>) => void
}

/** Where the shop reaches us, and the address its hooks go to; to be copied over there where it must be done by hand. */
export function HookAddress({ draft, onChange }: HookAddressProps) {
  const { w } = useWords()
  const words = w.shops.setup
  const code = draft.channel.code.trim()
  const address =
    isAddress(draft.publicAddress) && code
      ? `${draft.publicAddress.trim().replace(/\/+$/, '')}/api/shops/${encodeURIComponent(code)}/hooks`
      : ''
  return (
    <Section title={words.hooks}>
      <div className="stack">
        <TextInput
          label={words.publicAddress}
          description={words.publicHint}
          type="url"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={draft.publicAddress}
          onChange={(event) => onChange({ publicAddress: event.currentTarget.value })}
        />
        <div>
          <p className="small strong">{words.hook}</p>
          <div className="hook-line">
            <code>{address || '–'}</code>
            <CopyButton value={address}>
              {({ copied, copy }) => (
                <Button size="xs" variant="default" disabled={address === ''} onClick={copy}>
                  {copied ? w.actions.copied : w.actions.copy}
                </Button>
              )}
            </CopyButton>
          </div>
          <p className="quiet small shop-hint">{words.hookHint}</p>
        </div>
      </div>
    </Section>
  )
}
