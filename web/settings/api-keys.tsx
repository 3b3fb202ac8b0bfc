import { Button, Checkbox, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { z } from 'zod'
import { type apiKey, createApiKey, listApiKeys, revokeApiKey } from '../../common/kernel/api.ts'
import { type Permission, permissions } from '../../common/permissions.ts'
import { useAction, useLoadAll } from '../load.ts'
import { DayOfMoment } from '../ui/cells.tsx'
import { Secondary } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { Empty, Failed } from '../ui/states.tsx'
import { Table } from '../ui/table.tsx'
import { permissionWords } from '../words/permissions.ts'
import { useWords } from '../words/words.ts'
import { Secret } from './secret.tsx'

type Key = z.output<typeof apiKey>

/** Keys of shops and other programs; a secret is shown once. */
export default function ApiKeys() {
  const { w, f, language } = useWords()
  const words = w.settings.keys
  const load = useLoadAll(listApiKeys, {}, Number.POSITIVE_INFINITY)
  const [adding, setAdding] = useState(false)
  const [revoking, setRevoking] = useState<Key | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  if (load.error && !load.data) return <Failed error={load.error} retry={() => void load.refetch()} />
  return (
    <div className="stack">
      {secret && <Secret title={words.secretTitle} secret={secret} onDone={() => setSecret(null)} />}
      <Table
        label={w.settings.parts.keys}
        rows={load.data?.rows.filter((key) => key.active)}
        idOf={(key) => key.id}
        listKey="keys"
        skeletonRows={2}
        empty={<Empty title={words.empty} hint={words.emptyHint} />}
        columns={[
          { name: 'name', head: words.name, grow: true, small: 'start', cell: (key) => key.name },
          { name: 'prefix', head: words.prefix, small: 'below', cell: (key) => <code>{key.prefix}</code> },
          {
            name: 'rights',
            head: words.rights,
            end: true,
            small: 'named',
            cell: (key) => (
              <span title={key.permissions.map((permission) => permissionWords[permission][language]).join(', ')}>
                {f.count(key.permissions.length)}
              </span>
            ),
          },
          {
            name: 'created',
            head: words.created,
            small: 'hide',
            cell: (key) => <DayOfMoment moment={key.createdAt} />,
          },
          {
            name: 'revoke',
            head: '',
            end: true,
            small: 'end',
            cell: (key) => (
              <Button size="compact-sm" variant="default" onClick={() => setRevoking(key)}>
                {words.revoke}
              </Button>
            ),
          },
        ]}
      />
      <span>
        <Secondary leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
          {words.newKey}
        </Secondary>
      </span>
      {adding && <NewKeyPanel onClose={() => setAdding(false)} onSecret={setSecret} />}
      {revoking && <RevokePanel apiKey={revoking} onClose={() => setRevoking(null)} />}
    </div>
  )
}

function NewKeyPanel({ onClose, onSecret }: { onClose: () => void; onSecret: (secret: string) => void }) {
  const { w, language } = useWords()
  const words = w.settings.keys
  const [name, setName] = useState('')
  const [rights, setRights] = useState<Permission[]>([])
  const action = useAction(createApiKey, ({ key }) => {
    onSecret(key)
    onClose()
  })
  return (
    <Panel
      title={words.newKey}
      opened
      onClose={onClose}
      submit={w.actions.save}
      onSubmit={() => action.mutate({ name: name.trim(), permissions: rights })}
      busy={action.isPending}
      disabled={!name.trim() || rights.length === 0}
      error={action.error}
    >
      <TextInput
        label={words.name}
        value={name}
        maxLength={120}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group label={words.rights} value={rights} onChange={(values) => setRights(values as Permission[])}>
        <div className="rights">
          {permissions.map((permission) => (
            <Checkbox key={permission} value={permission} label={permissionWords[permission][language]} />
          ))}
        </div>
      </Checkbox.Group>
    </Panel>
  )
}

function RevokePanel({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const { w } = useWords()
  const words = w.settings.keys
  const action = useAction(revokeApiKey, () => {
    notifications.show({ message: words.revoked })
    onClose()
  })
  return (
    <Panel
      title={words.revokeTitle}
      opened
      onClose={onClose}
      submit={words.revoke}
      danger
      onSubmit={() => action.mutate({ id: apiKey.id })}
      busy={action.isPending}
      error={action.error}
    >
      <p>{words.revokeHint(apiKey.name)}</p>
    </Panel>
  )
}
