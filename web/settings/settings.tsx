import { Link, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Permission } from '../../common/permissions.ts'
import { useMay } from '../session/me.tsx'
import { Page } from '../ui/page.tsx'
import { NoRight } from '../ui/states.tsx'
import { useWords, type Words } from '../words/words.ts'
import './settings.css'

type Part = keyof Words['settings']['parts']

const parts: Record<Part, { needs: Permission; component: ReturnType<typeof lazy> }> = {
  company: { needs: 'settings.read', component: lazy(() => import('./company.tsx')) },
  documents: { needs: 'settings.read', component: lazy(() => import('./documents.tsx')) },
  billing: { needs: 'settings.read', component: lazy(() => import('./billing.tsx')) },
  sending: { needs: 'settings.write', component: lazy(() => import('./sending.tsx')) },
  branches: { needs: 'settings.read', component: lazy(() => import('./branches.tsx')) },
  channels: { needs: 'settings.read', component: lazy(() => import('./channels.tsx')) },
  vat: { needs: 'settings.read', component: lazy(() => import('./vat-rates.tsx')) },
  users: { needs: 'users.write', component: lazy(() => import('./users.tsx')) },
  keys: { needs: 'users.write', component: lazy(() => import('./api-keys.tsx')) },
  webhooks: { needs: 'settings.read', component: lazy(() => import('./webhooks.tsx')) },
}

/** Everything that is set once and changed seldom. */
export function Settings() {
  const { w } = useWords()
  const may = useMay()
  const search = useSearch({ from: '/shell/settings' })
  const part: Part = search.part && search.part in parts ? (search.part as Part) : 'company'
  const Shown = parts[part].component
  return (
    <Page title={w.pages.settings}>
      <div className="settings">
        <nav className="settings-nav" aria-label={w.pages.settings}>
          {(Object.keys(parts) as Part[])
            .filter((name) => may(parts[name].needs))
            .map((name) => (
              <Link
                key={name}
                to="/settings"
                search={{ part: name }}
                className="nav-link"
                aria-current={name === part ? 'page' : undefined}
              >
                <span>{w.settings.parts[name]}</span>
              </Link>
            ))}
        </nav>
        <div className="settings-part">
          {may(parts[part].needs) ? (
            <Suspense fallback={<div className="block-skeleton" />}>
              <Shown />
            </Suspense>
          ) : (
            <NoRight permission={parts[part].needs} />
          )}
        </div>
      </div>
    </Page>
  )
}
