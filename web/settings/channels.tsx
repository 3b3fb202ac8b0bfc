import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type Channel, listBranches, listChannels } from '../../common/branches/api.ts'
import { newId } from '../api.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Secondary } from '../ui/page.tsx'
import { Failed } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { ChannelPanel } from './channel-panel.tsx'

/** Where orders come from, and which stock serves them. */
export default function Channels() {
  const { w } = useWords()
  const words = w.settings.channels
  const may = useMay()
  const load = useLoad(listChannels, {})
  const branches = useLoad(listBranches, {})
  const [editing, setEditing] = useState<Channel | null>(null)
  if (load.error && !load.data) return <Failed error={load.error} retry={() => void load.refetch()} />
  const write = may('settings.write')
  const locations = branches.data?.locations ?? []
  const nameOf = (id: string) => locations.find((location) => location.id === id)?.name ?? ''
  return (
    <div className="stack">
      <Table
        label={w.settings.parts.channels}
        rows={load.data?.channels}
        idOf={(channel) => channel.id}
        {...(write ? { open: setEditing } : {})}
        listKey="channels"
        skeletonRows={3}
        empty={<p className="quiet">{words.empty}</p>}
        columns={[
          { name: 'name', head: words.name, small: 'start', cell: (channel) => channel.name },
          {
            name: 'code',
            head: words.code,
            small: 'below',
            cell: (channel) => <span className="quiet">{channel.code}</span>,
          },
          { name: 'kind', head: words.kind, small: 'below', cell: (channel) => words.kinds[channel.kind] },
          { name: 'mode', head: words.priceMode, small: 'below', cell: (channel) => words.modes[channel.priceMode] },
          {
            name: 'locations',
            head: w.settings.branches.locations,
            grow: true,
            small: 'below',
            cell: (channel) => channel.locations.map(nameOf).join(', '),
          },
          {
            name: 'active',
            head: '',
            end: true,
            small: 'end',
            cell: (channel) => (channel.active ? null : <Status tone="off" word={w.status.inactive} />),
          },
        ]}
      />
      {write && (
        <span>
          <Secondary
            leftSection={<IconPlus size={16} />}
            disabled={locations.length === 0}
            onClick={() =>
              setEditing({
                id: newId(),
                code: '',
                name: '',
                kind: 'web-shop',
                priceMode: 'gross',
                locations: locations.slice(0, 1).map((l) => l.id),
                paymentMethods: {},
                active: true,
              })
            }
          >
            {words.newChannel}
          </Secondary>
        </span>
      )}
      {editing && (
        <ChannelPanel key={editing.id} first={editing} locations={locations} onClose={() => setEditing(null)} />
      )}
    </div>
  )
}
