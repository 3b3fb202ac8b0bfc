import { describe, expect, test } from 'vitest'
import { addDays } from '../../../common/dates.ts'
import { type BillingRule, dueOn } from './due-on.ts'
import { type BillingTerms, groupPortions, type Portion } from './group-portions.ts'

const portion = (change: Partial<Portion> = {}): Portion => ({
  noteId: 'n1',
  deliveredOn: '2026-11-10',
  orderId: 'o1',
  customerId: 'k1',
  billTo: 'b1',
  deliverTo: 'd1',
  priceMode: 'net',
  paymentMethod: 'on-delivery-note',
  vatCategory: 'S',
  buyerOrderNumber: null,
  noteLineIds: ['l1'],
  gross: 11_900,
  ...change,
})
const monthly: BillingTerms = { rule: 'monthly', amount: 0, grouping: 'none' }
const count = (changes: Partial<Portion>[], terms: Partial<BillingTerms> = {}) =>
  groupPortions(
    changes.map((c, i) => portion({ noteId: `n${i}`, noteLineIds: [`l${i}`], ...c })),
    { ...monthly, ...terms },
  ).length

describe('on one invoice', () => {
  test('stand all notes of a month of one customer', () => {
    const [bill, ...others] = groupPortions(
      [
        portion({ noteId: 'n2', deliveredOn: '2026-11-30', noteLineIds: ['l3'] }),
        portion({ deliveredOn: '2026-11-01', noteLineIds: ['l1', 'l2'] }),
      ],
      monthly,
    )
    expect(others).toEqual([])
    expect(bill).toEqual({
      customerId: 'k1',
      dueOn: '2026-12-01',
      deliveredFrom: '2026-11-01',
      deliveredTo: '2026-11-30',
      noteIds: ['n1', 'n2'],
      noteLineIds: ['l1', 'l2', 'l3'],
      gross: 23_800,
    })
  })

  test('never stand two customers, addresses, price modes, ways to pay, VAT treatments or periods', () => {
    for (const other of [
      { customerId: 'k2' },
      { billTo: 'b2' },
      { priceMode: 'gross' },
      { paymentMethod: 'direct-debit' },
      { vatCategory: 'AE' },
      { vatCategory: 'K' },
      { vatCategory: 'E' },
      { deliveredOn: '2026-12-01' },
    ] as Partial<Portion>[])
      expect(count([{}, other]), JSON.stringify(other)).toBe(2)
  })

  test('stand the full and the zero rate, and orders on delivery note and on invoice', () => {
    expect(count([{}, { vatCategory: 'Z' }, { paymentMethod: 'on-invoice' }])).toBe(1)
  })

  test('by choice each order, delivery address or order number of the buyer stands alone', () => {
    const two = [{}, { orderId: 'o2', deliverTo: 'd2', buyerOrderNumber: 'B-7' }]
    expect(count(two)).toBe(1)
    for (const grouping of ['order', 'delivery-address', 'buyer-order-number'] as const)
      expect(count(two, { grouping })).toBe(2)
  })

  test('per delivery each note stands alone, also two of one day (one invoice per delivery)', () => {
    expect(count([{}, {}], { rule: 'per-delivery' })).toBe(2)
    expect(count([{ noteId: 'n1' }, { noteId: 'n1', orderId: 'o2' }], { rule: 'per-delivery' })).toBe(1)
  })

  test('above an amount it is due on the day whose delivery reached it, and all is taken together', () => {
    const terms: BillingTerms = { rule: 'above-amount', amount: 20_000, grouping: 'none' }
    const [first, second] = [portion(), portion({ noteId: 'n2', deliveredOn: '2026-12-03', noteLineIds: ['l2'] })]
    expect(groupPortions([first], terms)[0]!.dueOn).toBeNull()
    expect(groupPortions([second, first], terms)).toMatchObject([{ dueOn: '2026-12-03', gross: 23_800 }])
  })
})

/** A small generator with a seed of its own, so that a failure comes again. */
function dice(seed: number) {
  let state = seed
  return (sides: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

test('whatever is delivered to whomever: each line stands on one invoice, and everything on it belongs together', () => {
  const rules: BillingRule[] = ['per-delivery', 'daily', 'weekly', 'fortnightly', 'first-and-fifteenth', 'monthly']
  const groupings = ['none', 'order', 'delivery-address', 'buyer-order-number'] as const
  for (let seed = 1; seed <= 300; seed++) {
    const roll = dice(seed)
    const portions = Array.from({ length: 1 + roll(40) }, (_, i) => {
      const note = roll(20)
      return portion({
        noteId: `n${note}`,
        deliveredOn: addDays('2026-01-20', 3 * note),
        orderId: `o${roll(5)}`,
        customerId: `k${roll(3)}`,
        // an address that two customers share must not bring them together
        billTo: `b${roll(2)}`,
        deliverTo: `d${roll(3)}`,
        priceMode: roll(2) ? 'net' : 'gross',
        paymentMethod: ['on-delivery-note', 'on-invoice', 'direct-debit'][roll(3)]!,
        vatCategory: ['S', 'Z', 'K', 'AE'][roll(4)]!,
        buyerOrderNumber: roll(2) ? `B${roll(2)}` : null,
        noteLineIds: [`l${i}`],
        gross: roll(100_000),
      })
    })
    const terms: BillingTerms = {
      rule: [...rules, 'above-amount' as const, 'by-hand' as const][roll(8)]!,
      amount: roll(500_000),
      grouping: groupings[roll(4)]!,
    }
    const bills = groupPortions(portions, terms)
    const byLine = new Map(portions.map((p) => [p.noteLineIds[0]!, p]))
    expect(bills.flatMap((b) => b.noteLineIds).sort()).toEqual([...byLine.keys()].sort())
    expect(bills.reduce((sum, b) => sum + b.gross, 0)).toBe(portions.reduce((sum, p) => sum + p.gross, 0))
    for (const bill of bills) {
      const inIt = bill.noteLineIds.map((id) => byLine.get(id)!)
      const alike = (of: (p: Portion) => unknown) => expect(new Set(inIt.map(of)).size, `seed ${seed}`).toBe(1)
      alike((p) => p.customerId)
      alike((p) => p.billTo)
      alike((p) => p.priceMode)
      alike((p) => p.paymentMethod === 'direct-debit')
      alike((p) => (p.vatCategory === 'Z' ? 'S' : p.vatCategory))
      alike((p) => dueOn(terms.rule, p.deliveredOn))
      if (terms.grouping === 'order') alike((p) => p.orderId)
      if (terms.grouping === 'delivery-address') alike((p) => p.deliverTo)
      if (terms.grouping === 'buyer-order-number') alike((p) => p.buyerOrderNumber)
    }
  }
})
