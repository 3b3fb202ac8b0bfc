import { randomFillSync } from 'node:crypto'

let lastMillisecond = 0
let counter = 0
const random = Buffer.alloc(4096)
let used = random.length

/**
 * A UUIDv7 (RFC 9562): the millisecond, a counter that keeps the order inside it, and chance. Whoever makes a thing
 * makes its id, so an insert never waits for another's answer, and rows made one after the other lie side by side.
 */
export function newId(): string {
  const now = Date.now()
  if (now > lastMillisecond) {
    lastMillisecond = now
    counter = 0
  } else if (++counter > 0xfff) {
    lastMillisecond += 1
    counter = 0
  }
  if (used + 8 > random.length) {
    randomFillSync(random)
    used = 0
  }
  const tail = random.subarray(used, used + 8)
  used += 8
  const time = lastMillisecond.toString(16).padStart(12, '0')
  const variant = ((tail[0]! & 0x3f) | 0x80).toString(16)
  const rest = tail.subarray(1).toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`
}

/** Lower than every id made from this moment on: what is older is found by its key, without an index on time. */
export function firstIdAt(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}
