import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { listSearch, shell } from '../route-parts.tsx'

const cases = createRoute({
  getParentRoute: () => shell,
  path: '/cases',
  validateSearch: listSearch,
  staticData: { needs: 'links.read' },
  component: lazyRouteComponent(() => import('./list-cases.tsx'), 'ListCases'),
})
const oneCase = createRoute({
  getParentRoute: () => shell,
  path: '/cases/$id',
  staticData: { needs: 'links.read' },
  component: lazyRouteComponent(() => import('./show-case.tsx'), 'ShowCase'),
})

/** What customers report over their links. */
export const casePages = [cases, oneCase] as const
