import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { z } from 'zod'
import { createWebhook, listWebhooks, removeWebhook, replayWebhook, type webhook } from '../../common/kernel/api.ts'
import { useAction, useLoadAll } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { DayField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { Secondary } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { Empty, Failed } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { Secret } from './secret.tsx'

type Webhook = z.output<typeof webhook>

/** Programs that are told as soon as something happens. */
export default function Webhooks() {
  const { w, f } = useWords()
  const words = w.settings.webhooks
  const may = useMay()
  const load = useLoadAll(listWebhooks, {}, Number.POSITIVE_INFINITY)
  const [open, setOpen] = useState<{ panel: 'new' } | { panel: 'remove' | 'replay'; webhook: Webhook } | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  if (load.error && !load.data) return <Failed error={load.error} retry={() => void load.refetch()} />
  const write = may('settings.write')
  const columns: Column<Webhook>[] = [
    {
      name: 'url',
      head: words.url,
      grow: true,
      small: 'start',
      cell: (hook) => <span title={hook.url}>{hook.url}</span>,
    },
    {
      name: 'events',
      head: words.events,
      small: 'below',
      cell: (hook) => (
        <span title={hook.eventTypes.join(', ')}>
          {hook.eventTypes.length === 0 ? words.allEvents : f.count(hook.eventTypes.length)}
        </span>
      ),
    },
    { name: 'delivered', head: words.delivered, end: true, small: 'named', cell: (hook) => f.count(hook.delivered) },
    {
      name: 'failed',
      head: words.failed,
      end: true,
      small: 'named',
      cell: (hook) => <span className={hook.failed > 0 ? 'amber' : 'quiet'}>{f.count(hook.failed)}</span>,
    },
    {
      name: 'actions',
      head: '',
      end: true,
      small: 'below',
      cell: (hook) =>
        write && (
          <span className="row nowrap">
            <Button size="compact-sm" variant="default" onClick={() => setOpen({ panel: 'replay', webhook: hook })}>
              {words.replay}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setOpen({ panel: 'remove', webhook: hook })}>
              {words.remove}
            </Button>
          </span>
        ),
    },
  ]
  const close = () => setOpen(null)
  return (
    <div className="stack">
      {secret && <Secret title={words.secretTitle} secret={secret} onDone={() => setSecret(null)} />}
      <Table
        label={w.settings.parts.webhooks}
        rows={load.data?.rows.filter((hook) => hook.active)}
        idOf={(hook) => hook.id}
        listKey="webhooks"
        skeletonRows={2}
        empty={<Empty title={words.empty} hint={words.emptyHint} />}
        columns={columns}
      />
      {write && (
        <span>
          <Secondary leftSection={<IconPlus size={16} />} onClick={() => setOpen({ panel: 'new' })}>
            {words.newWebhook}
          </Secondary>
        </span>
      )}
      {open?.panel === 'new' && <NewWebhookPanel onClose={close} onSecret={setSecret} />}
      {open?.panel === 'remove' && <RemovePanel webhook={open.webhook} onClose={close} />}
      {open?.panel === 'replay' && <ReplayPanel webhook={open.webhook} onClose={close} />}
    </div>
  )
}

function NewWebhookPanel({ onClose, onSecret }: { onClose: () => void; onSecret: (secret: string) => void }) {
  const { w } = useWords()
  const words = w.settings.webhooks
  const [url, setUrl] = useState('')
  const action = useAction(createWebhook, ({ secret }) => {
    onSecret(secret)
    onClose()
  })
  return (
    <Panel
      title={words.newWebhook}
      opened
      onClose={onClose}
      submit={w.actions.save}
      onSubmit={() => action.mutate({ url: url.trim() })}
      busy={action.isPending}
      disabled={!URL.canParse(url.trim())}
      error={action.error}
    >
      <TextInput
        label={words.url}
        value={url}
        type="url"
        placeholder="https://"
        data-autofocus
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
    </Panel>
  )
}

function RemovePanel({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { w } = useWords()
  const words = w.settings.webhooks
  const action = useAction(removeWebhook, () => {
    notifications.show({ message: words.removed })
    onClose()
  })
  return (
    <Panel
      title={words.removeTitle}
      opened
      onClose={onClose}
      submit={words.remove}
      danger
      onSubmit={() => action.mutate({ id: webhook.id })}
      busy={action.isPending}
      error={action.error}
    >
      <p className="strong">{webhook.url}</p>
      <p>{words.removeHint}</p>
    </Panel>
  )
}

function ReplayPanel({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { w } = useWords()
  const words = w.settings.webhooks
  const [since, setSince] = useState<string | undefined>(today())
  const action = useAction(replayWebhook, ({ queued }) => {
    notifications.show({ message: words.replayed(queued) })
    onClose()
  })
  return (
    <Panel
      title={words.replay}
      opened
      onClose={onClose}
      submit={words.replay}
      onSubmit={() => since && action.mutate({ id: webhook.id, since: new Date(`${since}T00:00:00`).toISOString() })}
      busy={action.isPending}
      disabled={since === undefined}
      error={action.error}
    >
      <p className="strong">{webhook.url}</p>
      <DayField className="short-field" label={words.replaySince} value={since} onChange={setSince} maximum={today()} />
    </Panel>
  )
}
