import type { z } from 'zod'
import type { billingRun, billState, runState } from '../../common/billing/api.ts'
import type { Format } from '../ui/format.ts'
import { Status, type Tone } from '../ui/status.tsx'
import { useWords, type Words } from '../words/words.ts'

export type Run = z.output<typeof billingRun>

const runTones: Record<z.output<typeof runState>, Tone> = {
  planning: 'half',
  planned: 'none',
  billing: 'half',
  stopped: 'stop',
  done: 'done',
  discarded: 'off',
}
const billTones: Record<z.output<typeof billState>, Tone> = {
  waiting: 'none',
  billed: 'done',
  refused: 'attention',
  gone: 'off',
  excluded: 'off',
}

export function RunState({ state }: { state: z.output<typeof runState> }) {
  const { w } = useWords()
  return <Status tone={runTones[state]} word={w.billing.runs.state[state]} />
}

export function BillState({ state }: { state: z.output<typeof billState> }) {
  const { w } = useWords()
  return <Status tone={billTones[state]} word={w.billing.runs.bill[state]} />
}

/** What a run takes, in words. */
export function scopeOf(run: Run, w: Words, f: Format): string {
  const { due, everything, byItself } = w.billing.runs
  return [
    (run.everything ? everything : due)(f.day(run.day)),
    run.customer?.name,
    run.rule && w.customers.rules[run.rule],
    run.scheduled && byItself,
  ]
    .filter(Boolean)
    .join(' · ')
}
