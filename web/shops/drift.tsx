import { notifications } from '@mantine/notifications'
import { Link } from '@tanstack/react-router'
import type { OutputOf } from '../../common/route.ts'
import { listDrift, recountShop } from '../../common/shops/api.ts'
import { useAction } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Moment } from '../ui/cells.tsx'
import type { Format } from '../ui/format.ts'
import { ListBody, useList } from '../ui/list.tsx'
import { Primary } from '../ui/page.tsx'
import { Empty, Refused } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import type { TabProps } from './show-shop.tsx'
import { EVERY_MS } from './use-shops.ts'

type DriftRow = OutputOf<typeof listDrift>['rows'][number]

/** Articles whose stock the shop shows otherwise than it should. */
export default function Drift({ shop }: TabProps) {
  const { w, f } = useWords()
  const words = w.shops.drift
  const may = useMay()
  const list = useList(listDrift, { channelId: shop.channelId }, { every: EVERY_MS })
  const recount = useAction(recountShop, () => notifications.show({ message: words.recounting }))
  const { recountedAt } = shop.health
  const columns: Column<DriftRow>[] = [
    { name: 'sku', head: words.heads.sku, small: 'start', cell: (row) => <span className="strong">{row.sku}</span> },
    { name: 'name', head: words.heads.name, grow: true, small: 'below', cell: (row) => row.name },
    {
      name: 'shown',
      head: words.heads.shown,
      end: true,
      small: 'named',
      cell: (row) => (row.shown === null ? <span className="quiet">{words.notCounted}</span> : f.count(row.shown)),
    },
    {
      name: 'expected',
      head: words.heads.expected,
      end: true,
      small: 'named',
      cell: (row) => (row.expected === null ? '–' : f.count(row.expected)),
    },
    {
      name: 'difference',
      head: words.heads.difference,
      end: true,
      small: 'end',
      cell: (row) => <span className="amber">{differenceOf(row, f)}</span>,
    },
    { name: 'since', head: words.heads.since, small: 'named', cell: (row) => <Moment moment={row.since} /> },
    { name: 'why', head: words.heads.why, small: 'below', cell: (row) => <Why channelId={shop.channelId} row={row} /> },
  ]
  return (
    <>
      <div className="toolbar">
        <span className="quiet">{recountedAt ? words.lastCount(f.moment(recountedAt)) : words.neverCounted}</span>
        <div className="tab-actions">
          {may('stock.write') && (
            <Primary loading={recount.isPending} onClick={() => recount.mutate({ channelId: shop.channelId })}>
              {words.recount}
            </Primary>
          )}
        </div>
      </div>
      <Refused error={recount.error} />
      <ListBody list={list}>
        <Table
          label={w.shops.tabs.drift}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.listingId}
          listKey={list.listKey}
          stale={list.stale}
          empty={<Empty title={words.empty} hint={words.emptyHint} />}
        />
      </ListBody>
    </>
  )
}

function differenceOf({ shown, expected }: DriftRow, f: Format): string {
  if (shown === null || expected === null) return '–'
  const more = shown - expected
  return more > 0 ? `+${f.count(more)}` : f.count(more)
}

const ways = {
  'given-up': { tab: 'work' },
  'waiting-to-send': { tab: 'work', show: 'open' },
  'order-not-taken': { tab: 'work', show: 'open' },
}

function Why({ channelId, row }: { channelId: string; row: DriftRow }) {
  const { w } = useWords()
  const word = w.shops.drift.why[row.why]
  const search = ways[row.why as keyof typeof ways] ?? { q: row.sku }
  return (
    <Link to="/shops/$id" params={{ id: channelId }} search={search}>
      {word}
    </Link>
  )
}
