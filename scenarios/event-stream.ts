import { setTimeout as sleep } from 'node:timers/promises'

export interface StreamedEvent {
  cursor: string
  type: string
  data: Record<string, unknown>
}

/** Reads server-sent events until told to stop, coming back with Last-Event-ID whenever the connection breaks. */
export function readStream(address: () => string, authorization: string, last?: string) {
  const events: StreamedEvent[] = []
  const stopping = new AbortController()
  let connection = new AbortController()
  let connections = 0
  const read = async () => {
    while (!stopping.signal.aborted) {
      connection = new AbortController()
      try {
        const response = await fetch(`${address()}/api/events`, {
          headers: {
            accept: 'text/event-stream',
            authorization,
            ...(last === undefined ? {} : { 'last-event-id': last }),
          },
          signal: AbortSignal.any([stopping.signal, connection.signal]),
        })
        connections += 1
        let text = ''
        for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
          text += chunk
          const frames = text.split('\n\n')
          text = frames.pop()!
          for (const frame of frames) {
            const data = /^data: (.*)$/m.exec(frame)?.[1]
            if (data === undefined) continue
            const event = JSON.parse(data) as StreamedEvent
            last = event.cursor
            events.push(event)
          }
        }
      } catch {
        await sleep(20)
      }
    }
  }
  const done = read()
  return {
    events,
    connections: () => connections,
    /** the connection breaks; the reader comes back by himself */
    cut: () => connection.abort(),
    async stop() {
      stopping.abort()
      await done
    },
  }
}
