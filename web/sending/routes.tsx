import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { listSearch, shell } from '../route-parts.tsx'

const outbox = createRoute({
  getParentRoute: () => shell,
  path: '/outbox',
  validateSearch: listSearch,
  staticData: { needs: 'sending.read' },
  component: lazyRouteComponent(() => import('./list-messages.tsx'), 'ListMessages'),
})
const message = createRoute({
  getParentRoute: () => shell,
  path: '/outbox/$id',
  staticData: { needs: 'sending.read' },
  component: lazyRouteComponent(() => import('./show-message.tsx'), 'ShowMessage'),
})

/** Documents sent by e-mail: the outbox, one message with its attempts. */
export const sendingPages = [outbox, message] as const
