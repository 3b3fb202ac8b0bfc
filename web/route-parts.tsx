import { createRootRoute, createRoute, Outlet } from '@tanstack/react-router'
import { only } from './only.ts'
import type { ListSearch } from './ui/list.tsx'
import { Shell } from './ui/shell.tsx'

/* What the pages of every folder are hung on. */

export const listSearch: (search: Record<string, unknown>) => ListSearch = only(
  'q',
  'show',
  'customerId',
  'rule',
  'age',
  'after',
  'page',
)

export const root = createRootRoute({ component: Outlet })
export const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })
