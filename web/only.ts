/** Only the named words of an address count; the rest is dropped. */
export const only =
  <Name extends string>(...names: Name[]) =>
  (search: Record<string, unknown>): { [N in Name]?: string } =>
    Object.fromEntries(
      names.filter((name) => typeof search[name] === 'string').map((name) => [name, search[name]]),
    ) as {
      [N in Name]?: string
    }

/** Plain words in the address: ?q=4711 stays a text, and what is empty is left out. */
export const plainSearch = {
  parseSearch: (text: string) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search: Record<string, unknown>) => {
    const words = new URLSearchParams(
      Object.entries(search as Record<string, string>).filter(([, value]) => value !== undefined && value !== ''),
    ).toString()
    return words ? `?${words}` : ''
  },
}
