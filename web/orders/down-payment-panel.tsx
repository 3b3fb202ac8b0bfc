import { SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { issueDownPayment, previewDownPayment } from '../../common/invoicing/api.ts'
import type { Order } from '../../common/orders/api.ts'
import { useAction, useLoad } from '../load.ts'
import { DayField, MoneyField, PercentField } from '../ui/fields.tsx'
import { Facts } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'

type How = 'percent' | 'amount'

/** An invoice before delivery, over a share or an amount of the order, with its exact figures before it is issued. */
export function DownPaymentPanel({ order, opened, onClose }: { order: Order; opened: boolean; onClose: () => void }) {
  const { w, f } = useWords()
  const words = w.billing.down
  const navigate = useNavigate()
  const [how, setHow] = useState<How>('percent')
  const [percent, setPercent] = useState<number | undefined>(3_000)
  const [amount, setAmount] = useState<number | undefined>()
  const [expectedOn, setExpectedOn] = useState<string | undefined>()
  const value = how === 'percent' ? percent : amount
  const wish = { orderId: order.id, [how]: value ?? 1, ...(expectedOn ? { expectedOn } : {}) }
  const text = JSON.stringify(wish)
  const [asked] = useDebouncedValue(text, 180)
  const isAsked = opened && value !== undefined && value > 0
  const load = useLoad(previewDownPayment, JSON.parse(asked) as typeof wish, { enabled: isAsked, keep: true })
  const preview = isAsked && asked === text && !load.isPlaceholderData ? load.data : undefined
  const action = useAction(issueDownPayment, ({ id, number }) => {
    notifications.show({ message: words.issued(number) })
    onClose()
    void navigate({ to: '/invoices/$id', params: { id } })
  })
  return (
    <Panel
      title={words.title}
      opened={opened}
      onClose={onClose}
      submit={words.issue}
      onSubmit={() => action.mutate(wish)}
      busy={action.isPending}
      disabled={preview === undefined}
      error={action.error ?? (isAsked ? load.error : null)}
      foot={words.hint}
    >
      <SegmentedControl
        value={how}
        onChange={(next) => setHow(next as How)}
        data={[
          { value: 'percent', label: words.percent },
          { value: 'amount', label: words.amount },
        ]}
      />
      {how === 'percent' ? (
        <PercentField label={words.percentLabel} value={percent} minimum={1} maximum={10_000} onChange={setPercent} />
      ) : (
        <MoneyField label={words.amountLabel} value={amount} minimum={1} onChange={setAmount} />
      )}
      <DayField label={words.expectedOn} value={expectedOn} onChange={setExpectedOn} />
      {preview && (
        <div aria-live="polite">
          <Facts
            facts={[
              [w.billing.net, f.euros(preview.net)],
              ...preview.perRate.map(
                (r) => [r.rate > 0 ? w.billing.vatOf(f.percent(r.rate)) : words.without, f.euros(r.vat)] as const,
              ),
              [w.billing.rounding, preview.rounding !== 0 && f.euros(preview.rounding)],
              [w.billing.gross, <strong key="gross">{f.euros(preview.gross)}</strong>],
            ]}
          />
          <p className="quiet small">{preview.whole ? words.whole : words.ofOrder(f.euros(preview.orderTotal))}</p>
        </div>
      )}
    </Panel>
  )
}
