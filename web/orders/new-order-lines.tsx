import { CloseButton } from '@mantine/core'
import { amountOf } from '../../common/quantity.ts'
import type { ArticleRow } from '../catalog/pick-article.tsx'
import { PriceField, QuantityField } from '../ui/fields.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import { useAgreedPrices } from './use-agreed-prices.ts'
import './new-order-lines.css'

export interface DraftLine {
  key: string
  article: ArticleRow
  quantity: number | undefined
  /** another price than the list's */
  price: number | undefined
  /** just added: its quantity gets the focus */
  fresh: boolean
}

interface NewOrderLinesProps {
  lines: DraftLine[]
  priceGroup: string
  /** of the channel; only net prices come from the list, gross ones are made by the server */
  priceMode: 'net' | 'gross'
  onChange: (lines: DraftLine[]) => void
  /** Enter in a quantity: on to the next article */
  onDone: () => void
}

export function NewOrderLines({ lines, priceGroup, priceMode, onChange, onDone }: NewOrderLinesProps) {
  const { w, f } = useWords()
  const words = w.orders.phone
  const prices = useAgreedPrices(lines, priceGroup, priceMode)
  if (lines.length === 0) return <p className="quiet new-lines-none">{words.noLines}</p>
  const set = (key: string, changes: Partial<DraftLine>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...changes } : line)))
  const amounts = lines.map((line, i) =>
    prices[i] === undefined || line.quantity === undefined ? undefined : amountOf(line.quantity, prices[i]),
  )
  const known = amounts.filter((amount) => amount !== undefined)
  return (
    <>
      <ul className="new-lines">
        {lines.map((line, i) => (
          <NewLine
            key={line.key}
            line={line}
            agreed={prices[i]}
            amount={amounts[i]}
            onChange={(changes) => set(line.key, changes)}
            onRemove={() => onChange(lines.filter((other) => other.key !== line.key))}
            onDone={onDone}
          />
        ))}
      </ul>
      {known.length === lines.length && (
        <p className="new-lines-sum" aria-live="polite">
          <span className="quiet">{priceMode === 'net' ? words.totalNet : words.totalGross}</span>{' '}
          <span className="strong">{f.euros(known.reduce((sum, amount) => sum + amount, 0))}</span>
        </p>
      )}
    </>
  )
}

interface NewLineProps {
  line: DraftLine
  agreed: number | undefined
  amount: number | undefined
  onChange: (changes: Partial<DraftLine>) => void
  onRemove: () => void
  onDone: () => void
}

function NewLine({ line, agreed, amount, onChange, onRemove, onDone }: NewLineProps) {
  const { w, f, language } = useWords()
  const words = w.orders.phone
  const { article } = line
  const unit = unitName(w, article.unit, line.quantity)
  const short = line.quantity !== undefined && line.quantity > article.available
  return (
    <li
      className="new-line"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        onDone()
      }}
    >
      <span className="new-line-name">
        <span>{(language === 'en' && article.nameEn) || article.nameDe}</span>
        <span className="small">
          <span className="quiet">{article.number}</span>
          {short && <span className="amber"> · {words.short(`${f.quantity(article.available)} ${unit}`)}</span>}
        </span>
      </span>
      <QuantityField
        aria-label={`${words.quantity}: ${article.nameDe}`}
        value={line.quantity}
        minimum={1}
        autoFocus={line.fresh}
        suffix={unit}
        onChange={(quantity) => onChange({ quantity })}
      />
      <PriceField
        aria-label={`${words.price}: ${article.nameDe}`}
        value={agreed}
        placeholder={words.fromList}
        onChange={(price) => onChange({ price: price === agreed ? line.price : price })}
      />
      <span className="end new-line-amount">{amount === undefined ? '' : f.money(amount)}</span>
      <CloseButton aria-label={`${w.actions.remove}: ${article.nameDe}`} onClick={onRemove} />
    </li>
  )
}
