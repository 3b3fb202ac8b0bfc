import { Select, Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { z } from 'zod'
import { type billingSettings, getBillingSettings, saveBillingSettings } from '../../common/billing/api.ts'
import { useAction, useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Primary, Secondary } from '../ui/page.tsx'
import { Failed, Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'

const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** When the billing run comes by itself. */
export default function BillingSettings() {
  const { w, f } = useWords()
  const words = w.settings.billing
  const may = useMay()
  const load = useLoad(getBillingSettings, {})
  const [changed, setChanged] = useState<z.output<typeof billingSettings>>()
  const save = useAction(saveBillingSettings, () => {
    notifications.show({ message: w.settings.saved })
    setChanged(undefined)
  })
  if (!load.data)
    return load.error ? (
      <Failed error={load.error} retry={() => void load.refetch()} />
    ) : (
      <div className="block-skeleton" />
    )
  const { lastRunOn, ...stored } = load.data
  const draft = changed ?? stored
  const write = may('settings.write')
  return (
    <div className="stack-wide">
      <p className="quiet">{words.hint}</p>
      <div className="stack">
        <Switch
          label={words.scheduled}
          checked={draft.scheduled}
          disabled={!write}
          onChange={(event) => setChanged({ ...draft, scheduled: event.currentTarget.checked })}
        />
        <Select
          label={words.hour}
          w={160}
          value={String(draft.hour)}
          disabled={!write || !draft.scheduled}
          allowDeselect={false}
          data={hours.map((hour) => ({ value: String(hour), label: words.at(hour) }))}
          onChange={(hour) => setChanged({ ...draft, hour: Number(hour) })}
        />
        {stored.scheduled && lastRunOn && <p className="quiet">{words.lastRun(f.day(lastRunOn))}</p>}
      </div>
      {write ? (
        <>
          <Refused error={save.error} />
          <div className="settings-save">
            <Secondary disabled={!changed} onClick={() => setChanged(undefined)}>
              {w.actions.reset}
            </Secondary>
            <Primary disabled={!changed} loading={save.isPending} onClick={() => changed && save.mutate(changed)}>
              {w.actions.save}
            </Primary>
          </div>
        </>
      ) : (
        <p className="quiet">{w.settings.readOnly}</p>
      )}
    </div>
  )
}
