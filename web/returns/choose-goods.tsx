import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBarcode } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { getCustomer } from '../../common/customers/api.ts'
import { listReturnable } from '../../common/returns/api.ts'
import { call } from '../api.ts'
import { PickCustomer } from '../customers/pick-customer.tsx'
import { useLoad } from '../load.ts'
import { QuantityField } from '../ui/fields.tsx'
import { Section } from '../ui/page.tsx'
import { takeScans } from '../ui/scanner.ts'
import { Empty } from '../ui/states.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import { type Draft, lineOfScan, quantityOf, type ReturnableLine, withQuantity } from './return-draft.ts'

interface Asked {
  customerId?: string
  noteId?: string
  invoiceId?: string
}

interface ChooseGoodsProps {
  /** from a note, an invoice or a customer */
  asked: Asked
  draft: Draft
  onChange: (draft: Draft) => void
}

/** First step: which delivered lines something comes back of, and how much. */
export function ChooseGoods({ asked, draft, onChange }: ChooseGoodsProps) {
  const { w } = useWords()
  const words = w.returns.desk
  const [from, setFrom] = useState(asked)
  const [q, setQ] = useState('')
  const customerId = from.customerId ?? draft.entries[0]?.line.customerId
  const customer = useLoad(getCustomer, { id: customerId ?? '' }, { enabled: customerId !== undefined })
  const wanted = { ...from, customerId, q: q.trim() || undefined, limit: 100 }
  const anything = customerId !== undefined || Boolean(from.noteId || from.invoiceId || wanted.q)
  const load = useLoad(listReturnable, wanted, { enabled: anything, keep: true })
  const rows = anything ? (load.data?.rows ?? []) : []
  const chosen = draft.entries.map((e) => e.line).filter((l) => !rows.some((r) => r.noteLineId === l.noteLineId))
  const lines = [...uniqueLines(chosen), ...rows]
  const take = (line: ReturnableLine, quantity: number) => {
    const owner = draft.entries[0]?.line.customerId
    if (owner !== undefined && owner !== line.customerId)
      notifications.show({ color: 'yellow', message: words.otherCustomer })
    else onChange(withQuantity(draft, line, quantity))
  }
  useScans({ lines, draft, customerId, take, setQ })
  return (
    <Section>
      <div className="fields form-width">
        <PickCustomer
          className="w6"
          label={words.customer}
          chosen={customerId ? customer.data : undefined}
          onChoose={(row) => setFrom({ customerId: row.id })}
          onClear={() => {
            setFrom({})
            onChange({ ...draft, entries: [], locationId: undefined })
          }}
        />
        <TextInput
          className="w6"
          label={words.find}
          value={q}
          maxLength={100}
          autoFocus
          onChange={(e) => setQ(e.currentTarget.value)}
        />
      </div>
      <p className="row quiet small">
        <IconBarcode size={16} aria-hidden="true" />
        {words.scanHint}
      </p>
      {lines.length > 0 ? (
        <ul className="return-lines">
          {lines.map((line) => (
            <ReturnableRow
              key={line.noteLineId}
              line={line}
              quantity={quantityOf(draft, line.noteLineId)}
              take={take}
            />
          ))}
        </ul>
      ) : anything && load.data ? (
        <Empty title={words.nothingReturnable} />
      ) : (
        <Empty title={words.askFirst} />
      )}
    </Section>
  )
}

function ReturnableRow({
  line,
  quantity,
  take,
}: {
  line: ReturnableLine
  quantity: number
  take: (line: ReturnableLine, quantity: number) => void
}) {
  const { w, f } = useWords()
  const words = w.returns.desk
  const amount = (q: number) => `${f.quantity(q)} ${unitName(w, line.unit, q)}`
  return (
    <li className={quantity > 0 ? 'return-line return-chosen' : 'return-line'}>
      <span className="return-words">
        <span className="strong">{line.name}</span>
        <span className="quiet small">
          {[line.articleNumber, line.noteNumber, f.day(line.deliveredOn), line.customerName]
            .filter(Boolean)
            .join(' · ')}
          {line.unbilled > 0 && ` · ${words.unbilled(amount(Math.min(line.unbilled, line.returnable)))}`}
        </span>
      </span>
      <Button variant="default" size="md" onClick={() => take(line, line.returnable)}>
        {words.all}
      </Button>
      <span className="quiet nowrap">{words.of(amount(line.returnable))}</span>
      <QuantityField
        steppers
        aria-label={`${w.returns.heads.quantity}: ${line.name}`}
        value={quantity}
        maximum={line.returnable}
        onChange={(value) => value !== undefined && value <= line.returnable && take(line, value)}
      />
    </li>
  )
}

function uniqueLines(lines: readonly ReturnableLine[]): ReturnableLine[] {
  return [...new Map(lines.map((l) => [l.noteLineId, l])).values()]
}

interface Scans {
  lines: readonly ReturnableLine[]
  draft: Draft
  customerId: string | undefined
  take: (line: ReturnableLine, quantity: number) => void
  setQ: (q: string) => void
}

/** A scanned article counts up its newest line; a scanned note shows its lines. */
function useScans(scans: Scans): void {
  const { w } = useWords()
  const now = useRef({ ...scans, w })
  now.current = { ...scans, w }
  useEffect(
    () =>
      takeScans((code) => {
        void scanned(code, now.current)
        return true
      }),
    [],
  )
}

async function scanned(
  code: string,
  { lines, draft, customerId, take, setQ, w }: Scans & { w: ReturnType<typeof useWords>['w'] },
) {
  const words = w.returns.desk
  const here = lineOfScan(lines, draft, code)
  const found = here ? lines : await call(listReturnable, { customerId, q: code, limit: 100 }).then((a) => a.rows)
  const line = here ?? lineOfScan(found, draft, code)
  if (line) {
    const quantity = quantityOf(draft, line.noteLineId) + 1000
    if (quantity > line.returnable) notifications.show({ color: 'yellow', message: words.overScan(line.name) })
    else take(line, quantity)
  } else if (found.some((l) => l.noteNumber.toLowerCase() === code.toLowerCase())) setQ(code)
  else notifications.show({ color: 'yellow', message: words.unknownScan(code) })
}
