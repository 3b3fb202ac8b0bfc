import type { HttpClient } from './http-client.ts'

/** Follows the live events as an open screen does. Resolves when the connection stands; the answer ends it. */
export async function followEvents(
  client: HttpClient,
  onEvent: (type: string, data: Record<string, unknown>) => void,
): Promise<() => Promise<void>> {
  const stop = new AbortController()
  const response = await fetch(`${client.address}/api/events`, {
    headers: { ...client.authorization, accept: 'text/event-stream' },
    signal: stop.signal,
  })
  const reading = read(response.body!, onEvent).catch(() => undefined)
  return async () => {
    stop.abort()
    await reading
  }
}

async function read(
  body: ReadableStream<Uint8Array>,
  onEvent: (type: string, data: Record<string, unknown>) => void,
): Promise<void> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (!data) continue
      const event = JSON.parse(data) as { type: string; data: Record<string, unknown> }
      onEvent(event.type, event.data)
    }
  }
}
