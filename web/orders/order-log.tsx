import type { Order } from '../../common/orders/api.ts'
import { Moment } from '../ui/cells.tsx'
import { useWords } from '../words/words.ts'

/** Who did what when, newest first. */
export function OrderLog({ order }: { order: Order }) {
  const { w } = useWords()
  return (
    <ol className="log">
      {order.log.toReversed().map((entry) => {
        const reason = reasonOf(entry.facts)
        return (
          <li key={entry.at + entry.what}>
            <span className="quiet">
              <Moment moment={entry.at} />
            </span>
            <span>
              {w.orders.log[kebab(entry.what)] ?? w.orders.log.other} · {entry.by}
              {reason && <span className="quiet"> · {reason}</span>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

function reasonOf(facts: unknown): string | undefined {
  if (typeof facts !== 'object' || facts === null || !('reason' in facts)) return undefined
  return typeof facts.reason === 'string' ? facts.reason : undefined
}
