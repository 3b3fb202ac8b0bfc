import { Button } from '@mantine/core'
import { IconBarcode } from '@tabler/icons-react'
import { QuantityField } from '../ui/fields.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import type { Picked } from './goods-issue.ts'
import type { NoteLine } from './note.ts'
import './pick-lines.css'

/** One line an article with a large plus and minus; incomplete lines stand out. */
export function PickLines({
  lines,
  picked,
  onChange,
}: {
  lines: NoteLine[]
  picked: Picked
  onChange: (picked: Picked) => void
}) {
  const { w, f } = useWords()
  const words = w.delivery.issue
  const setAll = (quantityOf: (line: NoteLine) => number) =>
    onChange({ ...picked, ...Object.fromEntries(lines.map((line) => [line.id, quantityOf(line)])) })
  return (
    <>
      <div className="spread pick-head">
        <span className="row quiet small">
          <IconBarcode size={16} aria-hidden="true" />
          {words.scanHint}
        </span>
        <span className="row">
          <Button size="xs" variant="default" onClick={() => setAll(() => 0)}>
            {words.fromZero}
          </Button>
          <Button size="xs" variant="default" onClick={() => setAll((line) => line.planned)}>
            {words.all}
          </Button>
        </span>
      </div>
      <ul className="pick-lines">
        {lines.map((line, i) => {
          const quantity = picked[line.id]
          const state = quantity === line.planned ? 'full' : quantity ? 'part' : 'empty'
          return (
            <li key={line.id} className={`pick-line pick-${state}`}>
              <span className="pick-words">
                <span className="strong">{line.name}</span>
                <span className="quiet small">{[line.articleNumber, line.gtin].filter(Boolean).join(' · ')}</span>
              </span>
              <span className="pick-planned">
                {words.of(f.quantity(line.planned))} {unitName(w, line.unit, line.planned)}
              </span>
              <QuantityField
                steppers
                autoFocus={i === 0}
                aria-label={`${words.picked}: ${line.name}`}
                value={quantity}
                maximum={line.planned}
                onChange={(value) => onChange({ ...picked, [line.id]: value })}
              />
            </li>
          )
        })}
      </ul>
    </>
  )
}
