import { Button, CopyButton } from '@mantine/core'
import { Section } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'

/** Where the shop sends its hooks; to be copied over there. */
export function HookAddress({ path }: { path: string }) {
  const { w } = useWords()
  const address = `${location.origin}${path}`
  return (
    <Section title={w.shops.setup.hook}>
      <div className="hook-line">
        <code>{address}</code>
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? w.actions.copied : w.actions.copy}
            </Button>
          )}
        </CopyButton>
      </div>
      <p className="quiet small shop-hint">{w.shops.setup.hookHint}</p>
    </Section>
  )
}
