import { TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { replayShop, type Shop } from '../../common/shops/api.ts'
import { useAction } from '../load.ts'
import { DayField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'
import { momentOfDay, readTime } from './moment-of-day.ts'

/** Asks the shop again for everything that changed since a moment, after a plain question. */
export function ReplayPanel({ shop, onClose }: { shop: Shop; onClose: () => void }) {
  const { w, f } = useWords()
  const words = w.shops.replay
  const [day, setDay] = useState<string | undefined>(today())
  const [time, setTime] = useState('00:00')
  const action = useAction(replayShop, () => {
    notifications.show({ message: words.started })
    onClose()
  })
  const clock = readTime(time)
  const since = day !== undefined && clock !== undefined ? momentOfDay(day, clock) : undefined
  return (
    <Panel
      title={words.title}
      opened
      onClose={onClose}
      submit={words.submit}
      onSubmit={() => since && action.mutate({ channelId: shop.channelId, since })}
      busy={action.isPending}
      disabled={since === undefined}
      error={action.error}
      foot={words.hint}
    >
      <div className="fields">
        <DayField className="w7" label={words.day} value={day} onChange={setDay} maximum={today()} />
        <TextInput
          className="w5"
          label={words.time}
          value={time}
          inputMode="numeric"
          error={clock === undefined ? words.notATime : undefined}
          onChange={(event) => setTime(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
      <p className="strong" aria-live="polite">
        {since && words.question(f.moment(since))}
      </p>
    </Panel>
  )
}
