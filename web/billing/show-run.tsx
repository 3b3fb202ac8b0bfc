import { useParams } from '@tanstack/react-router'
import { discardRun, getRun, startRun, stopRun } from '../../common/billing/api.ts'
import { useAction, useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Facts, Page, Primary, Secondary } from '../ui/page.tsx'
import { Failed, PageSkeleton, Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { RunBills } from './run-bills.tsx'
import { type Run, RunState, scopeOf } from './run-state.tsx'
import './show-run.css'

/** A billing run: what it will write, how far it is, what became of each invoice. */
export function ShowRun() {
  const { id } = useParams({ from: '/shell/billing-runs/$id' })
  const load = useLoad(getRun, { id })
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  return <RunPage run={load.data} />
}

function RunPage({ run }: { run: Run }) {
  const { w, f } = useWords()
  const words = w.billing.runs
  const may = useMay()
  const start = useAction(startRun)
  const stop = useAction(stopRun)
  const discard = useAction(discardRun)
  const { waiting } = run.bills
  const write = may('invoicing.write')
  const stands = run.state === 'planned' || run.state === 'stopped'
  const starts = waiting.count === 1 ? words.startOne : words.start(f.count(waiting.count))
  return (
    <Page
      title={words.title(f.dayOfMoment(run.createdAt))}
      parent={{ to: '/billing-runs', word: w.pages.runs }}
      state={
        <span className="row">
          <RunState state={run.state} />
          <span className="quiet">{scopeOf(run, w, f)}</span>
        </span>
      }
      actions={
        write &&
        (stands || run.state === 'planning') && (
          <Secondary loading={discard.isPending} onClick={() => discard.mutate({ id: run.id })}>
            {words.discard}
          </Secondary>
        )
      }
      primary={
        write &&
        (run.state === 'billing' ? (
          <Primary loading={stop.isPending} onClick={() => stop.mutate({ id: run.id })}>
            {words.stop}
          </Primary>
        ) : (
          stands && (
            <Primary
              loading={start.isPending}
              disabled={waiting.count === 0}
              onClick={() => start.mutate({ id: run.id })}
            >
              {run.state === 'stopped' ? words.goOn : starts}
            </Primary>
          )
        ))
      }
    >
      <Refused error={start.error ?? stop.error ?? discard.error} />
      <Progress run={run} />
      <RunBills run={run} mayExclude={write && stands} />
    </Page>
  )
}

/** How far it is: a bar while it works, and the sums of what was written, is left, refused or left out. */
function Progress({ run }: { run: Run }) {
  const { w, f } = useWords()
  const words = w.billing.runs
  const { waiting, billed, refused, gone, excluded } = run.bills
  const done = billed.count + refused.count + gone.count
  const all = done + waiting.count
  const said = ({ count, gross }: Run['bills']['billed']) => count > 0 && words.count(f.count(count), f.euros(gross))
  return (
    <div className="run-progress" aria-live="polite">
      {run.state === 'planning' && <p className="quiet">{words.planningHint}</p>}
      {(run.state === 'billing' || run.state === 'stopped') && (
        <>
          <progress aria-label={words.progress(f.count(done), f.count(all))} value={done} max={Math.max(all, 1)} />
          <p>{words.progress(f.count(done), f.count(all))}</p>
        </>
      )}
      <Facts
        facts={[
          [words.left, run.state !== 'done' && run.state !== 'discarded' && said(waiting)],
          [words.billed, said(billed)],
          [words.refused, said(refused)],
          [words.excluded, said(excluded)],
          [words.gone, said(gone)],
        ]}
      />
    </div>
  )
}
