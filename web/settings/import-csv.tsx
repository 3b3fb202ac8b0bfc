import { Button, SegmentedControl } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ChangeEvent, type DragEvent, useState } from 'react'
import type { z } from 'zod'
import { importCsv, type importKind } from '../../common/catalog/api.ts'
import { useAction } from '../load.ts'
import { Notice, Page, Primary, Secondary, Section } from '../ui/page.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { ImportErrors, ImportFigures } from './import-result.tsx'
import './settings.css'

type Kind = z.output<typeof importKind>
const LARGEST_FILE = 20_000_000

/** A CSV file is checked first and taken then: all rows or none. */
export function ImportCsv() {
  const { w, f } = useWords()
  const words = w.settings.import
  const [kind, setKind] = useState<Kind>('articles')
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null)
  const [tooLarge, setTooLarge] = useState(false)
  const check = useAction(importCsv)
  const run = useAction(importCsv, () => {
    notifications.show({ message: words.done })
    setFile(null)
  })
  const input = (dryRun: 'true' | 'false', csv: string) => ({ kind, dryRun, csv })
  const take = async (chosen: File | undefined) => {
    if (!chosen) return
    setTooLarge(chosen.size > LARGEST_FILE)
    if (chosen.size > LARGEST_FILE) return
    const csv = await readText(chosen)
    run.reset()
    setFile({ name: chosen.name, csv })
    check.mutate(input('true', csv))
  }
  const another = (next: Kind) => {
    setKind(next)
    setFile(null)
    check.reset()
    run.reset()
  }
  const result = run.data ?? check.data
  const checked = file !== null && check.data?.errors.length === 0 ? check.data : undefined
  const changes = check.data ? check.data.created + check.data.changed : 0
  return (
    <Page
      title={w.pages.import}
      narrow
      actions={file && <Secondary onClick={() => another(kind)}>{words.again}</Secondary>}
      primary={
        <Primary
          disabled={!checked || changes === 0}
          loading={run.isPending}
          onClick={() => file && run.mutate(input('false', file.csv))}
        >
          {checked ? words.run(checked.rows, f.count(checked.rows)) : words.import}
        </Primary>
      }
    >
      <Section title={words.kind}>
        <SegmentedControl
          aria-label={words.kind}
          value={kind}
          onChange={(value) => another(value as Kind)}
          data={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
        />
      </Section>
      <Section title={words.file}>
        <Drop name={file?.name} onFile={(chosen) => void take(chosen)} />
        <p className="quiet small import-hint">
          {words.hint} {words.known} {words.columns[kind]}.
        </p>
        {tooLarge && <p className="red">{words.tooLarge}</p>}
      </Section>
      {check.isPending && <div className="block-skeleton block-skeleton-low" />}
      <Refused error={check.error} />
      <Refused error={run.error} />
      {result && (
        <Section title={run.data ? words.done : words.checked}>
          {!run.data && <Verdict errors={result.errors.length} changes={changes} />}
          <ImportFigures result={result} />
          <ImportErrors errors={result.errors} />
        </Section>
      )}
    </Page>
  )
}

function Verdict({ errors, changes }: { errors: number; changes: number }) {
  const { w, f } = useWords()
  const words = w.settings.import
  if (errors > 0) return <Notice tone="red" title={words.hasErrors(f.count(errors))} />
  return <Notice tone="plain" title={changes === 0 ? words.nothing : words.fine} />
}

function Drop({ name, onFile }: { name: string | undefined; onFile: (file: File | undefined) => void }) {
  const { w } = useWords()
  const words = w.settings.import
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    onFile(event.dataTransfer.files[0])
  }
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    onFile(event.currentTarget.files?.[0])
    event.currentTarget.value = ''
  }
  return (
    <label className="drop" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <input type="file" accept=".csv,text/csv,text/plain" className="hidden-visually" onChange={onChange} />
      <span className="strong">{name ?? words.choose}</span>
      <Button component="span" size="xs" variant="default">
        {w.actions.choose}
      </Button>
    </label>
  )
}

/** Excel in Germany still writes Windows-1252: what is no valid UTF-8 is read as that. */
async function readText(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
