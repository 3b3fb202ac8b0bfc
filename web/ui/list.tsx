import { Button, CloseButton, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconSearch } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import type { OutputOf, Route } from '../../common/route.ts'
import type { CallInput } from '../api.ts'
import { useLoad } from '../load.ts'
import { useWords } from '../words/words.ts'
import { Failed } from './states.tsx'
import './list.css'

/** What of a list stands in the address: so that Back, a bookmark and a sent link show the same rows. */
export interface ListSearch {
  q?: string
  show?: string
  customerId?: string
  rule?: string
  age?: string
  after?: string
  page?: string
}

/** The page before a page of a list, as far as this tab walked there. */
const walked = new Map<string, string | undefined>()

interface ListOutput<Row> {
  rows: Row[]
  next: string | null
}

/** A paged list whose search, filter and page live in the address; `every` as in `useLoad`. */
export function useList<R extends Route>(
  route: R,
  filters: Omit<CallInput<R>, 'limit' | 'after'>,
  { limit = 50, every }: { limit?: number; every?: number | undefined } = {},
) {
  type Row = OutputOf<R> extends ListOutput<infer T> ? T : never
  const { after, page } = useSearch({ strict: false }) as ListSearch
  const load = useLoad(route, { ...filters, after, limit } as CallInput<R>, {
    keep: true,
    ...(every === undefined ? {} : { every }),
  })
  const output = load.data as ListOutput<Row> | undefined
  return {
    output: load.data,
    rows: output?.rows,
    stale: load.isPlaceholderData,
    error: output === undefined ? load.error : null,
    retry: () => void load.refetch(),
    listKey: JSON.stringify([filters, after]),
    pager: <Pager after={after} page={Number(page ?? 1)} next={output?.next ?? null} count={output?.rows.length} />,
  }
}

export function useListSearch() {
  const search = useSearch({ strict: false }) as ListSearch
  const navigate = useNavigate()
  /** another search or filter begins at the first page */
  const change = (changes: Record<string, string | undefined>) => {
    const { after: _, page: __, ...rest } = search
    const next = Object.fromEntries(Object.entries({ ...rest, ...changes }).filter(([, value]) => value))
    void navigate({ to: '.', search: next as never, replace: true })
  }
  return { search, change }
}

function Pager({ after, page, next, count }: { after?: string; page: number; next: string | null; count?: number }) {
  const { w, f } = useWords()
  const navigate = useNavigate()
  const go = (to: string | undefined, number: number) =>
    void navigate({
      to: '.',
      search: ((old: ListSearch) => ({
        ...old,
        after: to,
        page: to === undefined ? undefined : String(number),
      })) as never,
    })
  if (after === undefined && next === null) {
    return <div className="pager small">{count === undefined || count === 0 ? '' : w.paging.rows(f.count(count))}</div>
  }
  return (
    <nav className="pager small" aria-label={w.paging.label}>
      <span>{w.paging.page(page)}</span>
      <span className="row">
        <Button
          variant="default"
          size="xs"
          disabled={after === undefined}
          leftSection={<IconChevronLeft size={14} />}
          onClick={() => after !== undefined && go(walked.get(after), page - 1)}
        >
          {w.paging.previous}
        </Button>
        <Button
          variant="default"
          size="xs"
          disabled={next === null}
          rightSection={<IconChevronRight size={14} />}
          onClick={() => {
            if (next === null) return
            walked.set(next, after)
            go(next, page + 1)
          }}
        >
          {w.paging.next}
        </Button>
      </span>
    </nav>
  )
}

interface ToolbarProps<Show extends string> {
  /** left out where a list cannot be searched */
  placeholder?: string
  filters?: Record<Show, string>
  /** the filter that stands when none is named */
  first?: Show
  children?: ReactNode
}

/** Search field and filters above a list. */
export function Toolbar<Show extends string>({ placeholder, filters, first, children }: ToolbarProps<Show>) {
  const { search, change } = useListSearch()
  const { w } = useWords()
  return (
    <div className="toolbar">
      {filters && (
        <fieldset className="group filters" aria-label={w.actions.choose}>
          {Object.entries<string>(filters).map(([show, word]) => (
            <button
              key={show}
              type="button"
              className="filter"
              aria-pressed={(search.show ?? first) === show}
              onClick={() => change({ show: show === first ? undefined : show })}
            >
              {word}
            </button>
          ))}
        </fieldset>
      )}
      {children}
      {placeholder && (
        <SearchField placeholder={placeholder} value={search.q ?? ''} onChange={(q) => change({ q: q || undefined })} />
      )}
    </div>
  )
}

/** Searches while typing, a moment after the last key. */
export function SearchField({
  placeholder,
  value,
  onChange,
}: {
  placeholder: string
  value: string
  onChange: (q: string) => void
}) {
  const { w } = useWords()
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts a search
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onChange(typed.trim()), 220)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <TextInput
      className="search-field"
      aria-label={placeholder}
      placeholder={placeholder}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && onChange(typed.trim())}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      rightSection={typed && <CloseButton size="sm" aria-label={w.actions.reset} onClick={() => onChange('')} />}
      type="search"
    />
  )
}

/** Table or what stands in its place: a failure is said with a way to try again. */
export function ListBody({
  list,
  children,
}: {
  list: { error: Error | null; retry: () => void; pager: ReactNode }
  children: ReactNode
}) {
  if (list.error) return <Failed error={list.error} retry={list.retry} />
  return (
    <>
      {children}
      {list.pager}
    </>
  )
}
