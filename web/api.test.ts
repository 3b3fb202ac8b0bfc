import { expect, it } from 'vitest'
import { importCsv } from '../common/catalog/api.ts'
import { listOrders, releaseOrder } from '../common/orders/api.ts'
import { newId, requestOf } from './api.ts'

it('puts what the path names into the path and the rest into the body', () => {
  expect(requestOf(releaseOrder, { id: 'x/y', reason: 'geklärt' })).toEqual({
    address: '/api/orders/x%2Fy/release',
    body: { reason: 'geklärt' },
  })
})
it('asks with a query string and leaves out what is empty', () => {
  expect(requestOf(listOrders, { q: 'Müller & Söhne', show: 'all', after: undefined, customerId: '' })).toEqual({
    address: '/api/orders?q=M%C3%BCller+%26+S%C3%B6hne&show=all',
  })
})
it('knows a query beside a body by the contract', () => {
  expect(requestOf(importCsv, { kind: 'articles', dryRun: 'true', csv: 'a;b' })).toEqual({
    address: '/api/import/articles?dryRun=true',
    body: { csv: 'a;b' },
  })
})
it('makes ids of version 7 that sort by time', () => {
  const ids = Array.from({ length: 3 }, newId)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
