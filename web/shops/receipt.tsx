import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { OutputOf } from '../../common/route.ts'
import type { listReceipts } from '../../common/shops/api.ts'
import { useMay } from '../session/me.tsx'
import type { Format } from '../ui/format.ts'
import { useWords, type Words } from '../words/words.ts'
import { sayAll } from './remarks.ts'

export type Receipt = OutputOf<typeof listReceipts>['rows'][number]

/** The order, article or moment a receipt is about, as a way to it where there is one. */
export function AboutReceipt({ receipt }: { receipt: Receipt }) {
  const { f } = useWords()
  const may = useMay()
  const { kind, objectId, facts } = receipt
  if (kind === 'replay') return <>{f.moment(objectId)}</>
  if (objectId === 'all') return <span className="quiet">–</span>
  const name = receipt.label ?? String(facts.customer ?? objectId)
  if (kind === 'show-order' && receipt.label && may('orders.read'))
    return (
      <Link to="/orders/$id" params={{ id: objectId }} className="number" tabIndex={-1}>
        {name}
      </Link>
    )
  return <span className="cut">{name}</span>
}

/** What was done or found, and what the other side said. */
export function answerOf({ remarks, answer, kind, facts }: Receipt, w: Words, f: Format): string {
  if (remarks.length > 0 || answer !== null) return sayAll(remarks, answer, w, f)
  if (kind !== 'stock' || typeof facts.available !== 'number') return ''
  const { available, before } = facts
  return w.shops.log.stock(f.count(available), typeof before === 'number' ? f.count(before) : null)
}

/** All that a receipt keeps, one under the other. */
export function ReceiptFacts({ receipt }: { receipt: Receipt }) {
  const { w, f } = useWords()
  const words = w.shops.log
  const facts: (readonly [string, ReactNode])[] = [
    ...(receipt.remarks.length === 0 ? [] : [[words.result, sayAll(receipt.remarks, null, w, f)] as const]),
    ...(receipt.answer === null ? [] : [[words.answer, receipt.answer] as const]),
    ...Object.entries(receipt.facts)
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([name, value]) => [words.facts[name] ?? name, <Fact key={name} name={name} value={value} />] as const),
    [words.heads.attempt, f.count(receipt.attempt)],
    ...(receipt.objectId === 'all' ? [] : [[words.id, receipt.objectId] as const]),
  ]
  return (
    <dl className="receipt-facts">
      {facts.map(([name, value]) => (
        <FactRow key={name} name={name}>
          {value}
        </FactRow>
      ))}
    </dl>
  )
}

function FactRow({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

const amounts = ['gross', 'price', 'paid']

function Fact({ name, value }: { name: string; value: unknown }) {
  const { w, f } = useWords()
  const may = useMay()
  if (name === 'parkedId' && may('orders.read'))
    return (
      <Link to="/parked-orders/$id" params={{ id: String(value) }}>
        {w.actions.open}
      </Link>
    )
  if (typeof value === 'number') return amounts.includes(name) ? f.euros(value) : f.count(value)
  if (typeof value === 'boolean') return value ? w.yes : w.no
  if (value === 'all') return w.shops.log.all
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(String).join(', ')
  return typeof value === 'object' ? <code>{JSON.stringify(value)}</code> : String(value)
}
