import type { LinkContent } from '../../../common/links/content.ts'
import { useSaid } from './words.ts'

type Case = LinkContent['cases'][number]

/** What the customer reported, how it stands, and what he was answered. */
export function CaseList({ cases }: { cases: readonly Case[] }) {
  const { w } = useSaid()
  if (cases.length === 0) return null
  return (
    <article className="card" aria-labelledby="reports">
      <h2 id="reports">{w.reports}</h2>
      <ul className="reports">
        {cases.map((report) => (
          <Report key={report.number} report={report} />
        ))}
      </ul>
    </article>
  )
}

function Report({ report }: { report: Case }) {
  const { w, f, amount } = useSaid()
  const rejected = report.steps.at(-1)?.kind === 'rejected'
  const tone = rejected ? 'bad' : report.state === 'done' ? 'good' : 'plain'
  return (
    <li className="report">
      <div className="card-head">
        <h3 className="number">{report.number}</h3>
        <p className="quiet">{w.reportOf(f.dayOfMoment(report.reportedAt))}</p>
        <span className={`mark mark-${tone}`}>{w.reportStates[rejected ? 'rejected' : report.state]}</span>
      </div>
      <ul className="plain">
        {report.lines.map((line) => (
          <li key={`${line.noteNumber} ${line.name} ${line.problem}`}>
            {amount(line.quantity, line.unit)} {line.name} {w.problems[line.problem]}
            <span className="quiet small"> · {line.noteNumber}</span>
          </li>
        ))}
      </ul>
      {report.words && <p className="said">{report.words}</p>}
      {report.steps.map((step) => (
        <div key={step.at} className="answer">
          <p className="small quiet">
            {w.steps[step.kind]}, {f.moment(step.at)}
          </p>
          {step.returnNumber && <p>{w.returnedWith(step.returnNumber)}</p>}
          {step.words && <p>{step.words}</p>}
        </div>
      ))}
    </li>
  )
}
