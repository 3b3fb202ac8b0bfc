import { closeRenderer } from '../../server/documents/index.ts'
import { makeInvoiceFile } from '../../server/invoicing/index.ts'
import { childrenOf, median, memoryOf, percentile, round, withClients } from '../measure.ts'
import { playChain, seeded } from '../play-chain.ts'
import type { Part } from '../run.ts'

const LOOK_EVERY = 25

/** Single invoices as PDF/A-3 with Factur-X inside, one after the other, warm; the renderer's process must not grow. */
export const pdf: Part = {
  name: 'pdf',
  async run(world, { quick }) {
    const documents = quick ? 200 : 5_000
    const { client, pid } = await world.server()
    const random = seeded(4)
    await withClients(8, 50, () => playChain(client, world, random))
    const { rows } = await world.pool.query<{ snapshot: never }>(
      "select snapshot from documents.document where kind = 'invoice' order by id desc limit 50",
    )
    const others = [pid, ...childrenOf(process.pid)]
    let rendererMb = 0
    const make = async (i: number) => {
      await makeInvoiceFile(rows[i % rows.length]!.snapshot, 'pdf', world.kernel.database)
      if (i % LOOK_EVERY > 0) return
      const renderers = childrenOf(process.pid).filter((child) => !others.includes(child))
      rendererMb = Math.max(rendererMb, ...renderers.map(memoryOf))
    }
    for (let i = 0; i < 20; i++) await make(i)
    const times = await withClients(1, documents, make)
    await closeRenderer()
    await world.mustHold('pdf')
    const msEach = round(median(times), 1)
    rendererMb = Math.round(rendererMb)
    return {
      figures: { pdf: { msEach, p99Ms: round(percentile(times, 0.99), 1), documents, rendererMb } },
      targets: [
        {
          what: `invoice PDF/A-3 with XML, ms each over ${documents}`,
          figure: msEach,
          target: '<= 60',
          reached: msEach <= 60,
        },
        { what: 'most memory of its renderer, MB', figure: rendererMb, target: '<= 500', reached: rendererMb <= 500 },
      ],
    }
  },
}
