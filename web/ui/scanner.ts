/** Scanners type faster than hands: keys of one code come within this time of each other. */
const BETWEEN_KEYS_MS = 40
const SHORTEST_CODE = 5

type Take = (code: string) => boolean

/** The last one to ask gets a scanned code first; who does not want it says false. */
const takers: Take[] = []

export function takeScans(take: Take): () => void {
  takers.push(take)
  return () => {
    takers.splice(takers.indexOf(take), 1)
  }
}

/** Watches for a burst of keys that ends with Enter, wherever the focus is. */
export function watchScanner(elsewhere: (code: string) => void): () => void {
  let code = ''
  let last = 0
  let field: { element: HTMLInputElement | HTMLTextAreaElement; before: string } | null = null

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const fast = event.timeStamp - last < BETWEEN_KEYS_MS
    last = event.timeStamp
    if (event.key.length === 1) {
      if (!fast) {
        code = ''
        field = fieldOf(event.target)
      }
      code += event.key
      return
    }
    if (event.key !== 'Enter') {
      if (event.key !== 'Shift') code = ''
      return
    }
    const scanned = code
    code = ''
    if (!fast || scanned.length < SHORTEST_CODE || ownsScans(event.target)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (field) restore(field.element, field.before)
    for (const take of takers.toReversed()) if (take(scanned)) return
    elsewhere(scanned)
  }
  window.addEventListener('keydown', onKey, true)
  return () => window.removeEventListener('keydown', onKey, true)
}

function ownsScans(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[data-scan="own"]') !== null
}

function fieldOf(target: EventTarget | null) {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    ? { element: target, before: target.value }
    : null
}

/** Takes the scanned characters out of the field that happened to have the focus. */
function restore(element: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype = element instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, value)
  element.dispatchEvent(new Event('input', { bubbles: true }))
}
