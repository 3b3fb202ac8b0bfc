import { createContext, type ReactNode, useContext } from 'react'
import type { z } from 'zod'
import type { getMe } from '../../common/kernel/api.ts'
import type { Permission } from '../../common/permissions.ts'

export type Me = z.output<(typeof getMe)['output']>

const MeContext = createContext<Me | null>(null)

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>
}

export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('used outside the logged-in part')
  return me
}

/** Whether the user may do something: what one may not do isn't shown. */
export function useMay(): (permission: Permission) => boolean {
  const me = useContext(MeContext)
  return (permission) => me?.permissions.includes(permission) ?? false
}
