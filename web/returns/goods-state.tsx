import { Button, Select } from '@mantine/core'
import { listBranches } from '../../common/branches/api.ts'
import { useLoad } from '../load.ts'
import { Section } from '../ui/page.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import {
  type Condition,
  canSplit,
  changed,
  type Draft,
  type Entry,
  type Fate,
  type Goods,
  type Reason,
  split,
} from './return-draft.ts'

/** Second step: why it came back, in which state, and where the goods go. */
export function GoodsState({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const { w, f } = useWords()
  const words = w.returns.desk
  const branches = useLoad(listBranches, {})
  const places = (branches.data?.locations ?? []).filter((l) => l.active && (l.purpose ?? 'sale') === 'sale')
  const set = (entry: Entry, change: Partial<Fate>) =>
    onChange({ ...draft, entries: draft.entries.map((e) => (e === entry ? changed(e, change) : e)) })
  const setAll = (change: Partial<Fate>) =>
    onChange({
      ...draft,
      fate: changed(draft.fate, change),
      entries: draft.entries.map((e) => changed(e, change)),
    })
  return (
    <Section>
      <div className="fields form-width">
        <Select
          className="w6"
          size="md"
          label={words.location}
          value={draft.locationId ?? null}
          allowDeselect={false}
          data={places.map((l) => ({ value: l.id, label: l.name }))}
          onChange={(locationId) => onChange({ ...draft, locationId: locationId ?? undefined })}
        />
      </div>
      {draft.entries.length > 1 && (
        <fieldset className="group">
          <legend>{words.forAll}</legend>
          <FateFields name={words.forAll} fate={draft.fate} onChange={setAll} />
        </fieldset>
      )}
      <ul className="return-lines">
        {draft.entries.map((entry) => (
          <li key={entry.key} className="return-state">
            <span className="spread">
              <span className="return-words">
                <span className="strong">
                  {f.quantity(entry.quantity)} {unitName(w, entry.line.unit, entry.quantity)} {entry.line.name}
                </span>
                <span className="quiet small">
                  {[entry.line.articleNumber, entry.line.noteNumber].filter(Boolean).join(' · ')}
                </span>
              </span>
              {canSplit(entry) && (
                <Button variant="default" onClick={() => onChange(split(draft, entry))}>
                  {words.split}
                </Button>
              )}
            </span>
            <FateFields name={entry.line.name} fate={entry} onChange={(change) => set(entry, change)} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function FateFields({ name, fate, onChange }: { name: string; fate: Fate; onChange: (change: Partial<Fate>) => void }) {
  const { w } = useWords()
  const { desk, reasons, conditions, goods } = w.returns
  const options = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }))
  return (
    <div className="fields">
      <Select
        className="w4"
        size="md"
        label={desk.reason}
        aria-label={`${desk.reason}: ${name}`}
        value={fate.reason}
        allowDeselect={false}
        data={options(reasons)}
        onChange={(reason) => onChange({ reason: reason as Reason })}
      />
      <Select
        className="w4"
        size="md"
        label={desk.condition}
        aria-label={`${desk.condition}: ${name}`}
        value={fate.condition}
        allowDeselect={false}
        data={options(conditions)}
        onChange={(condition) => onChange({ condition: condition as Condition })}
      />
      <Select
        className="w4"
        size="md"
        label={desk.goods}
        aria-label={`${desk.goods}: ${name}`}
        value={fate.goods}
        allowDeselect={false}
        data={options(goods)}
        onChange={(value) => onChange({ goods: value as Goods })}
      />
    </div>
  )
}
