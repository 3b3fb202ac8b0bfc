import { CloseButton, SegmentedControl, Switch } from '@mantine/core'
import { PickArticle } from '../catalog/pick-article.tsx'
import { PriceField, QuantityField } from '../ui/fields.tsx'
import { Section } from '../ui/page.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import type { Draft, ExchangeDraft } from './return-draft.ts'

const ONE_PIECE = 1000

/** Other goods the customer gets at once, and whether they go over the counter. */
export function ExchangeGoods({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const { w } = useWords()
  const words = w.returns.exchange
  const { exchange } = draft
  const change = (next: Partial<ExchangeDraft>) => onChange({ ...draft, exchange: { ...exchange, ...next } })
  return (
    <Section title={words.title}>
      <div className="stack form-width">
        <PickArticle
          label={words.find}
          onChoose={({ id, number, nameDe: name, unit }) =>
            change({
              lines: exchange.lines.some((l) => l.articleId === id)
                ? exchange.lines.map((l) => (l.articleId === id ? { ...l, quantity: l.quantity + ONE_PIECE } : l))
                : [...exchange.lines, { articleId: id, articleNumber: number, name, unit, quantity: ONE_PIECE }],
            })
          }
        />
        {exchange.lines.length > 0 && (
          <>
            <ExchangeLines exchange={exchange} onChange={change} />
            <SegmentedControl
              aria-label={words.title}
              value={exchange.handOver ? 'now' : 'later'}
              data={[
                { value: 'now', label: words.handOver },
                { value: 'later', label: words.shipLater },
              ]}
              onChange={(value) => change({ handOver: value === 'now' })}
            />
            {exchange.handOver && (
              <Switch
                label={words.billNow}
                checked={exchange.billNow}
                onChange={(e) => change({ billNow: e.currentTarget.checked })}
              />
            )}
          </>
        )}
      </div>
    </Section>
  )
}

function ExchangeLines({
  exchange,
  onChange,
}: {
  exchange: ExchangeDraft
  onChange: (change: Partial<ExchangeDraft>) => void
}) {
  const { w } = useWords()
  const words = w.returns.exchange
  const set = (articleId: string, change: Partial<ExchangeDraft['lines'][number]>) =>
    onChange({ lines: exchange.lines.map((l) => (l.articleId === articleId ? { ...l, ...change } : l)) })
  return (
    <ul className="return-lines">
      {exchange.lines.map((line) => (
        <li key={line.articleId} className="exchange-line">
          <span className="return-words">
            <span>{line.name}</span>
            <span className="quiet small">{line.articleNumber}</span>
          </span>
          <QuantityField
            aria-label={w.returns.heads.quantity}
            value={line.quantity}
            suffix={unitName(w, line.unit, line.quantity)}
            onChange={(quantity) => quantity && set(line.articleId, { quantity })}
          />
          <PriceField
            aria-label={words.price}
            placeholder={words.usualPrice}
            value={line.unitPrice}
            onChange={(unitPrice) => set(line.articleId, { unitPrice })}
          />
          <CloseButton
            aria-label={w.actions.remove}
            onClick={() => onChange({ lines: exchange.lines.filter((l) => l !== line) })}
          />
        </li>
      ))}
    </ul>
  )
}
