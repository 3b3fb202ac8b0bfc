import type { Customer, NewCustomer } from '../../common/customers/api.ts'
import { addCustomers, type CustomerChange, changeCustomers, customersByNumbers } from '../customers/index.ts'
import type { Work } from '../kernel/index.ts'
import { type Cells, cellsOf, type Sheet } from './cells.ts'
import { customerColumns, customerOf, deliverToOf, deliveryColumns, isDeliveryTable } from './customer-columns.ts'
import type { Asked, Planned } from './import-table.ts'
import { cellsBelow, readRecords, tableOf } from './read-table.ts'
import { changesOf } from './rules/customer-changes.ts'
import { decimalStyleOf } from './rules/figures.ts'
import { noProblems } from './rules/problems.ts'

const MOST_ADDRESSES = 20
const CUSTOMERS_AT_ONCE = 1_000

type Numbered = NewCustomer & { number: string }

/** One customer of the table: his first row says everything, further ones add delivery addresses. */
interface Wanted {
  row: number
  first: Cells
  before: Customer | undefined
  /** undefined if the first row has a problem */
  record: NewCustomer | undefined
}

/** Reads a table of customers. */
export async function planCustomers(work: Work, asked: Asked): Promise<Planned> {
  const problems = noProblems()
  const records = await readRecords(asked.text, problems)
  const names = isDeliveryTable(records[0]) ? deliveryColumns : customerColumns
  const table = tableOf(records, names, problems)
  const style = decimalStyleOf(cellsBelow(table, 'creditLimit'))
  const sheet: Sheet = { table, names, style, problems }
  const existing = await customersByNumbers(work, cellsBelow(table, 'number'))
  const wanted = new Map<string, Wanted>()
  for (const [i, row] of table.rows.entries()) {
    await asked.onChecked(i, table.rows.length)
    const cells = cellsOf(sheet, row)
    const number = cells.text('number')
    const known = number === undefined ? undefined : wanted.get(number)
    const before = number === undefined ? undefined : existing.get(number)
    if (number === undefined) cells.complain('number', 'empty', {})
    else if (known) addRow(known, cells)
    else if (!before && names === deliveryColumns) cells.complain('number', 'unknown-customer', { text: number })
    else wanted.set(number, { row: row.row, first: cells, before, record: customerOf(cells, before) })
  }
  const fresh: Numbered[] = []
  const changed: CustomerChange[] = []
  let unchanged = 0
  for (const [i, [number, { before, record }]] of [...wanted].entries()) {
    await asked.onChecked(i, wanted.size)
    if (!record) continue
    const changes = before && changesOf(before, record)
    if (before && changes) changed.push({ id: before.id, ...changes.patch, addDeliverTo: changes.deliverTo })
    else if (before) unchanged++
    else fresh.push({ ...record, number })
  }
  changed.sort((a, b) => (a.id < b.id ? -1 : 1)) // locked in the order of everybody
  return {
    rows: table.rows.length,
    created: fresh.length,
    changed: changed.length,
    unchanged,
    problems,
    write: (onWritten) => save(work, fresh, changed, onWritten),
  }
}

async function save(
  work: Work,
  fresh: readonly Numbered[],
  changed: readonly CustomerChange[],
  onWritten: Asked['onWritten'],
): Promise<void> {
  const total = fresh.length + changed.length
  for (let from = 0; from < fresh.length; from += CUSTOMERS_AT_ONCE) {
    await addCustomers(work, fresh.slice(from, from + CUSTOMERS_AT_ONCE))
    onWritten(Math.min(from + CUSTOMERS_AT_ONCE, fresh.length), total)
  }
  for (let from = 0; from < changed.length; from += CUSTOMERS_AT_ONCE) {
    await changeCustomers(work, changed.slice(from, from + CUSTOMERS_AT_ONCE))
    onWritten(fresh.length + Math.min(from + CUSTOMERS_AT_ONCE, changed.length), total)
  }
}

function addRow(known: Wanted, cells: Cells): void {
  const number = cells.text('number')!
  const other = Object.keys(customerColumns.aliases)
    .filter((c) => !c.startsWith('deliverTo'))
    .find((c) => cells.text(c) !== undefined && cells.text(c) !== known.first.text(c))
  if (other) cells.complain(other, 'differs-from-row', { text: cells.text(other), row: known.row })
  const further = deliverToOf(cells)
  if (further === 'none') cells.complain('number', 'no-delivery-address', { text: number, row: known.row })
  else if (further && (known.record?.deliverTo.push(further) ?? 0) > MOST_ADDRESSES)
    cells.complain('number', 'too-many', { maximum: MOST_ADDRESSES })
}
