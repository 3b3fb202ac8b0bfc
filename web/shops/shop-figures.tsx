import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Shop } from '../../common/shops/api.ts'
import { useMay } from '../session/me.tsx'
import { Since } from '../ui/ago.tsx'
import { useWords, type Words } from '../words/words.ts'
import { AgoOrNever } from './shop-state.tsx'

type FigureName = keyof Words['shops']['figures']
const all: readonly FigureName[] = [
  'lastOrderIn',
  'lastWriteOut',
  'lag',
  'waiting',
  'parked',
  'conflicts',
  'dead',
  'drifting',
  'listings',
]
const wantsAttention: readonly FigureName[] = ['parked', 'conflicts', 'dead', 'drifting']

/** The figures of a shop in one strip; each leads to its list. */
export function ShopFigures({ shop, names = all }: { shop: Shop; names?: readonly FigureName[] }) {
  const { w } = useWords()
  return (
    <dl className="shop-figures">
      {names.map((name) => (
        <div key={name}>
          <dt>{w.shops.figures[name]}</dt>
          <dd>
            <Figure shop={shop} name={name} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Figure({ shop, name }: { shop: Shop; name: FigureName }) {
  const { w, f } = useWords()
  const { health } = shop
  if (name === 'lastOrderIn' || name === 'lastWriteOut') {
    const direction = name === 'lastOrderIn' ? 'in' : 'out'
    return (
      <Link to="/shops/$id" params={{ id: shop.channelId }} search={{ direction }} className="ink">
        <AgoOrNever moment={health[name]} />
      </Link>
    )
  }
  if (name === 'lag') {
    if (health.oldestWaiting === null) return <span className="quiet">{w.shops.noLag}</span>
    return (
      <To shop={shop} name={name}>
        <Since moment={health.oldestWaiting} />
      </To>
    )
  }
  const count = health[name]
  const tone = count === 0 ? 'quiet' : wantsAttention.includes(name) ? 'amber strong' : 'ink'
  return (
    <To shop={shop} name={name}>
      <span className={tone}>{f.count(count)}</span>
    </To>
  )
}

const tabOf = { conflicts: 'changes', drifting: 'drift', listings: 'catalogue' } as const

function To({ shop, name, children }: { shop: Shop; name: FigureName; children: ReactNode }) {
  const may = useMay()
  if (name === 'parked')
    return may('orders.read') ? (
      <Link to="/parked-orders" search={{ channel: shop.channel }} className="ink">
        {children}
      </Link>
    ) : (
      children
    )
  const search =
    name === 'lag' || name === 'waiting'
      ? { tab: 'work', show: 'open' }
      : name === 'dead'
        ? { tab: 'work' }
        : { tab: tabOf[name as keyof typeof tabOf] }
  return (
    <Link to="/shops/$id" params={{ id: shop.channelId }} search={search} className="ink">
      {children}
    </Link>
  )
}
