import { closeRenderer } from '../../server/documents/index.ts'
import { makeInvoiceFile } from '../../server/invoicing/index.ts'
import { median, percentile, round, withClients } from '../measure.ts'
import { playChain, seeded } from '../play-chain.ts'
import type { Part } from '../run.ts'

/** Single invoices as PDF/A-3 with Factur-X inside, one after the other, warm; the renderer's process must not grow. */
export const pdf: Part = {
  name: 'pdf',
  async run(world, { quick }) {
    const count = quick ? 200 : 5_000
    const { client } = await world.server()
    const random = seeded(4)
    await withClients(8, 50, () => playChain(client, world, random))
    const { rows } = await world.pool.query<{ snapshot: never }>(
      "select snapshot from documents.document where kind = 'invoice' order by id desc limit 50",
    )
    const make = (i: number) => makeInvoiceFile(rows[i % rows.length]!.snapshot, 'pdf', world.kernel.database)
    for (let i = 0; i < 20; i++) await make(i)
    const times = await withClients(1, count, make)
    await closeRenderer()
    return { pdf: { msEach: round(median(times), 1), p99Ms: round(percentile(times, 0.99), 1), documents: count } }
  },
  targets: (r) => [
    [`invoice PDF/A-3 with XML, ms each over ${r.pdf.documents}`, r.pdf.msEach, '<= 60', r.pdf.msEach <= 60],
  ],
}
