/*
 * The characters every bank in SEPA takes (EPC217-08, basic Latin): letters, digits, space and / - ? : ( ) . , ' +. German
 * letters are written out, other accents fall away, anything else becomes a space.
 */
const WRITTEN_OUT: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'Ae',
  ø: 'o',
  Ø: 'O',
  œ: 'oe',
  Œ: 'Oe',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  þ: 'th',
  Þ: 'Th',
  ð: 'd',
  ı: 'i',
  '&': '+',
  _: '-',
  '–': '-',
  '—': '-',
  '’': "'",
  '‘': "'",
  '`': "'",
  '´': "'",
}

/** A text as every bank takes it, at most so long; never empty, never with a slash at an end or two in a row. */
export function sepaText(text: string, maximum: number): string {
  const plain = [...text.normalize('NFC')]
    .map((c) => WRITTEN_OUT[c] ?? c.normalize('NFD').replace(/\p{M}/gu, ''))
    .join('')
    .replace(/[^A-Za-z0-9/?:().,'+ -]/g, ' ')
    .replace(/\/{2,}/g, '/')
    .replace(/ {2,}/g, ' ')
    .replace(/^[ /]+/, '')
    .slice(0, maximum)
    .replace(/[ /]+$/, '')
  return plain === '' ? 'NOTPROVIDED' : plain
}
