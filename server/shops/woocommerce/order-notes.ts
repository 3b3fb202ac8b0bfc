import { isRecord } from '../shop-order.ts'
import { listOf, type WooApi } from './api.ts'

/** The notes of one order: read once when the first is to be written, so that none is written twice. */
export interface OrderNotes {
  /** true: it was written; false: it was there */
  add(text: string, options: { toBuyer?: boolean; isThere: (note: string) => boolean }): Promise<boolean>
}

export function orderNotes(api: WooApi, orderId: string): OrderNotes {
  const path = `orders/${orderId}/notes`
  let known: string[] | undefined
  return {
    async add(text, { toBuyer = false, isThere }) {
      // all in one answer: notes of an order have no pages
      known ??= listOf((await api.get(path)).json, path)
        .filter(isRecord)
        .map((note) => String(note.note ?? ''))
      if (known.some(isThere)) return false
      await api.send('POST', path, { note: text, customer_note: toBuyer })
      known.push(text)
      return true
    },
  }
}
