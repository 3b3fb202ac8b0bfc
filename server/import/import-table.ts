import { setImmediate as pause } from 'node:timers/promises'
import type { z } from 'zod'
import type { importKind, importResult } from '../../common/catalog/api.ts'
import type { Language } from '../../common/refusal.ts'
import { type Kernel, perform, RefusalError, refuseNow, statement, systemActor, type Work } from '../kernel/index.ts'
import { planArticles } from './import-articles.ts'
import { planCustomers } from './import-customers.ts'
import { planStock } from './import-stock.ts'
import { decodeTable } from './read-table.ts'
import { type Problems, problemText } from './rules/problems.ts'

type ImportKind = z.output<typeof importKind>
type ImportResult = z.output<typeof importResult>
/** Called now and then: rows are checked first, what differs is written then. */
type OnProgress = (done: number, of: number, stage: 'checked' | 'written') => void

/** What a kind is asked to plan. */
export interface Asked {
  text: string
  /** nothing will be written, so nothing needs a lock */
  dryRun: boolean
  /** before each row; now and then others get their turn, for a long table must not stop the counter */
  onChecked(row: number, of: number): Promise<void> | undefined
  onWritten(written: number, of: number): void
}

/** What an import would do: counted and checked before anything is written. */
export interface Planned {
  rows: number
  created: number
  changed: number
  unchanged: number
  problems: Problems
  write(onWritten: Asked['onWritten']): Promise<void>
}

const planners: Record<ImportKind, (work: Work, asked: Asked) => Promise<Planned>> = {
  articles: planArticles,
  customers: planCustomers,
  stock: planStock,
}
const ROWS_A_TURN = 200

// the second of two sees what the first has made; until commit
const oneAtATime = statement('import.one-at-a-time', "select pg_advisory_xact_lock(hashtext('tresen.import'))")

/**
 * Articles, customers or stock from a table, all rows or none. A dry run checks everything and writes nothing. Refuses
 * 'import-failed' with row and column of each problem.
 */
export async function importTable(
  work: Work,
  input: { kind: ImportKind; csv: string; dryRun: 'true' | 'false' },
  { onProgress }: { onProgress?: OnProgress | undefined } = {},
): Promise<ImportResult> {
  const dryRun = input.dryRun === 'true'
  if (!dryRun) await work.query(oneAtATime)
  const asked: Asked = {
    text: input.csv,
    dryRun,
    onChecked(row, of) {
      if (row % ROWS_A_TURN !== 0) return undefined
      onProgress?.(row, of, 'checked')
      return pause()
    },
    onWritten: (written, of) => onProgress?.(written, of, 'written'),
  }
  const { problems, write, ...counted } = await planners[input.kind](work, asked)
  const rows = problems.named.map((p) => ({ ...p, problem: problemText(p, work.language) }))
  if (rows.length > 0 && !dryRun) refuseNow('import-failed', { errors: problems.rows.size, rows })
  if (!dryRun) await write(asked.onWritten)
  work.record({ after: { kind: input.kind, dryRun, ...counted } })
  return { ...counted, dryRun, errors: rows.map(({ row, column, problem }) => ({ row, column, problem })) }
}

/** The same for a file on the command line; problems come back as result instead of a refusal. */
export async function importFile(
  kernel: Kernel,
  kind: ImportKind,
  bytes: Uint8Array,
  { language, ...options }: { dryRun: boolean; onProgress?: OnProgress; language?: Language },
): Promise<ImportResult> {
  const csv = decodeTable(bytes)
  const call = (dryRun: 'true' | 'false') =>
    perform(kernel, { name: 'import-table', actor: systemActor, input: {}, ...(language && { language }) }, (work) =>
      importTable(work, { kind, csv, dryRun }, options),
    )
  try {
    return await call(options.dryRun ? 'true' : 'false')
  } catch (error) {
    if (!(error instanceof RefusalError) || error.refusal.code !== 'import-failed') throw error
    return call('true')
  }
}
