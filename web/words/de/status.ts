import type { z } from 'zod'
import type { noteState } from '../../../common/delivery/api.ts'
import type { OrderStatus } from '../../../common/orders/api.ts'

export const status = {
  heads: { order: 'Auftrag', delivery: 'Lieferung', invoicing: 'Rechnung', payment: 'Zahlung' },
  order: {
    'on-hold': 'Angehalten',
    active: 'In Arbeit',
    completed: 'Abgeschlossen',
    cancelled: 'Storniert',
  } satisfies Record<OrderStatus['order'], string>,
  delivery: {
    'waiting-for-goods': 'Wartet auf Ware',
    ready: 'Lieferbar',
    'partly-delivered': 'Teilweise geliefert',
    delivered: 'Geliefert',
    'nothing-to-deliver': 'Nichts zu liefern',
  } satisfies Record<OrderStatus['delivery'], string>,
  invoicing: {
    'not-invoiced': 'Noch nicht berechnet',
    'partly-invoiced': 'Teilweise berechnet',
    invoiced: 'Berechnet',
    'nothing-to-invoice': 'Nichts zu berechnen',
  } satisfies Record<OrderStatus['invoicing'], string>,
  payment: {
    unpaid: 'Unbezahlt',
    'partly-paid': 'Teilweise bezahlt',
    paid: 'Bezahlt',
    prepaid: 'Vorausbezahlt',
    'nothing-to-pay': 'Nichts zu zahlen',
  } satisfies Record<OrderStatus['payment'], string>,
  note: { open: 'Zu packen', issued: 'Ausgeliefert', cancelled: 'Storniert' } satisfies Record<
    z.output<typeof noteState>,
    string
  >,
  invoice: {
    unpaid: 'Unbezahlt',
    'partly-paid': 'Teilweise bezahlt',
    paid: 'Bezahlt',
    corrected: 'Zurückgenommen',
    'nothing-to-pay': 'Nichts zu zahlen',
  },
  parked: { parked: 'Geparkt', completed: 'Übernommen', discarded: 'Verworfen' },
  overdue: (days: number) => (days === 1 ? '1 Tag überfällig' : `${days} Tage überfällig`),
  active: 'Aktiv',
  inactive: 'Inaktiv',
  blocked: 'Gesperrt',
}
