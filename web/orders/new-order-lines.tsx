import { CloseButton } from '@mantine/core'
import { getArticle } from '../../common/catalog/api.ts'
import { amountOf } from '../../common/quantity.ts'
import type { ArticleRow } from '../catalog/pick-article.tsx'
import { useLoad } from '../load.ts'
import { PriceField, QuantityField } from '../ui/fields.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import { listPrice } from './list-price.ts'
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
  onChange: (lines: DraftLine[]) => void
  /** Enter in a quantity: on to the next article */
  onDone: () => void
}

export function NewOrderLines({ lines, priceGroup, onChange, onDone }: NewOrderLinesProps) {
  const { w } = useWords()
  if (lines.length === 0) return <p className="quiet new-lines-none">{w.orders.phone.noLines}</p>
  const set = (key: string, changes: Partial<DraftLine>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...changes } : line)))
  return (
    <ul className="new-lines">
      {lines.map((line) => (
        <NewLine
          key={line.key}
          line={line}
          priceGroup={priceGroup}
          onChange={(changes) => set(line.key, changes)}
          onRemove={() => onChange(lines.filter((l) => l.key !== line.key))}
          onDone={onDone}
        />
      ))}
    </ul>
  )
}

interface NewLineProps {
  line: DraftLine
  priceGroup: string
  onChange: (changes: Partial<DraftLine>) => void
  onRemove: () => void
  onDone: () => void
}

function NewLine({ line, priceGroup, onChange, onRemove, onDone }: NewLineProps) {
  const { w, f, language } = useWords()
  const words = w.orders.phone
  const { article } = line
  const full = useLoad(getArticle, { id: article.id }, { staleTime: 60_000 }).data
  const unit = unitName(w, article.unit, line.quantity)
  const agreed = line.price ?? (full && listPrice(full, priceGroup, line.quantity ?? 0))
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
        onChange={(price) => onChange({ price: price === agreed ? line.price : price })}
      />
      <span className="end new-line-amount">
        {agreed !== undefined && line.quantity !== undefined ? f.money(amountOf(line.quantity, agreed)) : ''}
      </span>
      <CloseButton aria-label={`${w.actions.remove}: ${article.nameDe}`} onClick={onRemove} />
    </li>
  )
}
