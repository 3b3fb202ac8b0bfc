import type { HttpClient } from './http-client.ts'
import type { World } from './world.ts'

export interface Chain {
  orderId: string
  noteId: string
  invoiceId: string
}

/** Five requests: order of five lines with reservation, delivery note, goods issue, invoice, payment. */
export async function playChain(client: HttpClient, world: World, random: () => number): Promise<Chain> {
  const customer = world.customers[Math.floor(random() * world.customers.length)]!
  const { orderId, noteId } = await deliver(client, world, customer.number, random)
  const invoice = await client.post<{ id: string; amountDue: number }>('/api/invoices', { noteIds: [noteId] })
  const allocations = [{ invoiceId: invoice.id, amount: invoice.amountDue }]
  await client.post('/api/payments', {
    customerId: customer.id,
    amount: invoice.amountDue,
    receivedOn: today(),
    allocations,
  })
  return { orderId, noteId, invoiceId: invoice.id }
}

export async function deliver(
  client: HttpClient,
  world: World,
  customerNumber: string,
  random: () => number,
): Promise<{ orderId: string; noteId: string }> {
  const lines = Array.from({ length: 5 }, () => ({
    article: world.articles[Math.floor(random() * world.articles.length)]!,
    quantity: 1000 + Math.floor(random() * 5) * 1000,
  }))
  const { orderId } = await client.post<{ orderId: string }>('/api/orders', {
    channel: 'phone',
    customer: { customerNumber },
    paymentMethod: 'on-delivery-note',
    lines,
  })
  const note = await client.post<{ id: string }>('/api/delivery-notes', { orderIds: [orderId] })
  await client.post(`/api/delivery-notes/${note.id}/goods-issue`, { parcels: 1 })
  return { orderId, noteId: note.id }
}

const today = () => new Date().toISOString().slice(0, 10)

/** The same numbers in every run. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}
