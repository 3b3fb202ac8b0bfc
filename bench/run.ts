import { parseArgs } from 'node:util'
import { billing } from './parts/billing.ts'
import { chain } from './parts/chain.ts'
import { collectiveInvoice } from './parts/collective-invoice.ts'
import { growth } from './parts/growth.ts'
import { hotArticle } from './parts/hot-article.ts'
import { pdf } from './parts/pdf.ts'
import { shops } from './parts/shops.ts'
import { start } from './parts/start.ts'
import { makeWorld, type World } from './world.ts'

export interface Target {
  what: string
  figure: number
  target: string
  reached: boolean
}

/** One part of the bench: measures, checks that the books still agree, and says what it should have reached. */
export interface Part {
  name: string
  run(world: World, options: { quick: boolean }): Promise<{ figures: Record<string, unknown>; targets: Target[] }>
}

const parts: Part[] = [start, chain, hotArticle, collectiveInvoice, pdf, shops, billing, growth]

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
const chosen = parts.filter((p) => values.only === undefined || p.name === values.only)
if (chosen.length === 0) {
  console.error(`--only: ${parts.map((p) => p.name).join(', ')}`)
  process.exit(2)
}
console.log(
  `Throw-away PostgreSQL, fsync on; server, database and load on this machine (${process.version}, ${values.quick ? 'quick' : 'full'}).
The chain runs without background jobs: the files of its documents are measured apart, as pdf.
Ratios are taken within one run, turn by turn; absolute figures move with the machine.
`,
)
const world = await makeWorld()
const figures: Record<string, unknown> = {}
try {
  for (const part of chosen) await show(part)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await world.end()
}
if (values.json) console.log(JSON.stringify(figures))

async function show(part: Part): Promise<void> {
  const from = performance.now()
  const found = await part.run(world, { quick: values.quick })
  Object.assign(figures, found.figures)
  for (const { what, figure, target, reached } of found.targets)
    console.log(`${reached ? 'ok    ' : 'MISSED'} ${what.padEnd(66)} ${String(figure).padStart(9)}   target ${target}`)
  console.log(
    `       ${part.name}: ${JSON.stringify(found.figures)} (${Math.round((performance.now() - from) / 1000)} s)\n`,
  )
}
