import { PasswordInput, Select, Switch, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { z } from 'zod'
import { changeUser, createUser, listUsers, type user } from '../../common/kernel/api.ts'
import type { Role } from '../../common/permissions.ts'
import { useAction, useLoadAll } from '../load.ts'
import { DayOfMoment } from '../ui/cells.tsx'
import { Secondary } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { Failed } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

type User = z.output<typeof user>

/** Who may log in, and as what. */
export default function Users() {
  const { w } = useWords()
  const words = w.settings.users
  const load = useLoadAll(listUsers, {}, Number.POSITIVE_INFINITY)
  const [editing, setEditing] = useState<User | 'new' | null>(null)
  if (load.error && !load.data) return <Failed error={load.error} retry={() => void load.refetch()} />
  return (
    <div className="stack">
      <Table
        label={w.settings.parts.users}
        rows={load.data?.rows}
        idOf={(user) => user.id}
        open={setEditing}
        listKey="users"
        skeletonRows={3}
        columns={[
          { name: 'name', head: words.name, grow: true, small: 'start', cell: (user) => user.name },
          {
            name: 'login',
            head: words.login,
            small: 'below',
            cell: (user) => <span className="quiet">{user.login}</span>,
          },
          { name: 'role', head: words.role, small: 'end', cell: (user) => w.session.roles[user.role] },
          {
            name: 'created',
            head: words.created,
            small: 'hide',
            cell: (user) => <DayOfMoment moment={user.createdAt} />,
          },
          {
            name: 'active',
            head: '',
            end: true,
            small: 'below',
            cell: (user) => (user.active ? null : <Status tone="off" word={w.status.inactive} />),
          },
        ]}
      />
      <span>
        <Secondary leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
          {words.newUser}
        </Secondary>
      </span>
      {editing && (
        <UserPanel
          key={editing === 'new' ? 'new' : editing.id}
          user={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  )
}

function UserPanel({ user, onClose }: { user: User | null; onClose: () => void }) {
  const { w } = useWords()
  const words = w.settings.users
  const [name, setName] = useState(user?.name ?? '')
  const [login, setLogin] = useState(user?.login ?? '')
  const [role, setRole] = useState<Role>(user?.role ?? 'clerk')
  const [active, setActive] = useState(user?.active ?? true)
  const [password, setPassword] = useState('')
  const done = () => {
    notifications.show({ message: words.saved })
    onClose()
  }
  const create = useAction(createUser, done)
  const change = useAction(changeUser, done)
  const submit = () =>
    user
      ? change.mutate({ id: user.id, name: name.trim(), role, active, ...(password ? { password } : {}) })
      : create.mutate({ login: login.trim(), name: name.trim(), role, password })
  return (
    <Panel
      title={user ? words.change : words.newUser}
      opened
      onClose={onClose}
      submit={w.actions.save}
      onSubmit={submit}
      busy={create.isPending || change.isPending}
      disabled={!name.trim() || !login.trim() || (!user && !password)}
      error={create.error ?? change.error}
    >
      <TextInput
        label={words.name}
        value={name}
        maxLength={120}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={words.login}
        value={login}
        maxLength={60}
        disabled={user !== null}
        autoCapitalize="none"
        onChange={(event) => setLogin(event.currentTarget.value)}
      />
      <Select
        label={words.role}
        value={role}
        allowDeselect={false}
        data={Object.entries(w.session.roles).map(([value, label]) => ({ value, label }))}
        onChange={(value) => setRole(value as Role)}
      />
      <PasswordInput
        label={user ? words.newPassword : words.password}
        description={user ? words.passwordHint : undefined}
        value={password}
        autoComplete="new-password"
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {user && (
        <Switch label={words.active} checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />
      )}
    </Panel>
  )
}
