import { figure, readCsv } from './read-csv.ts'

export interface DemoStock {
  /** article number */
  article: string
  /** code of the stock location */
  location: string
  quantity: number
}

/** What lies where on the first day. */
export function demoStock(): DemoStock[] {
  return readCsv<keyof DemoStock>('stock.csv').map((row) => ({ ...row, quantity: figure(row.quantity, 3) }))
}
