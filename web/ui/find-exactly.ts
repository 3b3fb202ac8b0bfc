import { listArticles } from '../../common/catalog/api.ts'
import { listDeliveryNotes } from '../../common/delivery/api.ts'
import { listInvoices } from '../../common/invoicing/api.ts'
import { listOrders } from '../../common/orders/api.ts'
import { listPayments } from '../../common/payments/api.ts'
import type { Permission } from '../../common/permissions.ts'
import { call } from '../api.ts'
import type { DocumentKind } from './chain.tsx'

interface Found {
  kind: DocumentKind | 'article'
  id: string
}

/** The one document or article that a scanned code names; undefined when none or several do. */
export async function findExactly(code: string, may: (permission: Permission) => boolean): Promise<Found | undefined> {
  const q = code.trim()
  const input = { q, limit: 10 }
  const same = (number: string | null | undefined) => number?.toLowerCase() === q.toLowerCase()
  const lookups: Promise<Found[]>[] = [
    may('delivery.read')
      ? call(listDeliveryNotes, input).then((a) =>
          a.rows.filter((r) => same(r.number)).map((r) => ({ kind: 'delivery-note', id: r.id })),
        )
      : none,
    may('orders.read')
      ? call(listOrders, input).then((a) =>
          a.rows.filter((r) => same(r.number) || same(r.externalNumber)).map((r) => ({ kind: 'order', id: r.id })),
        )
      : none,
    may('invoicing.read')
      ? call(listInvoices, input).then((a) =>
          a.rows.filter((r) => same(r.number)).map((r) => ({ kind: 'invoice', id: r.id })),
        )
      : none,
    may('payments.read')
      ? call(listPayments, input).then((a) =>
          a.rows.filter((r) => same(r.number)).map((r) => ({ kind: 'payment', id: r.id })),
        )
      : none,
    may('catalog.read')
      ? call(listArticles, input).then((a) =>
          a.rows.filter((r) => same(r.number) || sameGtin(r.gtin, q)).map((r) => ({ kind: 'article', id: r.id })),
        )
      : none,
  ]
  const found = (await Promise.all(lookups.map((lookup) => lookup.catch(() => [])))).flat()
  return found.length === 1 ? found[0] : undefined
}

const none: Promise<Found[]> = Promise.resolve([])

/** A GTIN is the same number with or without leading zeros: EAN-13 on the article, GTIN-14 on the carton. */
function sameGtin(gtin: string | null, code: string): boolean {
  return gtin !== null && /^\d{8,14}$/.test(code) && gtin.padStart(14, '0') === code.padStart(14, '0')
}
