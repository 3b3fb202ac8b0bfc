import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { listChannels } from '../../common/branches/api.ts'
import type { Shop } from '../../common/shops/api.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Page, Primary, Section } from '../ui/page.tsx'
import { Empty, Failed } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { ShopFigures } from './shop-figures.tsx'
import { ShopProgress, ShopReach, ShopState, ShopTrouble } from './shop-state.tsx'
import { useShops } from './use-shops.ts'
import './shops.css'

/** How the connected shops are doing, at a glance; each figure leads to its list. */
export function ListShops() {
  const { w } = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const load = useShops()
  const write = may('settings.write')
  const connect = () => void navigate({ to: '/shops/new' })
  const shops = load.data?.shops
  const empty = shops?.length === 0
  return (
    <Page
      title={w.pages.shops}
      primary={
        write &&
        !empty && (
          <Primary leftSection={<IconPlus size={16} />} onClick={connect}>
            {w.shops.connect}
          </Primary>
        )
      }
    >
      {load.error && !load.data && <Failed error={load.error} retry={() => void load.refetch()} />}
      {!load.data && !load.error && <div className="block-skeleton shop-skeleton" />}
      {empty && (
        <Empty
          title={w.shops.empty}
          hint={w.shops.emptyHint}
          action={write && <Primary onClick={connect}>{w.shops.connect}</Primary>}
        />
      )}
      <div className="shop-cards">
        {shops?.map((shop) => (
          <ShopCard key={shop.channelId} shop={shop} />
        ))}
      </div>
      {shops && !empty && <WithoutShop shops={shops} />}
    </Page>
  )
}

function ShopCard({ shop }: { shop: Shop }) {
  return (
    <article className="shop-card" aria-labelledby={`shop-${shop.channelId}`}>
      <header className="shop-card-head">
        <h2 id={`shop-${shop.channelId}`}>
          <Link to="/shops/$id" params={{ id: shop.channelId }}>
            {shop.name}
          </Link>
        </h2>
        <ShopReach shop={shop} />
        <ShopState shop={shop} />
      </header>
      <ShopTrouble shop={shop} />
      <ShopFigures shop={shop} />
      <ShopProgress shop={shop} />
    </article>
  )
}

/** Channels that are web shops and still without one. */
function WithoutShop({ shops }: { shops: Shop[] }) {
  const { w } = useWords()
  const may = useMay()
  const channels = useLoad(listChannels, {})
  const without = (channels.data?.channels ?? []).filter(
    (channel) => channel.kind === 'web-shop' && channel.active && !shops.some((shop) => shop.channelId === channel.id),
  )
  if (without.length === 0) return null
  return (
    <Section title={w.shops.noChannels}>
      <p className="quiet">{w.shops.noChannelsHint}</p>
      <ul className="plain-list without-shop">
        {without.map((channel) => (
          <li key={channel.id}>
            <span>{channel.name}</span>
            {may('settings.write') && (
              <Link to="/shops/new" search={{ channelId: channel.id }}>
                {w.shops.connect}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
