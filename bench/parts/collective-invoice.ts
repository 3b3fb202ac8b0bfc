import { writeCii } from '../../server/invoicing/e-invoice/write-cii.ts'
import { writeUbl } from '../../server/invoicing/e-invoice/write-ubl.ts'
import type { InvoiceSnapshot } from '../../server/invoicing/make-invoice-files.ts'
import { cpuOf, cpuOfPostgres, median, round, withClients } from '../measure.ts'
import { deliver, seeded } from '../play-chain.ts'
import type { Part } from '../run.ts'

/** One collective invoice over many delivery notes of a customer, from request to issued, and its XML. */
export const collectiveInvoice: Part = {
  name: 'collectiveInvoice',
  async run(world, { quick }) {
    const notes = quick ? 200 : 1_000
    const { client, pid } = await world.server()
    const random = seeded(3)
    const seconds: number[] = []
    const cpuSeconds: number[] = []
    const cpu = () => (cpuOf(pid) + cpuOfPostgres(world.postmaster)) / 1000
    let documentId = ''
    for (let turn = 0; turn < (quick ? 1 : 3); turn++) {
      const noteIds: string[] = []
      const { number } = world.customers[turn]!
      await withClients(8, notes, async () => noteIds.push((await deliver(client, world, number, random)).noteId))
      const [cpuBefore, from] = [cpu(), performance.now()]
      documentId = (await client.post<{ documentId: string }>('/api/invoices', { noteIds })).documentId
      seconds.push((performance.now() - from) / 1000)
      cpuSeconds.push(cpu() - cpuBefore)
    }
    const { rows } = await world.pool.query<{ snapshot: InvoiceSnapshot }>(
      'select snapshot from documents.document where id = $1',
      [documentId],
    )
    const { invoice } = rows[0]!.snapshot
    const xmlSeconds = round(
      Math.max(
        timed(() => writeUbl(invoice, 'xrechnung')),
        timed(() => writeCii(invoice, 'xrechnung')),
      ),
      3,
    )
    await world.mustHold('collectiveInvoice')
    const lines = invoice.lines.length
    const issued = round(median(seconds), 3)
    const ofWhichCpu = round(median(cpuSeconds), 3)
    return {
      figures: { collectiveInvoice: { lines, seconds: issued, cpuSeconds: ofWhichCpu, xmlSeconds } },
      targets: [
        {
          what: `collective invoice over ${lines} lines, seconds (${ofWhichCpu} CPU)`,
          figure: issued,
          target: '<= 1',
          reached: issued <= 1,
        },
        {
          what: 'its XML, seconds (the slower syntax)',
          figure: xmlSeconds,
          target: '<= 0.3',
          reached: xmlSeconds <= 0.3,
        },
      ],
    }
  },
}

function timed(write: () => string): number {
  const times = Array.from({ length: 5 }, () => {
    const from = performance.now()
    write()
    return (performance.now() - from) / 1000
  })
  return median(times)
}
