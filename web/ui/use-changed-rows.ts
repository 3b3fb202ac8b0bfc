import { useEffect, useRef, useState } from 'react'

const nothing: ReadonlySet<string> = new Set()
const FLASH_MS = 1_600

/** The rows of the same list that came or changed since it was last read, told by what they say. */
export function useChangedRows<T>(
  rows: readonly T[] | undefined,
  idOf: (row: T) => string,
  listKey: string,
): ReadonlySet<string> {
  const before = useRef<{ listKey: string; rows: Map<string, string> } | null>(null)
  const [changed, setChanged] = useState(nothing)
  // biome-ignore lint/correctness/useExhaustiveDependencies: idOf is written anew on every rendering
  useEffect(() => {
    if (rows === undefined) return
    const previous = before.current
    before.current = { listKey, rows: new Map(rows.map((row) => [idOf(row), JSON.stringify(row)])) }
    if (previous?.listKey !== listKey) return
    const ids = rows.filter((row) => previous.rows.get(idOf(row)) !== JSON.stringify(row)).map(idOf)
    if (ids.length === 0) return
    setChanged(new Set(ids))
    const timer = setTimeout(() => setChanged(nothing), FLASH_MS)
    return () => clearTimeout(timer)
  }, [rows, listKey])
  return changed
}
