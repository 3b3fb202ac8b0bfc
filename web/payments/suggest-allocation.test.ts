import { describe, expect, it } from 'vitest'
import { type OpenItem, suggestAllocation } from './suggest-allocation.ts'

const item = (invoiceId: string, open: number, skonto: OpenItem['skonto'] = []): OpenItem => ({
  invoiceId,
  dueOn: '2026-12-01',
  open,
  skonto,
})
const older = item('older', 50_000)
const newer = item('newer', 100_000, [{ until: '2026-11-30', discount: 2_000 }])

describe('the suggested allocation of a payment', () => {
  it('takes the invoice whose amount it is, not the oldest', () => {
    expect(suggestAllocation([older, newer], 100_000, '2026-11-24')).toEqual([
      { invoiceId: 'newer', amount: 100_000, skonto: 0 },
    ])
  })
  it('understands a payment less Skonto while the Skonto is valid', () => {
    expect(suggestAllocation([older, newer], 98_000, '2026-11-24')).toEqual([
      { invoiceId: 'newer', amount: 98_000, skonto: 2_000 },
    ])
  })
  it('takes no Skonto once its day has passed', () => {
    expect(suggestAllocation([older, newer], 98_000, '2026-12-05')).toEqual([
      { invoiceId: 'older', amount: 50_000, skonto: 0 },
      { invoiceId: 'newer', amount: 48_000, skonto: 0 },
    ])
  })
  it('pays all invoices at once, each less its Skonto', () => {
    expect(suggestAllocation([older, newer], 148_000, '2026-11-24')).toEqual([
      { invoiceId: 'older', amount: 50_000, skonto: 0 },
      { invoiceId: 'newer', amount: 98_000, skonto: 2_000 },
    ])
  })
  it('begins with the invoice that was asked for', () => {
    expect(suggestAllocation([older, newer], 10_000, '2026-11-24', 'newer')).toEqual([
      { invoiceId: 'newer', amount: 10_000, skonto: 0 },
    ])
  })
  it('leaves what is too much as credit', () => {
    expect(suggestAllocation([older], 60_000, '2026-11-24')).toEqual([
      { invoiceId: 'older', amount: 50_000, skonto: 0 },
    ])
  })
})
