/* What a shop says about a failure is kept in receipts for more than a year: its message, and nothing that names a buyer. */

const LONGEST = 300
const NAMES = ['code', 'errorCode', 'error', 'title', 'message', 'detail', 'error_description']

/** The message of an answer that is an error. The rest of it may be anything, a whole order too, and is left out. */
export function messageIn(body: string): string {
  const parts = partsOf(body)
  return withoutPersons([...new Set(parts)].join(' ')).slice(0, LONGEST)
}

function partsOf(body: string): string[] {
  try {
    return messagesOf(JSON.parse(body))
  } catch {
    // a page of HTML says in its title what it is
    return [/<title[^>]*>([^<]{1,200})</i.exec(body)?.[1] ?? '']
  }
}

function messagesOf(json: unknown): string[] {
  if (typeof json !== 'object' || json === null) return []
  const one = json as Record<string, unknown>
  const own = NAMES.flatMap((name) => (typeof one[name] === 'string' ? [one[name]] : []))
  const { errors } = one
  if (typeof errors === 'string') return [...own, errors]
  return Array.isArray(errors) ? [...own, ...errors.slice(0, 5).flatMap(messagesOf)] : own
}

/** A value in quotes that is the name of a field, an id or an article number, and nobody's name. */
const IDENTIFIER = /^(?=.*[\d_.[\]/-]|[a-z]+[A-Z])([a-z_$][\w.[\]/-]*|[A-Z\d][A-Z\d_./x-]*|[\da-f-]{16,})$/

/** A sentence without e-mail addresses, telephone and account numbers, and without the values it quotes. */
export function withoutPersons(sentence: string): string {
  return sentence
    .replace(/\s+/g, ' ')
    .replace(/[^\s"'<>(),;:=]+@[^\s"'<>(),;:=]+/g, '…')
    .replace(/(["“„«‚'‘`])([^"“”„«»'‘’`]{1,200})(["”“»'’‘`])/g, (all, open: string, value: string, close: string) =>
      IDENTIFIER.test(value) ? all : `${open}…${close}`,
    )
    .replace(/\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?\b/g, '…')
    .replace(/(?<![\w-])(?:\+|00?)[1-9]\d{0,4}[\s/()-]{1,2}\d[\d\s/-]{4,}\d/g, '…')
    .trim()
}
