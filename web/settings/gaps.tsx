import { useWords } from '../words/words.ts'
import type { MerchantGap } from './merchant-draft.ts'

/** What is still missing, beside the button that waits for it. */
export function Gaps({ gaps }: { gaps: MerchantGap[] }) {
  const { w } = useWords()
  const words = w.settings.company
  return (
    <p className="quiet" aria-live="polite">
      {gaps.length > 0 && words.missing(gaps.map((gap) => words[gap]).join(', '))}
    </p>
  )
}
