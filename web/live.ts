import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'

interface LiveEvent {
  cursor: string
  type: string
  data: Record<string, unknown>
}

const eventTypes = [
  'order.placed',
  'order.held',
  'order.released',
  'order.cancelled',
  'order.parked',
  'order.unparked',
  'delivery-note.created',
  'delivery-note.cancelled',
  'delivery.goods-issued',
  'delivery.receipt-recorded',
  'billing-run.planning',
  'billing-run.planned',
  'billing-run.billing',
  'billing-run.changed',
  'billing-run.stopped',
  'billing-run.done',
  'billing-run.discarded',
  'invoice.issued',
  'invoice.corrected',
  'inbox.received',
  'payment.recorded',
  'payment.refunded',
  'payment.refund-paid',
  'payment.refund-cancelled',
  'payment-file.made',
  'payment-file.handed-over',
  'payment-file.withdrawn',
  'return.taken-back',
  'return.cancelled',
  'return.inspected',
  'sending.queued',
  'sending.sent',
  'sending.delayed',
  'sending.failed',
  'sending.cancelled',
  'sending.returned',
  'link.made',
  'link.revoked',
  'case.reported',
  'case.answered',
  'case.closed',
  'payment.allocated',
  'stock.changed',
  'document.ready',
]

/** Which reads an event may have changed; a read of one thing is left alone when the event names another. */
const touched: Record<string, { starts: string[]; idName?: string }[]> = {
  order: [
    { starts: ['/api/orders/'], idName: 'orderId' },
    { starts: ['/api/orders', '/api/parked-orders', '/api/delivery/', '/api/customers'] },
  ],
  'delivery-note': [
    { starts: ['/api/delivery-notes/'], idName: 'deliveryNoteId' },
    { starts: ['/api/delivery', '/api/orders'] },
  ],
  delivery: [
    { starts: ['/api/delivery-notes/'], idName: 'deliveryNoteId' },
    { starts: ['/api/delivery', '/api/orders', '/api/customers', '/api/billing'] },
  ],
  invoice: [
    { starts: ['/api/invoices/'], idName: 'invoiceId' },
    { starts: ['/api/invoices', '/api/billing', '/api/delivery', '/api/orders', '/api/open-items', '/api/customers'] },
  ],
  inbox: [{ starts: ['/api/inbox'] }],
  link: [{ starts: ['/api/links'] }],
  case: [{ starts: ['/api/cases/'], idName: 'caseId' }, { starts: ['/api/cases'] }],
  'billing-run': [{ starts: ['/api/billing'] }],
  'payment-file': [{ starts: ['/api/payment-files', '/api/refunds'] }],
  payment: [
    {
      starts: [
        '/api/payments',
        '/api/refunds',
        '/api/credits',
        '/api/invoices',
        '/api/open-items',
        '/api/orders',
        '/api/customers',
      ],
    },
  ],
  return: [
    {
      starts: [
        '/api/returns',
        '/api/delivery',
        '/api/orders',
        '/api/invoices',
        '/api/open-items',
        '/api/customers',
        '/api/refunds',
        '/api/credits',
      ],
    },
  ],
  sending: [{ starts: ['/api/sending', '/api/documents/', '/api/customers/'] }],
  stock: [{ starts: ['/api/stock', '/api/articles', '/api/delivery/'] }],
  document: [
    { starts: ['/api/documents/', '/api/delivery-notes/', '/api/invoices/', '/api/returns/', '/api/payment-files/'] },
  ],
}

/** Marks what the events touch as stale; what is on the screen is read again, in one go for many events. */
export function refresh(client: QueryClient, events: LiveEvent[]): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey: [path, input] }) =>
      typeof path === 'string' && events.some((event) => touches(event, path, input)),
  })
}

function touches(event: LiveEvent, path: string, input: unknown): boolean {
  for (const { starts, idName } of touched[event.type.split('.')[0]!] ?? []) {
    if (!starts.some((start) => path.startsWith(start))) continue
    const named = idName === undefined ? undefined : event.data[idName]
    if (named === undefined || !path.includes('/:id')) return true
    return (input as { id?: unknown } | undefined)?.id === named
  }
  return false
}

type Connection = 'connecting' | 'live' | 'lost'
let connection: Connection = 'connecting'
const listeners = new Set<() => void>()
function say(next: Connection): void {
  if (next === connection) return
  connection = next
  for (const listener of listeners) listener()
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => connection,
  )
}

/** Events of a burst are gathered this long, so that a shop's thousand orders do not reload a list a thousand times. */
const GATHER_MS = 400

/**
 * Follows the server's events while the page is visible. Hidden pages hold no connection: a browser gives one server
 * only a handful, and ten open tabs would otherwise block each other.
 */
export function useLiveEvents(client: QueryClient): void {
  useEffect(() => {
    let source: EventSource | null = null
    let gathered: LiveEvent[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    let reopen: ReturnType<typeof setTimeout> | undefined
    let missed = false

    const take = (message: MessageEvent<string>) => {
      gathered.push(JSON.parse(message.data) as LiveEvent)
      timer ??= setTimeout(() => {
        const events = gathered
        gathered = []
        timer = undefined
        void refresh(client, events)
      }, GATHER_MS)
    }
    const open = () => {
      if (source || document.hidden) return
      source = new EventSource('/api/events')
      source.onopen = () => {
        say('live')
        if (missed) void client.invalidateQueries()
        missed = false
      }
      source.onerror = () => {
        say('lost')
        missed = true
        if (source?.readyState === EventSource.CLOSED) {
          close()
          reopen = setTimeout(open, 3_000)
        }
      }
      source.onmessage = take
      for (const type of eventTypes) source.addEventListener(type, take as EventListener)
    }
    const close = () => {
      source?.close()
      source = null
      clearTimeout(reopen)
    }
    const look = () => {
      if (document.hidden) {
        close()
        missed = true
      } else open()
    }
    const offline = () => {
      close()
      missed = true
      say('lost')
    }
    open()
    document.addEventListener('visibilitychange', look)
    window.addEventListener('offline', offline)
    window.addEventListener('online', open)
    return () => {
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('offline', offline)
      window.removeEventListener('online', open)
      clearTimeout(timer)
      close()
    }
  }, [client])
}
