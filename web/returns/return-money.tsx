import { SegmentedControl, Switch, Textarea } from '@mantine/core'
import { useEffect } from 'react'
import type { z } from 'zod'
import { getCustomer } from '../../common/customers/api.ts'
import { previewReturn } from '../../common/returns/api.ts'
import { useLoad } from '../load.ts'
import { emptyHow } from '../payments/how-draft.ts'
import { HowFields } from '../payments/how-fields.tsx'
import { useMay } from '../session/me.tsx'
import { Section } from '../ui/page.tsx'
import { Failed } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { ExchangeGoods } from './exchange-goods.tsx'
import { type Draft, inputOf, type Money } from './return-draft.ts'

type Preview = z.output<(typeof previewReturn)['output']>

/** Third step: what becomes of the money, with every document that will be made, exactly. */
export function ReturnMoney({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const { w } = useWords()
  const may = useMay()
  const { desk, money, moneyHints } = w.returns
  const load = useLoad(previewReturn, inputOf(draft)!, { keep: true })
  return (
    <>
      {may('orders.write') && may('delivery.write') && <ExchangeGoods draft={draft} onChange={onChange} />}
      <Section title={desk.moneyTitle}>
        <SegmentedControl
          size="md"
          aria-label={desk.moneyTitle}
          value={draft.money}
          data={Object.entries(money)
            .filter(([value]) => value !== 'refund' || may('payments.refund'))
            .map(([value, label]) => ({ value, label }))}
          onChange={(value) => onChange({ ...draft, money: value as Money })}
        />
        <p className="quiet">{moneyHints[draft.money]}</p>
        {draft.money === 'refund' && <RefundHow draft={draft} onChange={onChange} />}
        <div className="fields form-width">
          <Textarea
            className="w12"
            label={desk.remark}
            value={draft.remark}
            maxLength={500}
            autosize
            onChange={(e) => onChange({ ...draft, remark: e.currentTarget.value })}
          />
        </div>
      </Section>
      <Section title={desk.documents}>
        {load.data ? (
          <>
            {load.data.corrections.length > 1 && load.data.corrections.every((c) => c.kind === 'credit-note') && (
              <Switch
                className="collective-switch"
                label={desk.collective}
                checked={load.data.corrections.some(
                  (c, i) => load.data.corrections.findIndex((d) => d.document === c.document) < i,
                )}
                onChange={(e) => onChange({ ...draft, collective: e.currentTarget.checked })}
              />
            )}
            <Consequences preview={load.data} />
          </>
        ) : load.error ? (
          <Failed error={load.error} retry={() => void load.refetch()} />
        ) : (
          <div className="block-skeleton" />
        )}
      </Section>
    </>
  )
}

/** How the money goes back; the account that is known stands there already. */
function RefundHow({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const customer = useLoad(getCustomer, { id: draft.entries[0]!.line.customerId })
  const known = customer.data?.bankAccount
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known only fills an empty field
  useEffect(() => {
    if (known && draft.how.account.iban === '') onChange({ ...draft, how: { ...draft.how, ...emptyHow(known) } })
  }, [known?.iban])
  return (
    <div className="stack form-width refund-how">
      <HowFields how={draft.how} onChange={(how) => onChange({ ...draft, how })} />
    </div>
  )
}

function Consequences({ preview }: { preview: Preview }) {
  const { w, f } = useWords()
  const words = w.returns.desk
  const rows: [key: string, name: string, amount?: number, detail?: string][] = [
    ['slip', words.slip],
    ...preview.notes
      .filter((n) => n.unbilled > 0)
      .map((n): [string, string] => [n.id, words.smaller(n.number, f.quantity(n.unbilled))]),
    ...preview.corrections.map((c): [string, string, number, string | undefined] => [
      c.invoiceId,
      words.correction(c.invoiceNumber),
      c.gross,
      [
        preview.corrections.some((d) => d !== c && d.document === c.document) && words.sameDocument,
        c.settles > 0 && words.settles(f.euros(c.settles)),
      ]
        .filter(Boolean)
        .join(' · ') || undefined,
    ]),
    ...(preview.exchange
      ? ([
          [
            'exchange',
            w.returns.exchange.goods,
            preview.exchange.gross,
            preview.exchange.setOff > 0 ? w.returns.exchange.setOff(f.euros(preview.exchange.setOff)) : undefined,
          ],
          ...(preview.exchange.toPay > 0 ? [['to-pay', w.returns.exchange.toPay, preview.exchange.toPay]] : []),
        ] as [string, string, number, string?][])
      : []),
    ...preview.setOff.map((s): [string, string, number] => [
      `off ${s.invoiceId}`,
      words.setOff(s.invoiceNumber),
      s.amount,
    ]),
    ...(preview.credit > 0 ? [['credit', words.credit, preview.credit] as [string, string, number]] : []),
    ...(preview.refund > 0 ? [['refund', words.refund, preview.refund] as [string, string, number]] : []),
  ]
  return (
    <>
      <ul className="return-lines" data-testid="consequences">
        {rows.map(([key, name, amount, detail]) => (
          <li key={key} className="return-consequence">
            <span className="return-words">
              <span>{name}</span>
              {detail && <span className="quiet small">{detail}</span>}
            </span>
            {amount !== undefined && <span className="strong nowrap">{f.euros(amount)}</span>}
          </li>
        ))}
      </ul>
      {preview.corrections.length === 0 && <p className="quiet">{words.noMoney}</p>}
    </>
  )
}
