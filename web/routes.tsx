import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { getMe } from '../common/kernel/api.ts'
import type { Permission } from '../common/permissions.ts'
import { billingPages } from './billing/routes.tsx'
import { casePages } from './links/routes.tsx'
import { keyOf, queries } from './load.ts'
import { only, plainSearch } from './only.ts'
import { paymentPages } from './payments/routes.tsx'
import { returnPages } from './returns/routes.tsx'
import { listSearch, root, shell } from './route-parts.tsx'
import { sendingPages } from './sending/routes.tsx'
import type { Me } from './session/me.tsx'
import { Broken, Missing } from './ui/page-states.tsx'

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface StaticDataRouteOption {
    /** the right without which the page only says that it is missing */
    needs?: Permission
  }
}

const logIn = createRoute({
  getParentRoute: () => root,
  path: '/log-in',
  validateSearch: only('to', 'ended'),
  component: lazyRouteComponent(() => import('./session/log-in.tsx'), 'LogIn'),
})
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  component: lazyRouteComponent(() => import('./session/set-up.tsx'), 'SetUp'),
})
const start = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    // the warehouse begins with what has to leave, everybody else with the orders
    const me = queries.getQueryData<Me>(keyOf(getMe, {}))
    throw redirect({
      to: me?.role === 'warehouse' ? '/open-lines' : me?.role === 'accounting' ? '/unbilled' : '/orders',
      replace: true,
    })
  },
})

