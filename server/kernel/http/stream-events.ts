import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AnnouncedEvent, cursorText, parseCursor } from '../events.ts'
import type { LiveFeed } from '../live-feed.ts'

const BEAT_MS = 15_000
/** A reader this far behind is let go; it comes back with its cursor. */
const MOST_UNREAD_BYTES = 4_000_000

/** Server-sent events: state changes as they happen. Last-Event-ID (or ?after=) resumes exactly where the reader was. */
export function streamEvents(request: FastifyRequest, reply: FastifyReply, feed: LiveFeed): FastifyReply {
  const last = (request.headers['last-event-id'] as string | undefined) ?? (request.query as { after?: string }).after
  const after = last !== undefined && /^\d{1,18}-\d{1,18}$/.test(last) ? parseCursor(last) : undefined
  reply.hijack()
  const stream = reply.raw
  stream.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  })
  stream.write('retry: 1000\n\n')
  const leave = feed.subscribe(
    after,
    (events) => {
      if (stream.writableLength > MOST_UNREAD_BYTES) return stream.destroy()
      stream.write(events.map(frame).join(''))
    },
    () => stream.destroy(),
  )
  const beat = setInterval(() => stream.write(': \n\n'), BEAT_MS)
  const end = () => {
    clearInterval(beat)
    leave()
  }
  stream.on('close', end)
  stream.on('error', end)
  return reply
}

function frame(event: AnnouncedEvent): string {
  const cursor = cursorText(event)
  return `id: ${cursor}\nevent: ${event.type}\ndata: ${JSON.stringify({ cursor, id: event.id, type: event.type, at: event.at, data: event.data })}\n\n`
}
