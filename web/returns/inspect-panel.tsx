import { Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { listBranches } from '../../common/branches/api.ts'
import { inspectReturn } from '../../common/returns/api.ts'
import type { CallInput } from '../api.ts'
import { useAction, useLoad } from '../load.ts'
import { QuantityField } from '../ui/fields.tsx'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'
import type { GoodsReturn } from './show-return.tsx'

type Decision = CallInput<typeof inspectReturn>['lines'][number]

/** Goods in quarantine were looked at: what each line is like and where it goes. */
export function InspectPanel({ goods, opened, onClose }: { goods: GoodsReturn; opened: boolean; onClose: () => void }) {
  const { w, f } = useWords()
  const words = w.returns
  const waiting = goods.returnLines.filter((l) => l.waiting > 0)
  const [decisions, setDecisions] = useState<Record<string, Decision>>({})
  const [locationId, setLocationId] = useState<string | null>(null)
  const branches = useLoad(listBranches, {})
  const places = (branches.data?.locations ?? []).filter((l) => l.active && (l.purpose ?? 'sale') === 'sale')
  const place = locationId ?? places[0]?.id
  const action = useAction(inspectReturn, () => {
    notifications.show({ message: words.inspected })
    onClose()
  })
  const decisionOf = (line: (typeof waiting)[number]): Decision =>
    decisions[line.id] ?? { lineId: line.id, quantity: line.waiting, condition: 'as-new', goods: 'restock' }
  const set = (line: (typeof waiting)[number], change: Partial<Decision>) =>
    setDecisions({ ...decisions, [line.id]: { ...decisionOf(line), ...change } })
  const options = (names: Record<string, string>, only: readonly string[]) =>
    only.map((value) => ({ value, label: names[value]! }))
  const lines = waiting.map(decisionOf).filter((d) => d.quantity > 0)
  return (
    <Panel
      wide
      title={words.inspect}
      opened={opened}
      onClose={onClose}
      submit={words.inspectSubmit}
      onSubmit={() => place && action.mutate({ id: goods.id, locationId: place, lines })}
      busy={action.isPending}
      disabled={place === undefined || lines.length === 0}
      error={action.error}
    >
      {waiting.map((line) => (
        <fieldset key={line.id} className="group">
          <legend>{line.name}</legend>
          <div className="fields">
            <QuantityField
              className="w4"
              label={`${words.heads.quantity} (${words.desk.of(f.quantity(line.waiting))})`}
              value={decisionOf(line).quantity}
              maximum={line.waiting}
              onChange={(quantity) => set(line, { quantity: Math.min(quantity ?? 0, line.waiting) })}
            />
            <Select
              className="w4"
              label={words.heads.condition}
              value={decisionOf(line).condition}
              allowDeselect={false}
              data={options(words.conditions, ['as-new', 'opened', 'used', 'damaged'])}
              onChange={(condition) => set(line, { condition: condition as Decision['condition'] })}
            />
            <Select
              className="w4"
              label={words.heads.goods}
              value={decisionOf(line).goods}
              allowDeselect={false}
              data={options(words.goods, ['restock', 'scrap', 'supplier'])}
              onChange={(value) => set(line, { goods: value as Decision['goods'] })}
            />
          </div>
        </fieldset>
      ))}
      <Select
        label={words.heads.location}
        value={place ?? null}
        allowDeselect={false}
        data={places.map((l) => ({ value: l.id, label: l.name }))}
        onChange={setLocationId}
      />
    </Panel>
  )
}
