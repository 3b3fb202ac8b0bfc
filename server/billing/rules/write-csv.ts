/** A text, or a whole number of which the last digits stand behind the comma. */
export type Cell = string | { value: number; digits: number }

/**
 * Lines as German spreadsheets read them: semicolons, decimal commas, CRLF. A text that a spreadsheet would take for a
 * formula gets an apostrophe before it, so that an article's name can't compute anything on the adviser's machine.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(';')}\r\n`).join('')
}

function cellOf(cell: Cell): string {
  if (typeof cell !== 'string') return decimal(cell.value, cell.digits)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function decimal(value: number, digits: number): string {
  const text = String(Math.abs(value)).padStart(digits + 1, '0')
  return `${value < 0 ? '-' : ''}${text.slice(0, -digits)},${text.slice(-digits)}`
}
