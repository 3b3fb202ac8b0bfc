const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  euro: '€',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  times: '×',
  deg: '°',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  Oslash: 'Ø',
  oslash: 'ø',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  reg: '®',
  copy: '©',
  trade: '™',
  micro: 'µ',
  plusmn: '±',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  sup2: '²',
  sup3: '³',
  middot: '·',
  bull: '•',
  shy: '',
}

/** HTML entities into characters, once: WooCommerce escapes names once, so "&amp;amp;" is a name with "&amp;" in it. */
export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,8}));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return Object.hasOwn(NAMED, name) ? NAMED[name]! : whole
      const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : whole
    },
  )
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: that's what is taken out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Words of a shop as our contracts take them: no control characters, no half emoji, at most so long; several lines stay. */
export function words(text: string | null | undefined, maximum: number): string {
  const clean = (text ?? '').toWellFormed().replace(CONTROL, '').trim()
  if (clean.length <= maximum) return clean
  const cut = clean.slice(0, maximum)
  // a cut through an emoji leaves half of it
  return (cut.isWellFormed() ? cut : cut.slice(0, -1)).trim()
}

/** The same in one line, as names and addresses are. */
export function line(text: string | null | undefined, maximum: number): string {
  return words((text ?? '').replace(/\s+/g, ' '), maximum)
}

/** What is empty is not said. */
export function orNothing(text: string): string | undefined {
  return text === '' ? undefined : text
}
