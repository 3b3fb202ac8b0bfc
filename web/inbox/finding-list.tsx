import type { z } from 'zod'
import type { finding } from '../../common/inbox/api.ts'
import { termName } from '../../common/inbox/terms.ts'
import { useWords } from '../words/words.ts'
import { useAmounts } from './use-amounts.ts'
import './inbox.css'

type Finding = z.output<typeof finding>

/** What is wrong, in words, with the rule and the field it's about. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const { w, language } = useWords()
  if (findings.length === 0) return <p className="quiet">{w.inbox.noFindings}</p>
  return (
    <ul className="finding-list">
      {findings.map((found) => (
        <li
          key={`${found.rule} ${JSON.stringify(found.facts)}`}
          className={found.severity === 'fatal' ? 'finding finding-fatal' : 'finding'}
        >
          <span>{found.message[language]}</span>
          <FactsOf found={found} />
          <span className="quiet small">
            {[found.term && termName(found.term, language), found.term, found.rule].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}

function FactsOf({ found: { facts } }: { found: Finding }) {
  const { w } = useWords()
  const { plain } = useAmounts()
  const { stated, computed, line, term: _, ...others } = facts
  const words = [
    line !== undefined && w.inbox.line(String(line)),
    typeof stated === 'number' && typeof computed === 'number' && w.inbox.stated(plain(stated), plain(computed)),
    ...Object.values(others).filter((fact) => typeof fact === 'string' && fact !== ''),
  ].filter(Boolean)
  return words.length > 0 ? <span className="received-words">{words.join(' · ')}</span> : null
}
