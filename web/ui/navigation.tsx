import {
  IconAdjustmentsHorizontal,
  IconBox,
  IconBuildingStore,
  IconCashBanknote,
  IconChecklist,
  IconClipboardList,
  IconFileInvoice,
  IconHourglass,
  IconInbox,
  IconMailForward,
  IconMessageReport,
  IconPackageExport,
  IconParking,
  IconReceipt2,
  IconReceiptRefund,
  IconTruckDelivery,
  IconTruckReturn,
  IconUpload,
  IconUsers,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { listCases } from '../../common/links/api.ts'
import { listParkedOrders } from '../../common/orders/api.ts'
import type { Permission } from '../../common/permissions.ts'
import { getSendingState } from '../../common/sending/api.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { attentionOf, useShops } from '../shops/use-shops.ts'
import { useWords, type Words } from '../words/words.ts'

export type PageName = keyof Words['pages']

interface Entry {
  page: PageName
  to:
    | '/orders'
    | '/parked-orders'
    | '/open-lines'
    | '/delivery-notes'
    | '/returns'
    | '/cases'
    | '/unbilled'
    | '/billing-runs'
    | '/invoices'
    | '/inbox'
    | '/outbox'
    | '/payments'
    | '/open-items'
    | '/refunds'
    | '/articles'
    | '/customers'
    | '/shops'
    | '/settings'
    | '/import'
  needs: Permission
  icon: typeof IconBox
}

export const navigation: { group: keyof Words['groups']; entries: Entry[] }[] = [
  {
    group: 'sales',
    entries: [
      { page: 'orders', to: '/orders', needs: 'orders.read', icon: IconClipboardList },
      { page: 'parked', to: '/parked-orders', needs: 'orders.read', icon: IconParking },
      { page: 'shops', to: '/shops', needs: 'settings.read', icon: IconBuildingStore },
    ],
  },
  {
    group: 'delivery',
    entries: [
      { page: 'openLines', to: '/open-lines', needs: 'delivery.read', icon: IconPackageExport },
      { page: 'notes', to: '/delivery-notes', needs: 'delivery.read', icon: IconTruckDelivery },
      { page: 'returns', to: '/returns', needs: 'delivery.read', icon: IconTruckReturn },
      { page: 'cases', to: '/cases', needs: 'links.read', icon: IconMessageReport },
    ],
  },
  {
    group: 'billing',
    entries: [
      { page: 'unbilled', to: '/unbilled', needs: 'invoicing.read', icon: IconReceipt2 },
      { page: 'runs', to: '/billing-runs', needs: 'invoicing.read', icon: IconChecklist },
      { page: 'invoices', to: '/invoices', needs: 'invoicing.read', icon: IconFileInvoice },
      { page: 'outbox', to: '/outbox', needs: 'sending.read', icon: IconMailForward },
      { page: 'inbox', to: '/inbox', needs: 'inbox.read', icon: IconInbox },
      { page: 'payments', to: '/payments', needs: 'payments.read', icon: IconCashBanknote },
      { page: 'openItems', to: '/open-items', needs: 'payments.read', icon: IconHourglass },
      { page: 'refunds', to: '/refunds', needs: 'payments.read', icon: IconReceiptRefund },
    ],
  },
  {
    group: 'masterData',
    entries: [
      { page: 'articles', to: '/articles', needs: 'catalog.read', icon: IconBox },
      { page: 'customers', to: '/customers', needs: 'customers.read', icon: IconUsers },
      { page: 'import', to: '/import', needs: 'settings.write', icon: IconUpload },
      { page: 'settings', to: '/settings', needs: 'settings.read', icon: IconAdjustmentsHorizontal },
    ],
  },
]

export function Navigation({ onGo }: { onGo?: () => void }) {
  const { w } = useWords()
  const may = useMay()
  return (
    <nav className="nav" aria-label={w.navigation}>
      {navigation.map(({ group, entries }) => {
        const allowed = entries.filter((entry) => may(entry.needs))
        return (
          allowed.length > 0 && (
            <div key={group} className="nav-group">
              <p className="nav-head">{w.groups[group]}</p>
              {allowed.map((entry) => (
                <Link
                  key={entry.page}
                  to={entry.to}
                  className="nav-link"
                  activeProps={{ 'aria-current': 'page' }}
                  activeOptions={{ includeSearch: false }}
                  onClick={onGo}
                >
                  <entry.icon size={17} stroke={1.6} aria-hidden="true" />
                  <span>{w.pages[entry.page]}</span>
                  {entry.page === 'parked' && <ParkedCount />}
                  {entry.page === 'shops' && <ShopsCount />}
                  {entry.page === 'cases' && <CasesCount />}
                  {entry.page === 'outbox' && <OutboxCount />}
                </Link>
              ))}
            </div>
          )
        )
      })}
    </nav>
  )
}

/** Parked orders wait for a person, so their number stands where everybody sees it. */
function ParkedCount() {
  const { f } = useWords()
  const parked = useLoad(listParkedOrders, { limit: 100 })
  const count = parked.data?.rows.length ?? 0
  if (count === 0) return null
  return <span className="nav-count">{count === 100 && parked.data?.next ? '99+' : f.count(count)}</span>
}

/** Reports of customers that nobody has finished. */
function CasesCount() {
  const { f } = useWords()
  const cases = useLoad(listCases, { limit: 100 })
  const count = cases.data?.rows.length ?? 0
  if (count === 0) return null
  return <span className="nav-count">{count === 100 && cases.data?.next ? '99+' : f.count(count)}</span>
}

/** Mail that didn't go out and that nobody has looked after yet. */
function OutboxCount() {
  const { f } = useWords()
  const state = useLoad(getSendingState, {})
  const failed = state.data?.failed ?? 0
  return failed === 0 ? null : <span className="nav-count">{f.count(failed)}</span>
}

const SHOPS_EVERY_MS = 30_000

/** What waits for a person at the connected shops. */
function ShopsCount() {
  const { w, f } = useWords()
  const shops = useShops(SHOPS_EVERY_MS)
  const count = (shops.data?.shops ?? []).reduce((sum, shop) => sum + attentionOf(shop), 0)
  if (count === 0) return null
  return (
    <span className="nav-count" title={w.shops.attention(f.count(count))}>
      {f.count(count)}
    </span>
  )
}
