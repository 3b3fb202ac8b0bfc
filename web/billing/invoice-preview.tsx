import { useDebouncedValue } from '@mantine/hooks'
import { useEffect } from 'react'
import { previewInvoice } from '../../common/invoicing/api.ts'
import { useLoad } from '../load.ts'
import { Facts } from '../ui/page.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { sumByInvoice } from './down-payment-facts.tsx'
import type { billingInput } from './selection.ts'

interface InvoicePreviewProps {
  input: ReturnType<typeof billingInput>
  any: boolean
  /** the exact amount of what is chosen now; undefined while it is not known */
  onGross: (gross: number | undefined) => void
  error: unknown
}

/** The invoice as the server would issue it, computed by the same rules, before it is issued. */
export function InvoicePreview({ input, any, onGross, error }: InvoicePreviewProps) {
  const { w, f } = useWords()
  const words = w.billing.unbilled
  const down = w.billing.down
  const text = JSON.stringify(input)
  const [asked] = useDebouncedValue(text, 180)
  const load = useLoad(previewInvoice, JSON.parse(asked) as typeof input, {
    enabled: any && asked !== '{}',
    keep: true,
  })
  const current = any && asked === text && !load.isPlaceholderData ? load.data : undefined
  const gross = current?.gross
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another amount is news
  useEffect(() => onGross(gross), [gross])
  const preview = any ? load.data : undefined
  return (
    <aside className="bill-preview" aria-live="polite" aria-busy={current === undefined && any}>
      <h2>{words.preview}</h2>
      {!preview && !load.error && <p className="quiet">{any ? w.states.loading : words.nothing}</p>}
      {preview && (
        <div className={current ? undefined : 'bill-stale'}>
          <p className="quiet">{words.selected(preview.lines, preview.notes)}</p>
          <Facts
            facts={[
              [down.delivered, preview.deductions.length > 0 && f.euros(preview.delivered)],
              ...sumByInvoice(preview.deductions).map(
                ([number, amount]) => [down.less(number), f.euros(-amount)] as const,
              ),
              [w.billing.net, f.euros(preview.net)],
              ...preview.perRate.map((rate) => [w.billing.vatOf(f.percent(rate.rate)), f.euros(rate.vat)] as const),
              [w.billing.rounding, preview.rounding !== 0 && f.euros(preview.rounding)],
            ]}
          />
          <dl className="facts bill-total">
            <div>
              <dt>{w.billing.gross}</dt>
              <dd>{f.euros(preview.gross)}</dd>
            </div>
          </dl>
          {preview.closings.map((c) => (
            <p key={c.id} className="small">
              {down.closes(c.number, f.euros(c.amount))}
            </p>
          ))}
          <p className="quiet small">{words.final}</p>
        </div>
      )}
      <Refused error={any ? (error ?? load.error) : null} />
    </aside>
  )
}
