import { Switch, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { z } from 'zod'
import {
  type branch,
  listBranches,
  saveBranch,
  saveStockLocation,
  type stockLocation,
} from '../../common/branches/api.ts'
import { newId } from '../api.ts'
import { useAction, useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Secondary, Section } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { Failed } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

type Branch = z.output<typeof branch>
type Location = z.output<typeof stockLocation>

/** Branches and the stock locations that belong to them. */
export default function Branches() {
  const { w } = useWords()
  const words = w.settings.branches
  const may = useMay()
  const load = useLoad(listBranches, {})
  const [editing, setEditing] = useState<Branch | null>(null)
  const [location, setLocation] = useState<Location | null>(null)
  if (load.error && !load.data) return <Failed error={load.error} retry={() => void load.refetch()} />
  const write = may('settings.write')
  return (
    <>
      {load.data?.branches.map((branch) => (
        <Section
          key={branch.id}
          title={`${branch.name} · ${branch.code}`}
          aside={
            <span className="row">
              {!branch.active && <Status tone="off" word={w.status.inactive} />}
              {write && (
                <>
                  <Secondary size="xs" onClick={() => setEditing(branch)}>
                    {w.actions.change}
                  </Secondary>
                  <Secondary
                    size="xs"
                    leftSection={<IconPlus size={14} />}
                    onClick={() => setLocation({ id: newId(), code: '', name: '', branchId: branch.id, active: true })}
                  >
                    {words.newLocation}
                  </Secondary>
                </>
              )}
            </span>
          }
        >
          <p className="quiet">
            {[branch.street, [branch.postalCode, branch.city].filter(Boolean).join(' ')].filter(Boolean).join(', ')}
          </p>
          <Table
            label={words.locations}
            rows={load.data.locations.filter((l) => l.branchId === branch.id)}
            idOf={(l) => l.id}
            {...(write ? { open: setLocation } : {})}
            listKey="locations"
            empty={<p className="quiet">{words.none}</p>}
            columns={[
              { name: 'name', head: words.location, grow: true, small: 'start', cell: (l) => l.name },
              { name: 'code', head: words.code, small: 'below', cell: (l) => <span className="quiet">{l.code}</span> },
              {
                name: 'active',
                head: '',
                end: true,
                small: 'end',
                cell: (l) => (l.active ? null : <Status tone="off" word={w.status.inactive} />),
              },
            ]}
          />
        </Section>
      ))}
      {write && (
        <Secondary
          leftSection={<IconPlus size={16} />}
          onClick={() => setEditing({ id: newId(), code: '', name: '', country: 'DE', active: true })}
        >
          {words.newBranch}
        </Secondary>
      )}
      {editing && <BranchPanel key={editing.id} first={editing} onClose={() => setEditing(null)} />}
      {location && <LocationPanel key={location.id} first={location} onClose={() => setLocation(null)} />}
    </>
  )
}

function BranchPanel({ first, onClose }: { first: Branch; onClose: () => void }) {
  const { w } = useWords()
  const words = w.settings.branches
  const [draft, setDraft] = useState(first)
  const action = useAction(saveBranch, onClose)
  const field = (name: 'code' | 'name' | 'street' | 'postalCode' | 'city', label: string, className: string) => (
    <TextInput
      className={className}
      label={label}
      value={draft[name] ?? ''}
      onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
    />
  )
  return (
    <Panel
      title={words.branch}
      opened
      onClose={onClose}
      submit={w.actions.save}
      onSubmit={() => action.mutate({ ...draft, code: draft.code.trim(), name: draft.name.trim() })}
      busy={action.isPending}
      disabled={!draft.code.trim() || !draft.name.trim()}
      error={action.error}
    >
      <div className="fields">
        {field('name', words.name, 'w8')}
        {field('code', words.code, 'w4')}
        {field('street', w.settings.company.street, '')}
        {field('postalCode', w.settings.company.postalCode, 'w4')}
        {field('city', w.settings.company.city, 'w8')}
      </div>
      <Switch
        label={words.active}
        checked={draft.active}
        onChange={(event) => setDraft({ ...draft, active: event.currentTarget.checked })}
      />
    </Panel>
  )
}

function LocationPanel({ first, onClose }: { first: Location; onClose: () => void }) {
  const { w } = useWords()
  const words = w.settings.branches
  const [draft, setDraft] = useState(first)
  const action = useAction(saveStockLocation, onClose)
  return (
    <Panel
      title={words.location}
      opened
      onClose={onClose}
      submit={w.actions.save}
      onSubmit={() => action.mutate({ ...draft, code: draft.code.trim(), name: draft.name.trim() })}
      busy={action.isPending}
      disabled={!draft.code.trim() || !draft.name.trim()}
      error={action.error}
    >
      <div className="fields">
        <TextInput
          className="w8"
          label={words.name}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <TextInput
          className="w4"
          label={words.code}
          value={draft.code}
          onChange={(event) => setDraft({ ...draft, code: event.currentTarget.value })}
        />
      </div>
      <Switch
        label={words.active}
        checked={draft.active}
        onChange={(event) => setDraft({ ...draft, active: event.currentTarget.checked })}
      />
    </Panel>
  )
}
