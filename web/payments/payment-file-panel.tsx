import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { makePaymentFile, previewPaymentFile } from '../../common/payments/api.ts'
import { useAction, useLoad } from '../load.ts'
import { DayField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { Facts } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import './payments.css'

/** What the file will say, exactly, before it is made. */
export function PaymentFilePanel({ refundIds, onClose }: { refundIds: string[]; onClose: () => void }) {
  const { w, f } = useWords()
  const words = w.payments.files
  const navigate = useNavigate()
  const [executeOn, setExecuteOn] = useState<string | undefined>(today())
  const load = useLoad(previewPaymentFile, { refundIds, executeOn }, { keep: true })
  const action = useAction(makePaymentFile, ({ id }) => void navigate({ to: '/payment-files/$id', params: { id } }))
  const preview = load.data
  return (
    <Panel
      wide
      title={words.make}
      opened
      onClose={onClose}
      submit={words.make}
      onSubmit={() => action.mutate({ refundIds, executeOn })}
      busy={action.isPending}
      disabled={!preview || !executeOn || load.error !== null}
      error={action.error}
      foot={words.makeHint}
    >
      <div className="stack">
        <DayField label={words.executeOn} value={executeOn} onChange={setExecuteOn} />
        <Refused error={load.error} />
        {preview && (
          <>
            <Facts
              facts={[
                [words.count, f.count(preview.count)],
                [words.total, <strong key="total">{f.euros(preview.total)}</strong>],
                [words.from, preview.from.iban],
              ]}
            />
            <ul className="transfers">
              {preview.transfers.map((t) => (
                <li key={t.number}>
                  <span>
                    <span>{t.name}</span>
                    <span className="quiet small">{t.iban}</span>
                    <span className="quiet small">{t.text}</span>
                  </span>
                  <span className="strong nowrap">{f.euros(t.amount)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Panel>
  )
}
