import { Button, Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconMapPin } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createDeliveryNote } from '../../common/delivery/api.ts'
import { useAction } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { QuantityField } from '../ui/fields.tsx'
import { Refused } from '../ui/states.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import { keyOfLine, type OpenGroup, type OpenLine } from './group-open-lines.ts'

/** The open lines of one recipient at one location; all that is reserved is chosen until somebody takes it off. */
export function OpenLineGroup({ group }: { group: OpenGroup }) {
  const { w } = useWords()
  const words = w.delivery.openLines
  const may = useMay()
  const navigate = useNavigate()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [quantities, setQuantities] = useState<Record<string, number | undefined>>({})
  const create = useAction(createDeliveryNote, ({ id }) => {
    setLeft(new Set())
    setQuantities({})
    const shown = notifications.show({
      message: (
        <span className="spread">
          {words.created}
          <button
            type="button"
            className="text-button strong"
            onClick={() => {
              notifications.hide(shown)
              void navigate({ to: '/delivery-notes/$id', params: { id } })
            }}
          >
            {words.show}
          </button>
        </span>
      ),
    })
  })
  const quantityOf = (line: OpenLine) =>
    keyOfLine(line) in quantities ? quantities[keyOfLine(line)] : Math.min(line.reserved, line.open)
  const deliverable = group.lines.filter((line) => line.reserved > 0)
  const chosen = deliverable.filter((line) => !left.has(keyOfLine(line)) && quantityOf(line))
  const submit = () =>
    create.mutate({
      orderIds: [...new Set(chosen.map((line) => line.orderId))],
      locationId: group.locationId ?? undefined,
      lines: chosen.map((line) => ({ orderLineId: line.orderLineId, quantity: quantityOf(line)! })),
    })
  const toggle = (line: OpenLine) => {
    const next = new Set(left)
    if (!next.delete(keyOfLine(line))) next.add(keyOfLine(line))
    setLeft(next)
  }
  return (
    <section className="open-group" aria-label={group.customerName}>
      <header className="open-head">
        <span className="open-who">
          <Link to="/customers/$id" params={{ id: group.customerId }} className="strong ink">
            {group.customerName}
          </Link>
          <span className="quiet">{addressee(group)}</span>
          <span className={group.locationName ? 'quiet open-place' : 'amber open-place'}>
            <IconMapPin size={14} aria-hidden="true" />
            {group.locationName ?? words.noLocation}
          </span>
        </span>
        {deliverable.length > 0 && may('delivery.write') && (
          <Button variant="light" size="xs" disabled={chosen.length === 0} loading={create.isPending} onClick={submit}>
            {chosen.length === group.lines.length || chosen.length === 0
              ? words.create
              : words.createPart(chosen.length)}
          </Button>
        )}
      </header>
      <Refused error={create.error} />
      <ul className="open-lines">
        {group.lines.map((line) => (
          <OpenRow
            key={keyOfLine(line)}
            line={line}
            chosen={line.reserved > 0 && !left.has(keyOfLine(line))}
            quantity={quantityOf(line)}
            onToggle={() => toggle(line)}
            onQuantity={(value) => setQuantities({ ...quantities, [keyOfLine(line)]: value })}
          />
        ))}
      </ul>
    </section>
  )
}

/** Where to, without saying the customer's name twice. */
function addressee({ customerName, deliverToName }: OpenGroup): string {
  return deliverToName.startsWith(`${customerName}, `) ? deliverToName.slice(customerName.length + 2) : deliverToName
}

interface OpenRowProps {
  line: OpenLine
  chosen: boolean
  quantity: number | undefined
  onToggle: () => void
  onQuantity: (value: number | undefined) => void
}

function OpenRow({ line, chosen, quantity, onToggle, onQuantity }: OpenRowProps) {
  const { w, f } = useWords()
  const words = w.delivery.openLines
  const may = useMay()
  const unit = unitName(w, line.unit, line.open)
  const missing = line.open - line.reserved
  return (
    <li className="open-line">
      {line.reserved > 0 && may('delivery.write') ? (
        <Checkbox checked={chosen} onChange={onToggle} aria-label={words.choose(line.name)} />
      ) : (
        <span className="open-blank" />
      )}
      <Link to="/orders/$id" params={{ id: line.orderId }} className="open-order">
        {line.orderNumber}
      </Link>
      <span className="open-name">
        <span className="quiet open-article">{line.articleNumber}</span> {line.name}
      </span>
      <span className="open-state">
        {missing > 0 && <span className="amber small">{words.missing(`${f.quantity(missing)} ${unit}`)}</span>}
      </span>
      <span className="open-quantity">
        {line.reserved > 0 && may('delivery.write') ? (
          <QuantityField
            aria-label={`${w.delivery.heads.quantity}: ${line.name}`}
            value={quantity}
            maximum={Math.min(line.reserved, line.open)}
            disabled={!chosen}
            onChange={onQuantity}
          />
        ) : (
          <span className="figure">{f.quantity(line.reserved)}</span>
        )}
        <span className="quiet nowrap">
          {w.delivery.issue.of(f.quantity(line.open))} {unit}
        </span>
      </span>
    </li>
  )
}
