import { Button, type ButtonProps } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ComponentPropsWithoutRef, type ReactNode, useEffect } from 'react'
import './page.css'

interface PageProps {
  title: string
  /** the list this page belongs to */
  parent?: { to: LinkProps['to']; word: string }
  /** the state in words, under the title */
  state?: ReactNode
  primary?: ReactNode
  actions?: ReactNode
  /** narrow for forms, so that a line of fields stays readable */
  narrow?: boolean
  children: ReactNode
}

/** One page, one question: title, the state in words, the one primary action at the top right. */
export function Page({ title, parent, state, primary, actions, narrow, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Tresen`
  }, [title])
  return (
    <div className={narrow ? 'page page-narrow' : 'page'}>
      <header className="page-head">
        <div className="page-title">
          {parent && (
            <Link to={parent.to} className="page-parent">
              <IconArrowLeft size={14} aria-hidden="true" /> {parent.word}
            </Link>
          )}
          <h1 tabIndex={-1}>{title}</h1>
          {state && (
            <div className="page-state" aria-live="polite">
              {state}
            </div>
          )}
        </div>
        <div className="page-actions">
          {actions}
          {primary}
        </div>
      </header>
      {children}
    </div>
  )
}

export function Section({ title, aside, children }: { title?: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="section">
      {(title || aside) && (
        <div className="section-head">
          {title && <h2>{title}</h2>}
          {aside}
        </div>
      )}
      {children}
    </section>
  )
}

/** Main column and a narrower one for what explains it. */
export function Columns({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className="columns">
      <div className="columns-main">{children}</div>
      <aside className="columns-side">{side}</aside>
    </div>
  )
}

/** Names and values one under the other; what is empty is left out. */
export function Facts({ facts }: { facts: (readonly [string, ReactNode] | false)[] }) {
  return (
    <dl className="facts">
      {facts.map(
        (fact) =>
          fact &&
          fact[1] !== null &&
          fact[1] !== false &&
          fact[1] !== undefined &&
          fact[1] !== '' && (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

type ActionProps = ButtonProps & ComponentPropsWithoutRef<'button'>

/** The one action of the page: also on Ctrl-Enter. */
export function Primary(props: ActionProps) {
  return <Button data-primary="" title="Strg+Enter" {...props} />
}

export function Secondary(props: ActionProps) {
  return <Button variant="default" {...props} />
}

/** An amber or red strip for what wants a decision before the work goes on. */
export function Notice({
  tone,
  title,
  children,
  action,
}: {
  tone: 'amber' | 'red' | 'plain'
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={`notice notice-${tone}`} role={tone === 'plain' ? undefined : 'status'}>
      <div className="notice-words">
        <p className="strong">{title}</p>
        {children}
      </div>
      {action}
    </div>
  )
}
