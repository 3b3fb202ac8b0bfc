// biome-ignore lint/suspicious/noExplicitAny: answers are read as a program without types would read them
export type Answer = any

/** One session with one API of the shop: keeps the token the shop gives it, like a browser keeps its cookie. */
export type GraphQl = (query: string, variables?: Record<string, unknown>) => Promise<Answer>

export function graphQlClient(address: string): GraphQl {
  let identity: Record<string, string> = {}
  return async (query, variables) => {
    const response = await fetch(`${address}?languageCode=de`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...identity },
      body: JSON.stringify({ query, variables }),
    })
    const token = response.headers.get('vendure-auth-token')
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
    if (token) identity = { authorization: `Bearer ${token}` }
    else if (cookies.length > 0) identity = { cookie: cookies.join('; ') }
    const { data, errors } = (await response.json()) as { data: Answer; errors?: { message: string }[] }
    if (errors) throw new Error(`${errors.map((error) => error.message).join('; ')}\n${query.slice(0, 200)}`)
    // a result that is an error says so in the data
    for (const [name, result] of Object.entries<Answer>(data ?? {}))
      if (result?.errorCode) throw new Error(`${name}: ${result.errorCode} ${result.message}`)
    return data
  }
}
