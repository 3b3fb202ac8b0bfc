import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { shopKind } from '../../common/shops/api.ts'
import { readConfiguration } from '../config.ts'
import { importFile } from '../import/index.ts'
import { type Kernel, systemActor } from '../kernel/index.ts'
import { type ImportedOrder, importOrders, type ShopFormat } from '../shops/index.ts'
import { progressLine } from './console-log.ts'
import { withKernel } from './open-database.ts'

const usage = `tresen import orders FILE... --format woocommerce|vendure|shopware|shopify [--channel web-shop] [--json]
tresen import articles|customers|stock FILE.csv [--dry-run]`

/** Takes orders as a shop's API answers them, or articles, customers and stock from CSV. */
export async function importCommand(args: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      channel: { type: 'string', default: 'web-shop' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const [kind, ...files] = positionals
  if (files.length === 0) return misused()
  if (kind === 'orders') {
    const format = shopKind.safeParse(values.format)
    if (!format.success) return misused()
    return withKernel(readConfiguration(), (kernel) =>
      importOrderFiles(kernel, files, format.data, values.channel, values.json),
    )
  }
  if (kind !== 'articles' && kind !== 'customers' && kind !== 'stock') return misused()
  return withKernel(readConfiguration(), (kernel) => importTable(kernel, kind, files[0]!, values['dry-run']))
}

function misused(): number {
  console.error(usage)
  return 2
}

async function importOrderFiles(
  kernel: Kernel,
  files: readonly string[],
  format: ShopFormat,
  channel: string,
  asJson: boolean,
): Promise<number> {
  const all: (ImportedOrder & { file: string })[] = []
  let unreadable = 0
  for (const file of files) {
    try {
      const orders = await importOrders(kernel, systemActor, {
        format,
        channel,
        document: JSON.parse(readFileSync(file, 'utf8')),
      })
      for (const order of orders) {
        all.push({ ...order, file: basename(file) })
        if (!asJson) console.log(describe(basename(file), order))
      }
    } catch (error) {
      if (
        !(error instanceof SyntaxError) &&
        (error as { refusal?: { code: string } }).refusal?.code !== 'unreadable-order'
      )
        throw error
      unreadable++
      console.error(`${basename(file)}: nicht lesbar: ${(error as Error).message}`)
    }
  }
  if (asJson) console.log(JSON.stringify(all, null, 1))
  else
    console.log(
      `\n${all.length} Bestellungen: ${count(all, 'accepted')} angenommen, ${count(all, 'on-hold')} angehalten, ${count(all, 'known')} schon bekannt, ${count(all, 'parked')} geparkt, ${count(all, 'refused')} abgelehnt`,
    )
  return unreadable > 0 || all.some((o) => o.problem !== null) ? 1 : 0
}

const count = (orders: readonly ImportedOrder[], outcome: string) => orders.filter((o) => o.outcome === outcome).length

function describe(file: string, order: ImportedOrder): string {
  const gross =
    order.gross === null ? '' : `${(order.gross / 100).toLocaleString('de-DE', { minimumFractionDigits: 2 })} €`
  const why = order.problem ?? order.reasons.map((r) => `${r.code} ${JSON.stringify(r.facts)}`).join('; ')
  const words = {
    accepted: 'angenommen',
    'on-hold': 'angehalten',
    parked: 'geparkt',
    known: 'schon da',
    refused: 'ABGELEHNT',
  }
  return `${file.padEnd(44)} ${(order.externalNumber ?? '–').padEnd(18)} ${(order.number ?? '–').padEnd(15)} ${gross.padStart(12)}  ${words[order.outcome]} ${why}`
}

async function importTable(
  kernel: Kernel,
  kind: 'articles' | 'customers' | 'stock',
  file: string,
  dryRun: boolean,
): Promise<number> {
  const progress = progressLine()
  const result = await importFile(kernel, kind, readFileSync(file), {
    dryRun,
    onProgress: (done, of) =>
      progress.show(`${done}/${of} Zeilen ${'█'.repeat(Math.round((20 * done) / Math.max(of, 1)))}`),
  })
  progress.done()
  for (const e of result.errors) console.error(`Zeile ${e.row}, Spalte „${e.column}“: ${e.problem}`)
  console.log(
    `${result.rows} Zeilen: ${result.created} neu, ${result.changed} geändert, ${result.unchanged} unverändert${result.errors.length > 0 ? `, ${result.errors.length} Fehler – nichts übernommen` : dryRun ? ' (Probelauf, nichts gespeichert)' : ''}`,
  )
  return result.errors.length > 0 ? 1 : 0
}
