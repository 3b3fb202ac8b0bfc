import { type KeyboardEvent, useEffect, useRef, useState } from 'react'

/** The row last worked on, by list: whoever comes back with Esc stands where they left. */
const remembered = new Map<string, string>()

/** Arrow keys, Home, End and Enter on the rows of a table; only one row is in the tab order. */
export function useRowKeys(list: string, ids: string[] | undefined) {
  const frame = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(() => remembered.get(list))
  const returned = useRef(false)
  const present = ids !== undefined && ids.length > 0

  useEffect(() => {
    if (!present || returned.current) return
    returned.current = true
    const id = remembered.get(list)
    if (id && document.activeElement === document.body) rowOf(frame.current, id)?.focus({ preventScroll: true })
  }, [present, list])

  const remember = (id: string) => {
    remembered.set(list, id)
    setCurrent(id)
  }
  const tabStop = current !== undefined && ids?.includes(current) ? current : ids?.[0]
  return {
    frame,
    remember,
    tabIndexOf: (id: string) => (id === tabStop ? 0 : -1),
    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>, id: string, open: () => void) => {
      if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
      const at = ids?.indexOf(id) ?? -1
      const next = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: (ids?.length ?? 0) - 1 }[
        event.key
      ]
      if (event.key === 'Enter') {
        event.preventDefault()
        open()
      } else if (next !== undefined) {
        event.preventDefault()
        const id = ids?.[next]
        if (id) rowOf(frame.current, id)?.focus()
      }
    },
  }
}

function rowOf(frame: HTMLElement | null, id: string): HTMLElement | null {
  return frame?.querySelector<HTMLElement>(`tr[data-id="${CSS.escape(id)}"]`) ?? null
}
