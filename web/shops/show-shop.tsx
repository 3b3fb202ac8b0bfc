import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { Permission } from '../../common/permissions.ts'
import type { Shop } from '../../common/shops/api.ts'
import { useMay } from '../session/me.tsx'
import { Page, Secondary } from '../ui/page.tsx'
import { Empty, Failed, NoRight, PageSkeleton } from '../ui/states.tsx'
import { useWords, type Words } from '../words/words.ts'
import { ReplayPanel } from './replay-panel.tsx'
import { ShopFigures } from './shop-figures.tsx'
import { ShopProgress, ShopReach, ShopState, ShopTrouble } from './shop-state.tsx'
import { useShops } from './use-shops.ts'
import './shops.css'

type Tab = keyof Words['shops']['tabs']

export interface TabProps {
  shop: Shop
}

const tabs: Record<
  Tab,
  { needs: Permission; component: ReturnType<typeof lazy<(props: TabProps) => React.ReactNode>> }
> = {
  log: { needs: 'settings.read', component: lazy(() => import('./log.tsx')) },
  work: { needs: 'settings.read', component: lazy(() => import('./work.tsx')) },
  drift: { needs: 'settings.read', component: lazy(() => import('./drift.tsx')) },
  changes: { needs: 'orders.read', component: lazy(() => import('./changes.tsx')) },
  catalogue: { needs: 'settings.read', component: lazy(() => import('./catalogue.tsx')) },
}

/** One connected shop: what went in and out, what was given up, differs, changed there, and which articles are matched. */
export function ShowShop() {
  const { id } = useParams({ from: '/shell/shops/$id' })
  const { w } = useWords()
  const load = useShops()
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const shop = load.data.shops.find((one) => one.channelId === id)
  if (!shop) return <Empty title={w.states.notFoundTitle} hint={w.states.notFound} />
  return <ShopPage shop={shop} />
}

function ShopPage({ shop }: { shop: Shop }) {
  const { w } = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const search = useSearch({ from: '/shell/shops/$id' })
  const [replaying, setReplaying] = useState(false)
  const tab: Tab = search.tab && search.tab in tabs ? (search.tab as Tab) : 'log'
  const { needs, component: Shown } = tabs[tab]
  return (
    <Page
      title={shop.name}
      parent={{ to: '/shops', word: w.pages.shops }}
      state={
        <span className="row">
          <ShopState shop={shop} /> <ShopReach shop={shop} />
        </span>
      }
      actions={
        may('settings.write') && (
          <>
            <Secondary onClick={() => setReplaying(true)}>{w.shops.replay.action}</Secondary>
            <Secondary onClick={() => void navigate({ to: '/shops/$id/set-up', params: { id: shop.channelId } })}>
              {w.shops.setUp}
            </Secondary>
          </>
        )
      }
    >
      <ShopTrouble shop={shop} />
      <div className="shop-page-figures">
        <ShopFigures shop={shop} names={['lastOrderIn', 'lastWriteOut', 'lag', 'waiting', 'parked', 'listings']} />
        <ShopProgress shop={shop} />
      </div>
      <Tabs shop={shop} tab={tab} />
      {may(needs) ? (
        <Suspense fallback={<div className="block-skeleton" />}>
          <Shown key={tab} shop={shop} />
        </Suspense>
      ) : (
        <NoRight permission={needs} />
      )}
      {replaying && <ReplayPanel shop={shop} onClose={() => setReplaying(false)} />}
    </Page>
  )
}

function Tabs({ shop, tab }: { shop: Shop; tab: Tab }) {
  const { w, f } = useWords()
  const { dead, drifting, conflicts } = shop.health
  const counts: Partial<Record<Tab, number>> = { work: dead, drift: drifting, changes: conflicts }
  return (
    <nav className="tabs" aria-label={shop.name}>
      {(Object.keys(tabs) as Tab[]).map((name) => (
        <Link
          key={name}
          to="/shops/$id"
          params={{ id: shop.channelId }}
          search={{ tab: name }}
          className="tab"
          aria-current={name === tab ? 'page' : undefined}
        >
          {w.shops.tabs[name]}
          {(counts[name] ?? 0) > 0 && <span className="nav-count">{f.count(counts[name]!)}</span>}
        </Link>
      ))}
    </nav>
  )
}
