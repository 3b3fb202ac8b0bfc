import type { z } from 'zod'
import type { importKind, importResult } from '../../common/catalog/api.ts'
import { type Kernel, perform, refuseNow, systemActor, type Work } from '../kernel/index.ts'
import { planArticles } from './import-articles.ts'
import { planCustomers } from './import-customers.ts'
import { planStock } from './import-stock.ts'
import { decodeTable, type RowProblem } from './read-table.ts'

export type ImportKind = z.output<typeof importKind>
export type ImportResult = z.output<typeof importResult>
export type OnWritten = (written: number, of: number) => void

/** What an import would do: counted and checked before anything is written. */
export interface Planned {
  rows: number
  created: number
  changed: number
  unchanged: number
  problems: RowProblem[]
  write(onWritten: OnWritten): Promise<void>
}

const planners: Record<ImportKind, (work: Work, text: string) => Promise<Planned>> = {
  articles: planArticles,
  customers: planCustomers,
  stock: planStock,
}
const MOST_NAMED = 500

/**
 * Articles, customers or stock from a table, all rows or none. A dry run checks everything and writes nothing. Refuses
 * 'import-failed' with row and column of each problem.
 */
export async function importTable(
  work: Work,
  input: { kind: ImportKind; csv: string; dryRun: 'true' | 'false' },
  onWritten: OnWritten = () => undefined,
): Promise<ImportResult> {
  const plan = await planners[input.kind](work, input.csv)
  const dryRun = input.dryRun === 'true'
  const problems = plan.problems.slice(0, MOST_NAMED)
  if (problems.length > 0 && !dryRun) refuseNow('import-failed', { errors: plan.problems.length, rows: problems })
  if (!dryRun) await plan.write(onWritten)
  const { rows, created, changed, unchanged } = plan
  work.record({ after: { kind: input.kind, dryRun, rows, created, changed, unchanged } })
  return { rows, created, changed, unchanged, dryRun, errors: problems }
}

/** The same for a file on the command line; problems come back as result instead of a refusal. */
export async function importFile(
  kernel: Kernel,
  kind: ImportKind,
  bytes: Uint8Array,
  options: { dryRun: boolean; onProgress: OnWritten },
): Promise<ImportResult> {
  const csv = decodeTable(bytes)
  const call = (dryRun: 'true' | 'false') =>
    perform(kernel, { name: 'import-table', actor: systemActor, input: {} }, (work) =>
      importTable(work, { kind, csv, dryRun }, options.onProgress),
    )
  const checked = await call('true')
  return options.dryRun || checked.errors.length > 0 ? checked : call('false')
}
