import { Button } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useWords } from '../words/words.ts'
import { Empty, Failed } from './states.tsx'

export function Missing() {
  const { w } = useWords()
  return <Empty title={w.states.notFoundTitle} hint={w.states.notFound} />
}

/** A page that could not be shown; a part of the program that is no longer there means a newer version is. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const { w } = useWords()
  if (!(error instanceof Error && /import|module|chunk/i.test(error.message)))
    return <Failed error={error} retry={reset} />
  return (
    <Empty
      title={w.states.newVersionTitle}
      hint={w.states.newVersion}
      action={<Button onClick={() => location.reload()}>{w.states.reload}</Button>}
    />
  )
}
