import type { Permission } from '../../common/permissions.ts'

/** What each right allows, in words. */
export const permissionWords: Record<Permission, { de: string; en: string }> = {
  'orders.read': { de: 'Aufträge sehen', en: 'See orders' },
  'orders.write': { de: 'Aufträge anlegen und stornieren', en: 'Place and cancel orders' },
  'orders.release': { de: 'Angehaltene Aufträge freigeben', en: 'Release orders on hold' },
  'delivery.read': { de: 'Lieferscheine sehen', en: 'See delivery notes' },
  'delivery.write': {
    de: 'Lieferscheine anlegen, Warenausgang buchen',
    en: 'Create delivery notes, post goods issues',
  },
  'returns.write': { de: 'Ware zurücknehmen', en: 'Take goods back' },
  'links.read': { de: 'Kundenlinks und Meldungen sehen', en: 'See customer links and reports' },
  'links.write': {
    de: 'Kundenlinks anlegen und sperren, Meldungen beantworten',
    en: 'Make and revoke customer links, answer reports',
  },
  'invoicing.read': { de: 'Rechnungen sehen', en: 'See invoices' },
  'invoicing.write': { de: 'Rechnungen stellen und zurücknehmen', en: 'Issue and reverse invoices' },
  'inbox.read': { de: 'Erhaltene Rechnungen sehen', en: 'See received invoices' },
  'inbox.write': { de: 'Erhaltene Rechnungen ablegen', en: 'Put in received invoices' },
  'sending.read': { de: 'Versand der Belege sehen', en: 'See documents sent by e-mail' },
  'sending.write': { de: 'Belege per E-Mail versenden', en: 'Send documents by e-mail' },
  'payments.read': { de: 'Zahlungen sehen', en: 'See payments' },
  'payments.write': { de: 'Zahlungen erfassen und zuordnen', en: 'Record and allocate payments' },
  'payments.refund': { de: 'Geld erstatten', en: 'Pay money back' },
  'stock.read': { de: 'Bestand sehen', en: 'See stock' },
  'stock.write': { de: 'Bestand buchen', en: 'Post stock' },
  'catalog.read': { de: 'Artikel sehen', en: 'See articles' },
  'catalog.write': { de: 'Artikel anlegen und ändern', en: 'Create and change articles' },
  'customers.read': { de: 'Kunden sehen', en: 'See customers' },
  'customers.write': { de: 'Kunden anlegen und ändern', en: 'Create and change customers' },
  'settings.read': { de: 'Einstellungen sehen', en: 'See settings' },
  'settings.write': { de: 'Einstellungen ändern', en: 'Change settings' },
  'users.write': { de: 'Benutzer und Schlüssel verwalten', en: 'Manage users and keys' },
  'events.read': { de: 'Ereignisse abrufen', en: 'Read events' },
  'checkout.ask': { de: 'An der Kasse des Shops fragen', en: 'Ask at the checkout of a shop' },
}

export function permissionName(permission: unknown, language: 'de' | 'en'): string {
  return String(permission) in permissionWords
    ? permissionWords[permission as Permission][language]
    : String(permission)
}
