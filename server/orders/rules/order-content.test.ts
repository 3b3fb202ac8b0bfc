import { describe, expect, test } from 'vitest'
import { newOrder } from '../../../common/orders/api.ts'
import { contentOf, differencesOf } from './order-content.ts'

const order = newOrder.parse({
  channel: 'web',
  externalNumber: 'W-1',
  customer: { email: 'frau.muster@example.org', guest: true },
  billTo: { name: 'Erika Muster', street: 'Heideweg 4', postalCode: '02826', city: 'Görlitz' },
  note: 'bitte bei Krause klingeln',
  paymentMethod: 'on-delivery-note',
  lines: [{ article: 'S-1', quantity: 3000, unitPrice: 10_000 }],
})

describe('the content that tells two orders of the same number apart', () => {
  test('is the same however its fields are ordered', () => {
    const turned = newOrder.parse(Object.fromEntries(Object.entries(order).reverse()))
    expect(differencesOf(contentOf(order), contentOf(turned))).toEqual([])
  })

  test('names the field that differs, with both values', () => {
    const more = { ...order, lines: [{ ...order.lines[0]!, quantity: 4000 }] }
    expect(differencesOf(contentOf(order), contentOf(more))).toEqual(['lines.0.quantity: 3000 -> 4000'])
  })

  test('names a line that came or went', () => {
    const more = { ...order, lines: [...order.lines, { ...order.lines[0]!, article: 'S-2' }] }
    expect(differencesOf(contentOf(order), contentOf(more))[0]).toMatch(/^lines\.1: null -> /)
  })

  test('knows another address without holding one', () => {
    const moved = { ...order, billTo: { ...order.billTo!, street: 'Heideweg 5' } }
    expect(differencesOf(contentOf(order), contentOf(moved))).toEqual([expect.stringMatching(/^billTo: "/)])
    const kept = JSON.stringify(contentOf(order))
    for (const word of ['Muster', 'Heideweg', 'Krause', 'example.org']) expect(kept).not.toContain(word)
  })

  test('lists ten differences at most', () => {
    const many = { ...order, lines: Array.from({ length: 40 }, () => order.lines[0]!) }
    expect(differencesOf(contentOf(order), contentOf(many)).length).toBeLessThanOrEqual(10)
  })
})
