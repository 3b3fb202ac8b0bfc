import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { QuantityField } from '../ui/fields.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import type { UnbilledLine } from './group-unbilled.ts'
import type { Selection } from './selection.ts'

interface BillNoteProps {
  lines: UnbilledLine[]
  selection: Selection
  onLines: (lines: UnbilledLine[], on: boolean) => void
  onQuantity: (line: UnbilledLine, quantity: number | undefined) => void
}

/** A delivery note with its lines that are not billed yet. */
export function BillNote({ lines, selection, onLines, onQuantity }: BillNoteProps) {
  const { w, f } = useWords()
  const words = w.billing.unbilled
  const first = lines[0]!
  const on = lines.filter((line) => selection.has(line.noteLineId)).length
  const orders = [...new Set(lines.map((line) => line.orderNumber))].join(', ')
  return (
    <section className="bill-note" aria-label={first.noteNumber}>
      <header className="bill-note-head">
        <Checkbox
          checked={on === lines.length}
          indeterminate={on > 0 && on < lines.length}
          onChange={() => onLines(lines, on < lines.length)}
          aria-label={words.chooseNote(first.noteNumber)}
        />
        <span className="bill-note-words">
          <Link to="/delivery-notes/$id" params={{ id: first.noteId }} className="strong ink">
            {first.noteNumber}
          </Link>
          <span className="quiet">{words.deliveredOn(f.day(first.deliveredOn))}</span>
          <span className="quiet">{orders}</span>
        </span>
        <span>{f.money(lines.reduce((sum, line) => sum + line.amount, 0))}</span>
      </header>
      <ul className="bill-lines">
        {lines.map((line) => (
          <li key={line.noteLineId} className={selection.has(line.noteLineId) ? 'bill-line' : 'bill-line bill-off'}>
            <Checkbox
              checked={selection.has(line.noteLineId)}
              onChange={() => onLines([line], !selection.has(line.noteLineId))}
              aria-label={words.chooseLine(line.name)}
            />
            <span className="bill-name">
              <span className="quiet bill-article">{line.articleNumber}</span> {line.name}
            </span>
            <span className="bill-quantity">
              <QuantityField
                aria-label={`${w.billing.heads.quantity}: ${line.name}`}
                value={selection.get(line.noteLineId)}
                maximum={line.billable}
                onChange={(quantity) => onQuantity(line, quantity)}
              />
              <span className="quiet nowrap">
                {w.delivery.issue.of(f.quantity(line.billable))} {unitName(w, line.unit, line.billable)}
              </span>
            </span>
            <span className="end">{f.money(line.amount)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
