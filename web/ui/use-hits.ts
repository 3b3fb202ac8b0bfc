import { listArticles } from '../../common/catalog/api.ts'
import { listCustomers } from '../../common/customers/api.ts'
import { listDeliveryNotes } from '../../common/delivery/api.ts'
import { listInvoices } from '../../common/invoicing/api.ts'
import { listOrders } from '../../common/orders/api.ts'
import type { Permission } from '../../common/permissions.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { useWords } from '../words/words.ts'
import { navigation } from './navigation.tsx'
import { unitName } from './unit.ts'

export interface Hit {
  key: string
  word: string
  detail: string
  end?: string
  href: string
}

const EACH = 5

/** What a search finds, by kind; without a search, the pages and actions. */
export function useHits(q: string): { groups: { name: string; hits: Hit[] }[]; searching: boolean } {
  const { w, f } = useWords()
  const may = useMay()
  const input = { q, limit: EACH }
  const on = (needs: Permission) => ({ enabled: q.length > 0 && may(needs), keep: q.length > 0 })
  const orders = useLoad(listOrders, input, on('orders.read'))
  const notes = useLoad(listDeliveryNotes, input, on('delivery.read'))
  const invoices = useLoad(listInvoices, input, on('invoicing.read'))
  const customers = useLoad(listCustomers, input, on('customers.read'))
  const articles = useLoad(listArticles, input, on('catalog.read'))

  const matches = (word: string) => word.toLowerCase().includes(q.toLowerCase())
  const actions: (Hit & { needs: Permission })[] = [
    { key: 'new-order', word: w.orders.newOrder, detail: '', href: '/orders/new', needs: 'orders.write' },
    { key: 'new-payment', word: w.payments.record, detail: '', href: '/payments/new', needs: 'payments.write' },
    {
      key: 'new-customer',
      word: w.customers.newCustomer,
      detail: '',
      href: '/customers/new',
      needs: 'customers.write',
    },
    { key: 'new-article', word: w.articles.newArticle, detail: '', href: '/articles/new', needs: 'catalog.write' },
  ]
  const pages = navigation
    .flatMap((group) => group.entries)
    .filter((entry) => may(entry.needs) && matches(w.pages[entry.page]))
    .map((entry): Hit => ({ key: entry.page, word: w.pages[entry.page], detail: '', href: entry.to }))
  const found = q.length > 0
  const groups = [
    {
      name: w.pages.orders,
      hits: found
        ? (orders.data?.rows ?? []).map((o) => ({
            key: o.id,
            word: o.number,
            detail: o.customerName,
            end: f.dayOfMoment(o.orderedAt),
            href: `/orders/${o.id}`,
          }))
        : [],
    },
    {
      name: w.pages.notes,
      hits: found
        ? (notes.data?.rows ?? []).map((n) => ({
            key: n.id,
            word: n.number ?? w.delivery.noteWithoutNumber,
            detail: n.customerName,
            end: w.status.note[n.state],
            href: `/delivery-notes/${n.id}`,
          }))
        : [],
    },
    {
      name: w.pages.invoices,
      hits: found
        ? (invoices.data?.rows ?? []).map((i) => ({
            key: i.id,
            word: i.number,
            detail: i.customerName,
            end: f.euros(i.gross),
            href: `/invoices/${i.id}`,
          }))
        : [],
    },
    {
      name: w.pages.customers,
      hits: found
        ? (customers.data?.rows ?? []).map((c) => ({
            key: c.id,
            word: c.name,
            detail: c.city,
            end: c.number,
            href: `/customers/${c.id}`,
          }))
        : [],
    },
    {
      name: w.pages.articles,
      hits: found
        ? (articles.data?.rows ?? []).map((a) => ({
            key: a.id,
            word: a.number,
            detail: a.nameDe,
            end: `${f.quantity(a.available)} ${unitName(w, a.unit, a.available)}`,
            href: `/articles/${a.id}`,
          }))
        : [],
    },
    { name: w.find.actions, hits: actions.filter((action) => may(action.needs) && matches(action.word)) },
    { name: w.find.pages, hits: pages },
  ].filter((group) => group.hits.length > 0)
  return { groups, searching: [orders, notes, invoices, customers, articles].some((load) => load.isFetching) }
}
