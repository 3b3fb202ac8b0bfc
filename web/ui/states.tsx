import { Button } from '@mantine/core'
import { IconAlertTriangle, IconInbox, IconLock, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Problem, problemText } from '../api.ts'
import { permissionName } from '../words/permissions.ts'
import { useWords } from '../words/words.ts'
import './states.css'

/** Nothing here yet, and what to do about it. */
export function Empty({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className="empty">
      <IconInbox size={28} stroke={1.4} aria-hidden="true" />
      <p className="strong">{title}</p>
      {hint && <p className="quiet">{hint}</p>}
      {action}
    </div>
  )
}

/** A whole area could not be read. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { w, language } = useWords()
  if (error instanceof Problem && error.code === 'not-found') {
    return (
      <Empty
        title={problemText(error, language)}
        hint={w.states.notFound}
        action={
          <Button variant="default" onClick={() => history.back()}>
            {w.actions.back}
          </Button>
        }
      />
    )
  }
  return (
    <div className="empty" role="alert">
      <IconAlertTriangle size={28} stroke={1.4} aria-hidden="true" />
      <p className="strong">{w.states.failedTitle}</p>
      <p className="quiet">{problemText(error, language)}</p>
      {retry && (
        <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={retry}>
          {w.actions.retry}
        </Button>
      )}
    </div>
  )
}

export function NoRight({ permission }: { permission: string }) {
  const { w, language } = useWords()
  return (
    <div className="empty">
      <IconLock size={28} stroke={1.4} aria-hidden="true" />
      <p className="strong">{w.states.noRightTitle}</p>
      <p className="quiet">{w.states.noRight(permissionName(permission, language))}</p>
    </div>
  )
}

/** The answer of a refused action, beside the button that asked. */
export function Refused({ error }: { error: unknown }) {
  const { language } = useWords()
  return (
    <div className="refused" role="alert">
      {error ? problemText(error, language) : null}
    </div>
  )
}

/** A bar in the size of the text that will come. */
export function Bar({ width = '60%' }: { width?: string }) {
  return <span className="bar" style={{ width }} aria-hidden="true" />
}

/** The outline of a document page while it loads. */
export function PageSkeleton() {
  const { w } = useWords()
  return (
    <div className="page" aria-busy="true">
      <span className="hidden-visually">{w.states.loading}</span>
      <div className="page-head">
        <div className="page-title page-title-skeleton">
          <Bar width="90px" />
          <Bar width="260px" />
          <Bar width="340px" />
        </div>
      </div>
      <div className="block-skeleton block-skeleton-low" />
      <div className="block-skeleton" />
    </div>
  )
}
