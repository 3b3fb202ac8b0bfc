import { parseArgs } from 'node:util'
import { chain } from './parts/chain.ts'
import { collectiveInvoice } from './parts/collective-invoice.ts'
import { growth } from './parts/growth.ts'
import { hotArticle } from './parts/hot-article.ts'
import { pdf } from './parts/pdf.ts'
import { start } from './parts/start.ts'
import { makeWorld, type World } from './world.ts'

// biome-ignore lint/suspicious/noExplicitAny: each part reads back the figures it wrote itself
export type Figures = Record<string, any>

/** One part of the bench: what it measures, and what it must reach. */
export interface Part {
  name: string
  run(world: World, options: { quick: boolean }): Promise<Figures>
  /** name, figure, target, reached */
  targets(figures: Figures): [what: string, figure: number, target: string, reached: boolean][]
}

const parts: Part[] = [start, chain, hotArticle, collectiveInvoice, pdf, growth]

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
  `Throw-away PostgreSQL, durable; server, database and load on this machine (${process.version}, ${values.quick ? 'quick' : 'full'}). Ratios are of one run; absolute figures move with the machine.\n`,
)
const world = await makeWorld()
const figures: Figures = {}
try {
  for (const part of chosen) {
    const from = performance.now()
    const found = await part.run(world, { quick: values.quick })
    Object.assign(figures, found)
    for (const [what, figure, target, reached] of part.targets(found))
      console.log(
        `${reached ? 'ok    ' : 'MISSED'} ${what.padEnd(66)} ${String(figure).padStart(9)}   target ${target}`,
      )
    console.log(`       ${part.name}: ${JSON.stringify(found)} (${Math.round((performance.now() - from) / 1000)} s)\n`)
  }
} finally {
  await world.end()
}
if (values.json) console.log(JSON.stringify(figures))
