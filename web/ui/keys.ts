import { notifications } from '@mantine/notifications'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useMay } from '../session/me.tsx'
import { useWords } from '../words/words.ts'
import { pageOfDocument } from './chain.tsx'
import { findExactly } from './find-exactly.ts'
import { watchScanner } from './scanner.ts'

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const overlay = '[role="dialog"], [role="menu"], [role="listbox"]:not([hidden])'

/** The keys that work on every page: / and Ctrl-K find, Ctrl-Enter does the primary action, Esc goes back, scans open. */
export function useKeys(openFind: (q?: string) => void): void {
  const router = useRouter()
  const navigate = useNavigate()
  const may = useMay()
  const { w } = useWords()
  const now = useRef({ openFind, may, w })
  now.current = { openFind, may, w }

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const command = event.ctrlKey || event.metaKey
      if ((command && event.key.toLowerCase() === 'k') || (event.key === '/' && !typing(event.target) && !command)) {
        event.preventDefault()
        now.current.openFind()
      } else if (command && event.key === 'Enter') {
        event.preventDefault()
        primaryAction()?.click()
      } else if (event.key === 'Escape') {
        if (visible(overlay)) return
        if (typing(event.target)) (event.target as HTMLElement).blur()
        else if (router.history.canGoBack()) router.history.back()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [router])

  useEffect(
    () =>
      watchScanner((code) => {
        void findExactly(code, now.current.may).then((found) => {
          if (!found) {
            notifications.show({ message: now.current.w.find.scanned(code), color: 'yellow' })
            now.current.openFind(code)
          } else if (found.kind === 'article') void navigate({ to: '/articles/$id', params: { id: found.id } })
          else void navigate({ to: pageOfDocument[found.kind].to, params: { id: found.id } })
        })
      }),
    [navigate],
  )
}

function visible(selector: string): boolean {
  return Array.from(document.querySelectorAll<HTMLElement>(selector)).some(
    (element) => element.getClientRects().length > 0,
  )
}

/** The button of the open panel, or else of the page. */
function primaryAction(): HTMLElement | undefined {
  const buttons = Array.from(document.querySelectorAll<HTMLButtonElement>('[data-primary]')).filter(
    (button) => !button.disabled && button.getClientRects().length > 0,
  )
  const dialogOpen = visible('[role="dialog"]')
  return buttons.findLast((button) => !dialogOpen || button.closest('[role="dialog"]'))
}
