import { SegmentedControl, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Channel, saveChannel } from '../../common/branches/api.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'
import { LocationOrder } from './location-order.tsx'
import { methodsNamed, PaymentMethods } from './payment-methods.tsx'

interface ChannelPanelProps {
  first: Channel
  locations: { id: string; name: string }[]
  onClose: () => void
}

export function ChannelPanel({ first, locations, onClose }: ChannelPanelProps) {
  const { w } = useWords()
  const words = w.settings.channels
  const [draft, setDraft] = useState(first)
  const [methods, setMethods] = useState(Object.entries(first.paymentMethods))
  const action = useAction(saveChannel, onClose)
  const set = (changes: Partial<Channel>) => setDraft({ ...draft, ...changes })
  const submit = () =>
    action.mutate({
      ...draft,
      code: draft.code.trim(),
      name: draft.name.trim(),
      paymentMethods: methodsNamed(methods),
    })
  const options = <Value extends string>(of: Record<Value, string>) =>
    Object.entries<string>(of).map(([value, label]) => ({ value, label }))
  return (
    <Panel
      title={words.channel}
      opened
      onClose={onClose}
      submit={w.actions.save}
      onSubmit={submit}
      busy={action.isPending}
      disabled={!draft.code.trim() || !draft.name.trim() || draft.locations.length === 0}
      error={action.error}
    >
      <div className="fields">
        <TextInput
          className="w8"
          label={words.name}
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          className="w4"
          label={words.code}
          value={draft.code}
          onChange={(event) => set({ code: event.currentTarget.value })}
        />
        <Select
          className="w6"
          label={words.kind}
          value={draft.kind}
          allowDeselect={false}
          data={options(words.kinds)}
          onChange={(kind) => set({ kind: kind as Channel['kind'] })}
        />
        <div className="w6 stack">
          <span className="field-label">{words.priceMode}</span>
          <SegmentedControl
            aria-label={words.priceMode}
            value={draft.priceMode}
            data={options(words.modes)}
            onChange={(mode) => set({ priceMode: mode as Channel['priceMode'] })}
          />
        </div>
      </div>
      <LocationOrder locations={locations} chosen={draft.locations} onChange={(chosen) => set({ locations: chosen })} />
      {draft.kind === 'web-shop' && <PaymentMethods methods={methods} onChange={setMethods} />}
      <Switch
        label={words.active}
        checked={draft.active}
        onChange={(event) => set({ active: event.currentTarget.checked })}
      />
    </Panel>
  )
}
