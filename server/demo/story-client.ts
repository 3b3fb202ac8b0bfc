import type { z } from 'zod'
import type { Route } from '../../common/route.ts'
import { newId } from '../kernel/index.ts'

type Part<T> = T extends z.ZodType ? z.input<T> : unknown
export type StoryInput<R extends Route> = Part<R['params']> & Part<R['query']> & Part<R['body']>

/** A refusal as the API tells it. */
export class StoryRefusal extends Error {
  readonly code: string
  constructor(code: string, detail: string) {
    super(detail)
    this.code = code
  }
}

/** Speaks to a running Tresen over HTTP with an API key, by the contracts: what the story does, any program can do. */
export function storyClient(address: string, key: string) {
  const headers = { authorization: `Bearer ${key}`, 'accept-language': 'de' }
  const answerOf = async (response: Response) => {
    const body = (await response.json()) as { code?: string; detail?: string }
    if (!response.ok) throw new StoryRefusal(body.code ?? String(response.status), body.detail ?? '')
    return body
  }
  return {
    async call<R extends Route>(route: R, input: StoryInput<R>): Promise<z.output<R['output']>> {
      const left = new Map(Object.entries(input as Record<string, unknown>))
      const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
        const value = String(left.get(name))
        left.delete(name)
        return encodeURIComponent(value)
      })
      const url = new URL(path, address)
      if (route.method === 'GET') for (const [name, value] of left) url.searchParams.set(name, String(value))
      const change =
        route.method === 'GET'
          ? {}
          : {
              body: JSON.stringify(Object.fromEntries(left)),
              headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': newId() },
            }
      return (await answerOf(await fetch(url, { method: route.method, headers, ...change }))) as z.output<R['output']>
    },
    /** A body that is no object of ours, as a shop answers it. */
    async send(path: string, body: string): Promise<unknown> {
      return answerOf(
        await fetch(new URL(path, address), {
          method: 'POST',
          body,
          headers: { ...headers, 'content-type': 'application/json' },
        }),
      )
    },
    /** A file of a document, as soon as it is made. */
    async file(documentId: string, format: string): Promise<Uint8Array> {
      for (let attempt = 0; attempt < 600; attempt++) {
        const response = await fetch(new URL(`/api/documents/${documentId}/${format}`, address), { headers })
        if (response.ok) return new Uint8Array(await response.arrayBuffer())
        const problem = (await response.json()) as { code: string; detail: string }
        if (problem.code !== 'file-not-ready') throw new StoryRefusal(problem.code, problem.detail)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error(`the file ${format} of document ${documentId} was not made within a minute`)
    },
  }
}

export type StoryClient = ReturnType<typeof storyClient>
