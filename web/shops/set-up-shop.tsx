import { Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { type Channel, listBranches, listChannels, saveChannel } from '../../common/branches/api.ts'
import { connectShop, type Shop } from '../../common/shops/api.ts'
import { useAction, useLoad } from '../load.ts'
import { LocationOrder } from '../settings/location-order.tsx'
import { methodsNamed, PaymentMethods } from '../settings/payment-methods.tsx'
import { Page, Primary, Secondary, Section } from '../ui/page.tsx'
import { Empty, Failed, PageSkeleton, Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { ChannelFields } from './channel-fields.tsx'
import { HookAddress } from './hook-address.tsx'
import { momentOfDay } from './moment-of-day.ts'
import { ReachFields, StockFields } from './reach-fields.tsx'
import { draftOf, type Kind, missingIn, newChannel, type ShopDraft } from './shop-draft.ts'
import { ShopwareApp } from './shopware-app.tsx'
import { TestConnection } from './test-connection.tsx'
import { useShops } from './use-shops.ts'
import '../settings/settings.css'
import './shops.css'

/** A further shop: behind a channel that has none yet, or behind a new one. */
export function ConnectShop() {
  const { channelId } = useSearch({ from: '/shell/shops/new' })
  return <SetUp channelId={channelId} isNew />
}

/** How a connected shop is reached, and what it is told. */
export function SetUpShop() {
  const { id } = useParams({ from: '/shell/shops/$id/set-up' })
  return <SetUp channelId={id} />
}

function SetUp({ channelId, isNew = false }: { channelId: string | undefined; isNew?: boolean }) {
  const { w } = useWords()
  const shops = useShops(isNew ? 60_000 : undefined)
  const channels = useLoad(listChannels, {})
  const branches = useLoad(listBranches, {})
  const error = shops.error ?? channels.error ?? branches.error
  if (!shops.data || !channels.data || !branches.data)
    return error ? <Failed error={error} retry={() => void shops.refetch()} /> : <PageSkeleton />
  const locations = branches.data.locations.filter((location) => location.active)
  const shop = shops.data.shops.find((one) => one.channelId === channelId)
  const connected = new Set(shops.data.shops.map((one) => one.channelId))
  const free = channels.data.channels.filter((one) => one.kind === 'web-shop' && !connected.has(one.id))
  const channel =
    channels.data.channels.find((one) => one.id === channelId) ??
    (isNew ? (free[0] ?? newChannel(locations)) : undefined)
  if (!channel || (!isNew && !shop)) return <Empty title={w.states.notFoundTitle} hint={w.states.notFound} />
  if (shops.data.kinds.length === 0) return <Empty title={w.shops.setup.noKinds} />
  return (
    <SetUpForm
      key={shop ? channel.id : 'new'}
      first={channel}
      shop={shop}
      kinds={shops.data.kinds}
      free={free}
      locations={locations}
    />
  )
}

interface SetUpFormProps {
  first: Channel
  shop: Shop | undefined
  kinds: readonly Kind[]
  /** channels that have no shop yet */
  free: readonly Channel[]
  locations: { id: string; name: string }[]
}

function SetUpForm({ first, shop, kinds, free, locations }: SetUpFormProps) {
  const { w, language } = useWords()
  const words = w.shops.setup
  const [draft, setDraft] = useState(() => draftOf(first, shop, kinds))
  const save = useSave(draft, shop)
  const [tried, setTried] = useState(false)
  const lacks = missingIn(draft, shop, kinds)
  const missing = [...lacks.fields.map((name) => words[name]), ...lacks.secrets.map(({ label }) => label[language])]
  const set = (changes: Partial<ShopDraft>) => setDraft({ ...draft, ...changes })
  const setChannel = (changes: Partial<Channel>) => set({ channel: { ...draft.channel, ...changes } })
  return (
    <Page
      title={shop ? words.of(shop.name) : words.title}
      parent={{ to: '/shops', word: w.pages.shops }}
      narrow
      primary={
        <Primary loading={save.busy} onClick={() => (missing.length > 0 ? setTried(true) : void save.go())}>
          {words.saveAndTest}
        </Primary>
      }
      actions={shop && <ToShop shop={shop} />}
    >
      <Refused error={save.error} />
      <div className="refused shop-missing" role="alert">
        {tried && missing.length > 0 && w.settings.company.missing(missing.join(', '))}
      </div>
      {shop && <TestConnection shop={shop} savedAt={save.savedAt} />}
      {!shop && (
        <Section>
          <ChannelFields
            channel={draft.channel}
            free={free}
            locations={locations}
            onChange={(channel) => set({ channel, methods: Object.entries(channel.paymentMethods) })}
          />
        </Section>
      )}
      <Section title={words.reach}>
        <ReachFields draft={draft} shop={shop} kinds={kinds} onChange={set} />
      </Section>
      <HookAddress draft={draft} onChange={set} />
      {shop?.kind === 'shopware' && <ShopwareApp shop={shop} />}
      <Section title={words.stock}>
        <StockFields draft={draft} onChange={set} />
      </Section>
      <Section>
        <LocationOrder
          locations={locations}
          chosen={draft.channel.locations}
          onChange={(chosen) => setChannel({ locations: chosen })}
        />
        <p className="quiet small shop-hint">{locations.length === 0 ? words.noLocations : words.locationsHint}</p>
      </Section>
      <Section>
        <PaymentMethods methods={draft.methods} onChange={(methods) => set({ methods })} />
        <p className="quiet small shop-hint">{words.methodsHint}</p>
      </Section>
      <Section>
        <Switch
          label={words.active}
          checked={draft.active}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
      </Section>
    </Page>
  )
}

function ToShop({ shop }: { shop: Shop }) {
  const { w } = useWords()
  const navigate = useNavigate()
  return (
    <Secondary onClick={() => void navigate({ to: '/shops/$id', params: { id: shop.channelId } })}>
      {w.shops.setup.toShop}
    </Secondary>
  )
}

/** First the channel, then its shop; both may be written again without harm. */
function useSave(draft: ShopDraft, shop: Shop | undefined) {
  const { w } = useWords()
  const navigate = useNavigate()
  const channel = useAction(saveChannel)
  const connection = useAction(connectShop)
  const [savedAt, setSavedAt] = useState(0)
  const go = async () => {
    const { methods, kind, address, publicAddress, ordersSince, secrets, safetyStock, priceGroup, active, moved } =
      draft
    const channelId = draft.channel.id
    try {
      await channel.mutateAsync({
        ...draft.channel,
        code: draft.channel.code.trim(),
        name: draft.channel.name.trim(),
        paymentMethods: methodsNamed(methods),
      })
      await connection.mutateAsync({
        channelId,
        kind: kind!,
        address: address.trim(),
        publicAddress: publicAddress.trim(),
        ...(ordersSince === undefined ? {} : { ordersSince: momentOfDay(ordersSince, '00:00') }),
        secrets: Object.fromEntries(
          Object.entries(secrets)
            .map(([name, value]) => [name, value.trim()] as const)
            .filter(([, value]) => value !== ''),
        ),
        safetyStock: safetyStock ?? 0,
        priceGroup: priceGroup.trim(),
        active,
        moved,
      })
    } catch {
      return // said by the action that failed
    }
    notifications.show({ message: w.shops.setup.saved })
    if (shop) setSavedAt(savedAt + 1)
    else void navigate({ to: '/shops/$id/set-up', params: { id: channelId }, search: { test: '1' }, replace: true })
  }
  return {
    go,
    savedAt,
    busy: channel.isPending || connection.isPending,
    error: channel.error ?? connection.error,
  }
}
