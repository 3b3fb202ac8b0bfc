import type { Channel } from '../../common/branches/api.ts'
import type { OutputOf } from '../../common/route.ts'
import type { listShops, Shop, ShopKind } from '../../common/shops/api.ts'
import { newId } from '../api.ts'
import type { NamedMethod } from '../settings/payment-methods.tsx'

export type Kind = OutputOf<typeof listShops>['kinds'][number]

/** What the set-up writes: the channel and how its shop is reached. */
export interface ShopDraft {
  channel: Channel
  methods: NamedMethod[]
  kind: ShopKind | null
  address: string
  secrets: Record<string, string>
  publicAddress: string
  /** only at the first connection: from which day orders are taken */
  ordersSince: string | undefined
  safetyStock: number | undefined
  priceGroup: string
  active: boolean
  /** the same shop at another address */
  moved: boolean
}

export function draftOf(channel: Channel, shop: Shop | undefined, kinds: readonly Kind[]): ShopDraft {
  return {
    channel,
    methods: Object.entries(channel.paymentMethods),
    kind: shop?.kind ?? (kinds.length === 1 ? kinds[0]!.kind : null),
    address: shop?.address ?? '',
    secrets: {},
    publicAddress: shop?.publicAddress ?? location.origin,
    ordersSince: undefined,
    safetyStock: shop?.safetyStock ?? 0,
    priceGroup: shop?.priceGroup ?? 'standard',
    active: shop?.active ?? true,
    moved: false,
  }
}

export function newChannel(locations: readonly { id: string }[]): Channel {
  return {
    id: newId(),
    code: '',
    name: '',
    kind: 'web-shop',
    priceMode: 'gross',
    locations: locations.slice(0, 1).map((location) => location.id),
    paymentMethods: {},
    active: true,
  }
}

/** Names of the secrets that were given before and still count: those of another kind of shop don't. */
export function givenFor(kind: ShopKind | null, shop: Shop | undefined): readonly string[] {
  return shop !== undefined && shop.kind === kind ? shop.secretsGiven : []
}

export function isAddress(address: string): boolean {
  return /^https?:\/\/[^\s/]+/.test(address.trim()) && URL.canParse(address.trim())
}

/** What is missing before the shop can be connected: names of fields, and of the secrets the shop needs. */
export function missingIn(draft: ShopDraft, shop: Shop | undefined, kinds: readonly Kind[]) {
  const { channel, kind, address, secrets, safetyStock, priceGroup } = draft
  const given = givenFor(kind, shop)
  const wanted = kinds.find((one) => one.kind === kind)?.secrets ?? []
  const fields = {
    channelName: channel.name.trim() !== '',
    code: channel.code.trim() !== '',
    kind: kind !== null,
    address: isAddress(address),
    publicAddress: isAddress(draft.publicAddress),
    safetyStock: safetyStock !== undefined,
    priceGroup: priceGroup.trim() !== '',
    locations: channel.locations.length > 0,
  }
  return {
    fields: (Object.keys(fields) as (keyof typeof fields)[]).filter((name) => !fields[name]),
    secrets: wanted.filter(({ name, optional }) => !optional && !given.includes(name) && !secrets[name]?.trim()),
  }
}
