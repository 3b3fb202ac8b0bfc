import { listChangedPrices } from '../../common/billing/api.ts'
import { useLoad } from '../load.ts'
import { Notice } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'

const SHOWN = 50

/** Agreed prices that the price list has left behind; only to know it. */
export function ChangedPrices({ customerId }: { customerId: string }) {
  const { w, f } = useWords()
  const words = w.billing.toBill
  const load = useLoad(listChangedPrices, { customerId, limit: SHOWN })
  const rows = load.data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <Notice tone="plain" title={words.changed(rows.length)}>
      <p className="quiet">{words.changedHint}</p>
      <ul>
        {rows.map((row) => (
          <li key={row.noteLineId}>
            {row.noteNumber} · {row.name}: {words.changedLine(f.price(row.agreed), f.price(row.priceNow))}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
