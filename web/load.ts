import {
  keepPreviousData,
  QueryClient,
  type QueryKey,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import type { OutputOf, Route } from '../common/route.ts'
import { type CallInput, call, mayPass, newId, Problem } from './api.ts'

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => mayPass(error) && count < 2,
      retryDelay: (count) => 500 * 2 ** count,
      // a lost server is said by the problem itself, not by a query that never settles
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

export const keyOf = (route: Route, input: unknown): QueryKey => [route.path, input]

interface LoadOptions {
  enabled?: boolean
  /** keeps what is shown while other filters load */
  keep?: boolean
  staleTime?: number
  /** reads again after so many milliseconds while the page is visible: for what no event tells */
  every?: number
}

/** Reads a route and keeps it fresh: live events and done actions mark it stale. */
export function useLoad<R extends Route>(
  route: R,
  input: CallInput<R>,
  options: LoadOptions = {},
): UseQueryResult<OutputOf<R>, Error> {
  return useQuery({
    queryKey: keyOf(route, input),
    queryFn: ({ signal }) => call(route, input, { signal }),
    enabled: options.enabled ?? true,
    placeholderData: options.keep ? keepPreviousData : undefined,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    refetchInterval: options.every ?? false,
  }) as UseQueryResult<OutputOf<R>, Error>
}

/**
 * An action of the user on a changing route. One idempotency key belongs to one input: pressing again after a lost
 * answer sends the same key, so that nothing is booked twice; another input is another action.
 */
export function useAction<R extends Route>(route: R, done?: (output: OutputOf<R>, input: CallInput<R>) => void) {
  const client = useQueryClient()
  const action = useRef<{ input: string; key: string } | null>(null)
  return useMutation<OutputOf<R>, Error, CallInput<R>>({
    mutationFn: (input) => {
      const text = JSON.stringify(input)
      if (action.current?.input !== text) action.current = { input: text, key: newId() }
      return call(route, input, { idempotencyKey: action.current.key })
    },
    retry: (count, error) => mayPass(error) && count < 2,
    retryDelay: (count) => 400 * 2 ** count,
    onError: (error) => {
      // a refusal was an answer: the next try is a new action
      if (error instanceof Problem && error.status >= 400 && error.status < 500) action.current = null
    },
    onSuccess: async (output, input) => {
      action.current = null
      done?.(output, input)
      await client.invalidateQueries()
    },
  })
}

const PAGE = 200

/** Reads a paged list to its end, or to `most` rows; `complete` says which. For screens that add up what they show. */
export function useLoadAll<R extends Route>(
  route: R,
  input: Omit<CallInput<R>, 'limit' | 'after'>,
  most: number,
  enabled = true,
) {
  type Row = OutputOf<R> extends { rows: (infer T)[] } ? T : never
  return useQuery<{ rows: Row[]; complete: boolean }, Error>({
    queryKey: keyOf(route, { ...input, most }),
    enabled,
    queryFn: async ({ signal }) => {
      const rows: Row[] = []
      let after: string | undefined
      do {
        const page = (await call(route, { ...input, limit: PAGE, after } as CallInput<R>, { signal })) as {
          rows: Row[]
          next: string | null
        }
        rows.push(...page.rows)
        after = page.next ?? undefined
      } while (after !== undefined && rows.length < most)
      return { rows, complete: after === undefined }
    },
  })
}
