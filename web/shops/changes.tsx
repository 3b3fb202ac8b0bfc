import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { OutputOf } from '../../common/route.ts'
import { listConflicts, settleConflict } from '../../common/shops/api.ts'
import { useAction, useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Moment } from '../ui/cells.tsx'
import type { Format } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { Empty, Failed } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords, type Words } from '../words/words.ts'
import type { TabProps } from './show-shop.tsx'
import { EVERY_MS } from './use-shops.ts'

type Conflict = OutputOf<typeof listConflicts>['rows'][number]

/** Orders that changed in the shop in a way somebody has to decide. */
export default function Changes({ shop }: TabProps) {
  const { w, f } = useWords()
  const words = w.shops.changes
  const may = useMay()
  const load = useLoad(listConflicts, { channelId: shop.channelId }, { every: EVERY_MS })
  const [settling, setSettling] = useState<Conflict | null>(null)
  if (load.error && !load.data) return <Failed error={load.error} retry={() => void load.refetch()} />
  const columns: Column<Conflict>[] = [
    {
      name: 'order',
      head: words.heads.order,
      small: 'start',
      cell: (row) =>
        row.orderId && row.number ? (
          <Link to="/orders/$id" params={{ id: row.orderId }} className="number">
            {row.number}
          </Link>
        ) : (
          <span className="quiet">{words.notTaken}</span>
        ),
    },
    { name: 'external', head: words.heads.external, small: 'end', cell: (row) => row.externalNumber },
    {
      name: 'what',
      head: words.heads.what,
      grow: true,
      small: 'below',
      cell: (row) => (
        <ul className="plain-list wrap">
          {row.differences.map((difference) => (
            <li key={JSON.stringify(difference)}>{sayDifference(difference, w, f)}</li>
          ))}
        </ul>
      ),
    },
    { name: 'seen', head: words.heads.seen, small: 'named', cell: (row) => <Moment moment={row.seenAt} /> },
    {
      name: 'settle',
      head: '',
      end: true,
      small: 'below',
      cell: (row) =>
        may('orders.write') && (
          <Button size="compact-sm" variant="default" onClick={() => setSettling(row)}>
            {words.settle}
          </Button>
        ),
    },
  ]
  return (
    <>
      <Table
        label={w.shops.tabs.changes}
        columns={columns}
        rows={load.data?.rows}
        idOf={(row) => row.externalId}
        listKey="changes"
        skeletonRows={3}
        empty={<Empty title={words.empty} hint={words.emptyHint} />}
      />
      {settling && <SettlePanel channelId={shop.channelId} conflict={settling} onClose={() => setSettling(null)} />}
    </>
  )
}

function sayDifference({ code, facts }: Conflict['differences'][number], w: Words, f: Format): string {
  const words = w.shops.changes
  const quantity = (name: string) => f.quantity(Number(facts[name] ?? 0))
  const article = String(facts.article ?? '')
  if (code === 'more-ordered') return words.more(article, quantity('ordered'), quantity('shop'))
  if (code === 'line-added') return words.added(quantity('quantity'), String(facts.line))
  if (code === 'deleted-in-shop') return words.deleted
  return words.delivered(article, quantity('shop'), quantity('delivered'), quantity('planned'))
}

function SettlePanel({ channelId, conflict, onClose }: { channelId: string; conflict: Conflict; onClose: () => void }) {
  const { w, f } = useWords()
  const words = w.shops.changes
  const [reason, setReason] = useState('')
  const action = useAction(settleConflict, () => {
    notifications.show({ message: words.settled })
    onClose()
  })
  return (
    <Panel
      title={words.settleTitle}
      opened
      onClose={onClose}
      submit={words.settle}
      onSubmit={() => action.mutate({ channelId, externalId: conflict.externalId, reason: reason.trim() })}
      busy={action.isPending}
      disabled={reason.trim() === ''}
      error={action.error}
      foot={words.settleHint}
    >
      <div>
        <p className="strong">{[conflict.number, conflict.externalNumber].filter(Boolean).join(' · ')}</p>
        <ul className="plain-list">
          {conflict.differences.map((difference) => (
            <li key={JSON.stringify(difference)}>{sayDifference(difference, w, f)}</li>
          ))}
        </ul>
      </div>
      <ReasonField label={w.reason} value={reason} onChange={setReason} usual={words.reasons} />
    </Panel>
  )
}