const orders = createRoute({
  getParentRoute: () => shell,
  path: '/orders',
  validateSearch: listSearch,
  staticData: { needs: 'orders.read' },
  component: lazyRouteComponent(() => import('./orders/list-orders.tsx'), 'ListOrders'),
})
const newOrder = createRoute({
  getParentRoute: () => shell,
  path: '/orders/new',
  validateSearch: only('customerId'),
  staticData: { needs: 'orders.write' },
  component: lazyRouteComponent(() => import('./orders/new-order.tsx'), 'NewOrder'),
})
const order = createRoute({
  getParentRoute: () => shell,
  path: '/orders/$id',
  staticData: { needs: 'orders.read' },
  component: lazyRouteComponent(() => import('./orders/show-order.tsx'), 'ShowOrder'),
})
const parkedOrders = createRoute({
  getParentRoute: () => shell,
  path: '/parked-orders',
  validateSearch: only('show', 'channel', 'after', 'page'),
  staticData: { needs: 'orders.read' },
  component: lazyRouteComponent(() => import('./orders/list-parked-orders.tsx'), 'ListParkedOrders'),
})
const parkedOrder = createRoute({
  getParentRoute: () => shell,
  path: '/parked-orders/$id',
  staticData: { needs: 'orders.read' },
  component: lazyRouteComponent(() => import('./orders/show-parked-order.tsx'), 'ShowParkedOrder'),
})
const openLines = createRoute({
  getParentRoute: () => shell,
  path: '/open-lines',
  validateSearch: only('locationId', 'after', 'page', 'customerId', 'orderId'),
  staticData: { needs: 'delivery.read' },
  component: lazyRouteComponent(() => import('./delivery/list-open-lines.tsx'), 'ListOpenLines'),
})
const notes = createRoute({
  getParentRoute: () => shell,
  path: '/delivery-notes',
  validateSearch: listSearch,
  staticData: { needs: 'delivery.read' },
  component: lazyRouteComponent(() => import('./delivery/list-notes.tsx'), 'ListNotes'),
})
const note = createRoute({
  getParentRoute: () => shell,
  path: '/delivery-notes/$id',
  staticData: { needs: 'delivery.read' },
  component: lazyRouteComponent(() => import('./delivery/show-note.tsx'), 'ShowNote'),
})
const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  validateSearch: listSearch,
  staticData: { needs: 'inbox.read' },
  component: lazyRouteComponent(() => import('./inbox/list-received.tsx'), 'ListReceived'),
})
const received = createRoute({
  getParentRoute: () => shell,
  path: '/inbox/$id',
  staticData: { needs: 'inbox.read' },
  component: lazyRouteComponent(() => import('./inbox/show-received.tsx'), 'ShowReceived'),
})
const articles = createRoute({
  getParentRoute: () => shell,
  path: '/articles',
  validateSearch: listSearch,
  staticData: { needs: 'catalog.read' },
  component: lazyRouteComponent(() => import('./catalog/list-articles.tsx'), 'ListArticles'),
})
const newArticle = createRoute({
  getParentRoute: () => shell,
  path: '/articles/new',
  staticData: { needs: 'catalog.write' },
  component: lazyRouteComponent(() => import('./catalog/new-article.tsx'), 'NewArticle'),
})
const article = createRoute({
  getParentRoute: () => shell,
  path: '/articles/$id',
  staticData: { needs: 'catalog.read' },
  component: lazyRouteComponent(() => import('./catalog/show-article.tsx'), 'ShowArticle'),
})
const customers = createRoute({
  getParentRoute: () => shell,
  path: '/customers',
  validateSearch: listSearch,
  staticData: { needs: 'customers.read' },
  component: lazyRouteComponent(() => import('./customers/list-customers.tsx'), 'ListCustomers'),
})
const newCustomer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/new',
  staticData: { needs: 'customers.write' },
  component: lazyRouteComponent(() => import('./customers/new-customer.tsx'), 'NewCustomer'),
})
const customer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/$id',
  staticData: { needs: 'customers.read' },
  component: lazyRouteComponent(() => import('./customers/show-customer.tsx'), 'ShowCustomer'),
})
const shops = createRoute({
  getParentRoute: () => shell,
  path: '/shops',
  staticData: { needs: 'settings.read' },
  component: lazyRouteComponent(() => import('./shops/list-shops.tsx'), 'ListShops'),
})
const connectShop = createRoute({
  getParentRoute: () => shell,
  path: '/shops/new',
  validateSearch: only('channelId'),
  staticData: { needs: 'settings.write' },
  component: lazyRouteComponent(() => import('./shops/set-up-shop.tsx'), 'ConnectShop'),
})
const shop = createRoute({
  getParentRoute: () => shell,
  path: '/shops/$id',
  validateSearch: only('tab', 'q', 'show', 'direction', 'after', 'page'),
  staticData: { needs: 'settings.read' },
  component: lazyRouteComponent(() => import('./shops/show-shop.tsx'), 'ShowShop'),
})
const shopSetUp = createRoute({
  getParentRoute: () => shell,
  path: '/shops/$id/set-up',
  validateSearch: only('test'),
  staticData: { needs: 'settings.write' },
  component: lazyRouteComponent(() => import('./shops/set-up-shop.tsx'), 'SetUpShop'),
})
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  validateSearch: only('part'),
  staticData: { needs: 'settings.read' },
  component: lazyRouteComponent(() => import('./settings/settings.tsx'), 'Settings'),
})
const importCsv = createRoute({
  getParentRoute: () => shell,
  path: '/import',
  staticData: { needs: 'settings.write' },
  component: lazyRouteComponent(() => import('./settings/import-csv.tsx'), 'ImportCsv'),
})

const missing = createRoute({ getParentRoute: () => shell, path: '$', component: Missing })

const pages = [
  start,
  orders,
  newOrder,
  order,
  parkedOrders,
  parkedOrder,
  openLines,
  notes,
  note,
  ...returnPages,
  ...casePages,
  ...billingPages,
  ...sendingPages,
  inbox,
  received,
  ...paymentPages,
  articles,
  newArticle,
  article,
  customers,
  newCustomer,
  customer,
  shops,
  connectShop,
  shop,
  shopSetUp,
  settings,
  importCsv,
  missing,
] as const

export const router = createRouter({
  routeTree: root.addChildren([logIn, setUp, shell.addChildren(pages)]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultNotFoundComponent: Missing,
  defaultErrorComponent: Broken,
  ...plainSearch,
})
