import { Button, CopyButton } from '@mantine/core'
import { Notice } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'

/** A secret that is told once. */
export function Secret({ title, secret, onDone }: { title: string; secret: string; onDone: () => void }) {
  const { w } = useWords()
  return (
    <Notice tone="amber" title={title}>
      <p>{w.settings.keys.secretHint}</p>
      <div className="secret">
        <code>{secret}</code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button size="xs" onClick={copy}>
              {copied ? w.actions.copied : w.actions.copy}
            </Button>
          )}
        </CopyButton>
        <Button size="xs" variant="default" onClick={onDone}>
          {w.actions.close}
        </Button>
      </div>
    </Notice>
  )
}
