import { ActionIcon, Button, Checkbox, CloseButton, SegmentedControl, Select, Switch, TextInput } from '@mantine/core'
import { IconArrowUp, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type Channel, saveChannel } from '../../common/branches/api.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'

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
      paymentMethods: Object.fromEntries(
        methods.filter(([name]) => name.trim()).map(([name, method]) => [name.trim(), method]),
      ),
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
      {draft.kind === 'web-shop' && (
        <fieldset className="group">
          <legend>{words.methods}</legend>
          <div className="stack">
            {methods.map(([name, method], i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are written
              <div key={i} className="method-line">
                <TextInput
                  aria-label={words.methodName}
                  placeholder={words.methodName}
                  value={name}
                  onChange={(event) =>
                    setMethods(methods.map((m, k) => (k === i ? [event.currentTarget.value, m[1]] : m)))
                  }
                />
                <Select
                  aria-label={words.method}
                  value={method}
                  allowDeselect={false}
                  data={options(w.orders.methods)}
                  onChange={(value) =>
                    setMethods(methods.map((m, k) => (k === i ? [m[0], value as typeof method] : m)))
                  }
                />
                <CloseButton
                  aria-label={w.actions.remove}
                  onClick={() => setMethods(methods.filter((_, k) => k !== i))}
                />
              </div>
            ))}
            <span>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPlus size={14} />}
                onClick={() => setMethods([...methods, ['', 'on-invoice']])}
              >
                {words.addMethod}
              </Button>
            </span>
          </div>
        </fieldset>
      )}
      <Switch
        label={words.active}
        checked={draft.active}
        onChange={(event) => set({ active: event.currentTarget.checked })}
      />
    </Panel>
  )
}

function LocationOrder({
  locations,
  chosen,
  onChange,
}: {
  locations: ChannelPanelProps['locations']
  chosen: string[]
  onChange: (ids: string[]) => void
}) {
  const { w } = useWords()
  const words = w.settings.channels
  const rest = locations.filter((location) => !chosen.includes(location.id))
  const ordered = [...chosen.flatMap((id) => locations.filter((location) => location.id === id)), ...rest]
  return (
    <fieldset className="group">
      <legend>{words.locations}</legend>
      {ordered.map((location) => {
        const at = chosen.indexOf(location.id)
        return (
          <div key={location.id} className="spread location-line">
            <Checkbox
              label={location.name}
              checked={at >= 0}
              onChange={() => onChange(at >= 0 ? chosen.filter((id) => id !== location.id) : [...chosen, location.id])}
            />
            {at > 0 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`${words.up}: ${location.name}`}
                onClick={() =>
                  onChange(chosen.map((id, i) => (i === at - 1 ? location.id : i === at ? chosen[at - 1]! : id)))
                }
              >
                <IconArrowUp size={16} />
              </ActionIcon>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}
