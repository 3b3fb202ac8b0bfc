import { Progress } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { RemarkCode, Shop } from '../../common/shops/api.ts'
import { Ago } from '../ui/ago.tsx'
import { Notice } from '../ui/page.tsx'
import { Status, type Tone } from '../ui/status.tsx'
import { useWords } from '../words/words.ts'

const tones: Record<Shop['health']['state'], Tone> = {
  ok: 'done',
  paused: 'off',
  trouble: 'attention',
  'keys-refused': 'stop',
}

export function ShopState({ shop }: { shop: Shop }) {
  const { w } = useWords()
  return <Status tone={tones[shop.health.state]} word={w.shops.state[shop.health.state]} />
}

/** What is wrong with a shop, in its own words, and what helps. */
export function ShopTrouble({ shop }: { shop: Shop }) {
  const { w, f } = useWords()
  const words = w.shops
  const { state, trouble, notBefore } = shop.health
  if (state === 'ok') return null
  if (state === 'paused') return <Notice tone="plain" title={words.pausedHint} action={<ToSetUp shop={shop} />} />
  const [code, said] = apart(trouble ?? '')
  return (
    <Notice
      tone={state === 'keys-refused' ? 'red' : 'amber'}
      title={code ? words.setup.trouble[code] : words.state[state]}
      action={state === 'keys-refused' && <ToSetUp shop={shop} />}
    >
      {said && <p>{said in words.remarks ? words.remarks[said as RemarkCode] : words.says(said)}</p>}
      <p>{words.again(notBefore && Date.parse(notBefore) > Date.now() ? f.second(notBefore) : words.work.now)}</p>
    </Notice>
  )
}

type TroubleCode = 'unreachable' | 'throttled' | 'unauthorised' | 'refused' | 'conflict'
const codes: readonly string[] = ['unreachable', 'throttled', 'unauthorised', 'refused', 'conflict']

/** The kind of trouble and the shop's own words after it. */
function apart(trouble: string): [TroubleCode | undefined, string] {
  const at = trouble.indexOf(': ')
  const code = trouble.slice(0, at)
  return codes.includes(code) ? [code as TroubleCode, trouble.slice(at + 2)] : [undefined, trouble]
}

function ToSetUp({ shop }: { shop: Shop }) {
  const { w } = useWords()
  return (
    <Link to="/shops/$id/set-up" params={{ id: shop.channelId }} className="nowrap">
      {w.shops.setUp}
    </Link>
  )
}

/** Long work under way; keeps its room so that nothing moves when it ends. */
export function ShopProgress({ shop }: { shop: Shop }) {
  const { w, f } = useWords()
  const { progress } = shop
  if (progress === null) return null
  const { kind, done, of } = progress
  const share = of === null || of === 0 ? 100 : (done / of) * 100
  return (
    <div className="shop-progress" role="status">
      <span>{w.shops.progress(w.shops.tasks[kind], f.count(done), of === null ? null : f.count(of))}</span>
      <Progress value={share} animated={of === null} size="sm" aria-label={w.shops.tasks[kind]} />
    </div>
  )
}

export function ShopReach({ shop }: { shop: Shop }) {
  const { w } = useWords()
  return (
    <span className="quiet shop-reach">
      {w.shops.kinds[shop.kind]} ·{' '}
      <a href={shop.address} target="_blank" rel="noreferrer">
        {shop.address.replace(/^https?:\/\//, '')}
      </a>
    </span>
  )
}

export function AgoOrNever({ moment }: { moment: string | null }) {
  const { w } = useWords()
  return moment ? <Ago moment={moment} /> : <span className="quiet">{w.shops.never}</span>
}
