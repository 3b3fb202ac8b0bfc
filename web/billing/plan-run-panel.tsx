import { Switch } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { planRun } from '../../common/billing/api.ts'
import type { billingRule } from '../../common/customers/api.ts'
import { useAction } from '../load.ts'
import { DayField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'

/** What a run shall take; it is planned and shown before anything is issued. */
export function PlanRunPanel({
  rule,
  onClose,
}: {
  rule: z.output<typeof billingRule> | undefined
  onClose: () => void
}) {
  const { w } = useWords()
  const words = w.billing.toBill
  const navigate = useNavigate()
  const [day, setDay] = useState<string | undefined>(today())
  const [everything, setEverything] = useState(false)
  const action = useAction(planRun, ({ id }) => void navigate({ to: '/billing-runs/$id', params: { id } }))
  return (
    <Panel
      title={words.planTitle}
      opened
      onClose={onClose}
      submit={words.plan}
      onSubmit={() => action.mutate({ day, everything, rule })}
      busy={action.isPending}
      disabled={day === undefined}
      error={action.error}
      foot={words.planHint}
    >
      <div className="stack">
        <DayField label={words.day} value={day} onChange={setDay} maximum={today()} />
        {rule && (
          <p>
            {words.rule}: {w.customers.rules[rule]}
          </p>
        )}
        <Switch
          label={words.everything}
          checked={everything}
          onChange={(event) => setEverything(event.currentTarget.checked)}
        />
      </div>
    </Panel>
  )
}
