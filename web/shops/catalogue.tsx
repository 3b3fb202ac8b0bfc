import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { OutputOf } from '../../common/route.ts'
import { matchShop, type Shop, showCatalogue } from '../../common/shops/api.ts'
import { useAction } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Primary } from '../ui/page.tsx'
import { Empty, Refused } from '../ui/states.tsx'
import { Table } from '../ui/table.tsx'
import { useWords, type Words } from '../words/words.ts'
import { catalogueColumns } from './catalogue-columns.tsx'
import { ListingPanel } from './listing-panel.tsx'
import type { TabProps } from './show-shop.tsx'
import { TakeOrPublish } from './take-or-publish.tsx'
import { EVERY_MS, isBusy } from './use-shops.ts'

export type CatalogueRow = OutputOf<typeof showCatalogue>['rows'][number]
export type Show = keyof Words['shops']['catalogue']['show']

const countNames = {
  matched: 'matched',
  'only-there': 'onlyThere',
  'only-here': 'onlyHere',
  ambiguous: 'ambiguous',
} as const

/** Which articles of the shop are ours: matched, only there, only here, ambiguous; and what to do about each. */
export default function Catalogue({ shop }: TabProps) {
  const { w, f } = useWords()
  const words = w.shops.catalogue
  const may = useMay()
  const { search } = useListSearch()
  const show: Show = search.show && search.show in countNames ? (search.show as Show) : 'matched'
  const list = useList(
    showCatalogue,
    { channelId: shop.channelId, show },
    { every: isBusy(shop) ? EVERY_MS : undefined },
  )
  useOnceMoreWhenDone(shop)
  const match = useAction(matchShop, () => notifications.show({ message: words.matching }))
  const [editing, setEditing] = useState<CatalogueRow | null>(null)
  const report = list.output as OutputOf<typeof showCatalogue> | undefined
  const counts = report?.counts
  const write = may('settings.write')
  const filters = Object.fromEntries(
    (Object.keys(countNames) as Show[]).map((name) => [
      name,
      counts ? `${words.show[name]} ${f.count(counts[countNames[name]])}` : words.show[name],
    ]),
  ) as Record<Show, string>
  const byHand = (row: CatalogueRow) => setEditing(row)
  return (
    <>
      <Toolbar<Show> filters={filters} first="matched">
        <div className="tab-actions">
          <span className="quiet small">{report?.readAt && words.readAt(f.moment(report.readAt))}</span>
          {counts && <TakeOrPublish shop={shop} show={show} count={counts[countNames[show]]} />}
          {write && (
            <Primary loading={match.isPending} onClick={() => match.mutate({ channelId: shop.channelId })}>
              {words.match}
            </Primary>
          )}
        </div>
      </Toolbar>
      <Refused error={match.error} />
      {show === 'ambiguous' && (list.rows?.length ?? 0) > 0 && <p className="quiet">{words.ambiguousHint}</p>}
      <ListBody list={list}>
        <Table
          label={words.show[show]}
          columns={catalogueColumns(show, { w, f, shop, may, byHand })}
          rows={list.rows}
          idOf={(row) => row.sku ?? row.articleId ?? row.name}
          {...(write && show !== 'only-here' ? { open: byHand } : {})}
          listKey={list.listKey}
          stale={list.stale}
          empty={
            report?.readAt ? (
              <Empty title={words.empties[show]} />
            ) : (
              <Empty title={words.neverRead} hint={words.neverReadHint} />
            )
          }
        />
      </ListBody>
      {editing && <ListingPanel key={editing.sku} shop={shop} row={editing} onClose={() => setEditing(null)} />}
    </>
  )
}

/** The last look of a busy time may have come before its end. */
function useOnceMoreWhenDone(shop: Shop): void {
  const client = useQueryClient()
  const busy = isBusy(shop)
  const was = useRef(busy)
  useEffect(() => {
    if (was.current && !busy) void client.invalidateQueries({ queryKey: [showCatalogue.path] })
    was.current = busy
  }, [busy, client])
}
