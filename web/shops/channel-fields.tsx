import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Channel } from '../../common/branches/api.ts'
import { useWords } from '../words/words.ts'
import { newChannel } from './shop-draft.ts'

interface ChannelFieldsProps {
  channel: Channel
  free: readonly Channel[]
  locations: readonly { id: string }[]
  onChange: (channel: Channel) => void
}

/** Behind which channel the shop stands: one that has none yet, or a new one. */
export function ChannelFields({ channel, free, locations, onChange }: ChannelFieldsProps) {
  const { w } = useWords()
  const words = w.shops.setup
  const { modes, priceMode } = w.settings.channels
  const isFree = free.some((one) => one.id === channel.id)
  // kept, so that somebody who looks at another channel finds what he wrote
  const [own, setOwn] = useState(() => (isFree ? newChannel(locations) : channel))
  const change = (changes: Partial<Channel>) => {
    const next = { ...channel, ...changes }
    setOwn(next)
    onChange(next)
  }
  return (
    <div className="fields">
      <Select
        className="w6"
        label={words.channel}
        value={channel.id}
        allowDeselect={false}
        data={[...free.map(({ id, name }) => ({ value: id, label: name })), { value: own.id, label: words.newChannel }]}
        onChange={(id) => onChange(free.find((one) => one.id === id) ?? own)}
      />
      {!isFree && (
        <>
          <div className="w6 stack">
            <span className="field-label">{priceMode}</span>
            <SegmentedControl
              aria-label={priceMode}
              value={channel.priceMode}
              data={Object.entries(modes).map(([value, label]) => ({ value, label }))}
              onChange={(mode) => change({ priceMode: mode as Channel['priceMode'] })}
            />
          </div>
          <TextInput
            className="w8"
            label={words.channelName}
            value={channel.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            className="w4"
            label={words.code}
            description={words.codeHint}
            inputWrapperOrder={['label', 'input', 'description']}
            value={channel.code}
            onChange={(event) => change({ code: event.currentTarget.value })}
          />
        </>
      )}
    </div>
  )
}
