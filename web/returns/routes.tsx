import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { only } from '../only.ts'
import { listSearch, shell } from '../route-parts.tsx'

const returns = createRoute({
  getParentRoute: () => shell,
  path: '/returns',
  validateSearch: listSearch,
  staticData: { needs: 'delivery.read' },
  component: lazyRouteComponent(() => import('./list-returns.tsx'), 'ListReturns'),
})
const takeBack = createRoute({
  getParentRoute: () => shell,
  path: '/returns/new',
  validateSearch: only('customerId', 'noteId', 'invoiceId', 'caseId'),
  staticData: { needs: 'returns.write' },
  component: lazyRouteComponent(() => import('./take-back.tsx'), 'TakeBack'),
})
const goodsReturn = createRoute({
  getParentRoute: () => shell,
  path: '/returns/$id',
  staticData: { needs: 'delivery.read' },
  component: lazyRouteComponent(() => import('./show-return.tsx'), 'ShowReturn'),
})

/** Goods that came back: the list, the desk, one return. */
export const returnPages = [returns, takeBack, goodsReturn] as const
