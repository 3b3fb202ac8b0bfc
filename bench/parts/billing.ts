import { childrenOf, median, memoryOf, percentile, round, withClients } from '../measure.ts'
import type { Part, Target } from '../run.ts'
import { makeWorld, type RunningServer, type World } from '../world.ts'
import { writeHistory } from '../write-history.ts'
import { type Month, writeMonth } from '../write-month.ts'

const RETURNS = 20
const NOTES_OF_RETURN = 20

/**
 * The end of a month: everything delivered to many customers is billed in one run, on a server that makes its files
 * beside it; then a return over twenty notes, and what a customer with very many documents owes.
 */
export const billing: Part = {
  name: 'billing',
  async run(_, { quick }) {
    const world = await makeWorld()
    try {
      const documents = quick ? 5_000 : 50_000
      const [regular] = world.customers
      await writeHistory(world, documents, { customerIds: [regular!.id], openEvery: 10 })
      const month = await writeMonth(world, quick ? 100 : 10_000)
      const server = await world.serverWithJobs()
      const run = await measureRun(world, server, month)
      const returnTimes = await measureReturns(world, server, month)
      const balanceTimes = await measureBalance(server, regular!.id)
      await world.mustHold('billing')
      return report({ ...run, lines: month.lines, documents, returnTimes, balanceTimes })
    } finally {
      await world.end()
    }
  },
}

interface RunFigures {
  seconds: number
  peakMemoryMb: number
  pdfPerSecond: number
}

/** From the click to the last e-invoice in the archive; the pages follow, and how fast is measured after that. */
async function measureRun(world: World, server: RunningServer, { customerIds }: Month): Promise<RunFigures> {
  let peak = 0
  const watch = setInterval(() => {
    const all = [server.pid, ...childrenOf(server.pid)]
    peak = Math.max(
      peak,
      all.reduce((sum, pid) => sum + memoryOf(pid), 0),
    )
  }, 500)
  const from = performance.now()
  const { id } = await server.client.post<{ id: string }>('/api/billing/runs', { everything: true, atOnce: true })
  await until(async () => (await runState(world, id)) === 'done', 'the run')
  await until(async () => (await filesOf(world, 'xrechnung-ubl')) >= customerIds.length, 'the e-invoices')
  const seconds = (performance.now() - from) / 1000
  const [pagesBefore, pagesFrom] = [await filesOf(world, 'pdf'), performance.now()]
  const enough = Math.min(customerIds.length, pagesBefore + 2_000)
  await until(async () => (await filesOf(world, 'pdf')) >= enough, 'the pages')
  clearInterval(watch)
  const pages = (await filesOf(world, 'pdf')) - pagesBefore
  return {
    seconds: round(seconds, 1),
    peakMemoryMb: Math.round(peak),
    pdfPerSecond: round(pages / ((performance.now() - pagesFrom) / 1000), 1),
  }
}

async function runState({ pool }: World, id: string): Promise<string> {
  const { rows } = await pool.query<{ state: string }>('select state from billing.run where id = $1', [id])
  return rows[0]!.state
}

async function filesOf({ pool }: World, format: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from invoicing.invoice i join documents.file f on f.document_id = i.document_id
      where f.format = $1 and i.number not like '%-2001-%'`,
    [format],
  )
  return rows[0]!.count
}

async function until(isDone: () => Promise<boolean>, what: string): Promise<void> {
  const from = performance.now()
  while (!(await isDone())) {
    if (performance.now() - from > 3_600_000) throw new Error(`${what}: not done after an hour`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** One piece of each of twenty notes comes back; they stand on the month's invoice, which is corrected. */
async function measureReturns(world: World, { client }: RunningServer, month: Month): Promise<number[]> {
  const { rows } = await world.pool.query<{ lines: string[] }>(
    `select array_agg(l.id::text) as lines from (select n.id, n.customer_id, row_number() over (partition by n.customer_id order by n.id) as nr
       from delivery.note n where n.customer_id = any($1)) n join delivery.note_line l on l.note_id = n.id and l.position = 1 where n.nr <= $2 group by n.customer_id`,
    [month.customerIds.slice(0, RETURNS), NOTES_OF_RETURN],
  )
  return withClients(1, rows.length, (i) =>
    client.post('/api/returns', {
      locationId: world.locationId,
      lines: rows[i]!.lines.map((noteLineId) => ({
        noteLineId,
        quantity: 1000,
        reason: 'changed-mind',
        condition: 'as-new',
        goods: 'restock',
      })),
    }),
  )
}

/** What his screen asks for: the customer with his account, and his open items. */
function measureBalance({ client }: RunningServer, customerId: string): Promise<number[]> {
  return withClients(1, 200, () =>
    Promise.all([
      client.get(`/api/customers/${customerId}`),
      client.get(`/api/open-items?customerId=${customerId}&limit=100`),
    ]),
  )
}

interface Figures extends RunFigures {
  lines: number
  documents: number
  returnTimes: number[]
  balanceTimes: number[]
}

function report({ lines, documents, returnTimes, balanceTimes, ...run }: Figures) {
  const returnMs = round(median(returnTimes), 1)
  const customerBalanceMs = round(percentile(balanceTimes, 0.99), 1)
  const full = 1_500_000
  const scaled = round((run.seconds * full) / lines, 1)
  const most = (what: string, figure: number, limit: number): Target => ({
    what,
    figure,
    target: `<= ${limit}`,
    reached: figure <= limit,
  })
  const { peakMemoryMb, pdfPerSecond } = run
  return {
    figures: {
      billing: {
        monthEndSeconds: scaled,
        monthEndLines: full,
        ...(lines < full ? { scaledFrom: { seconds: run.seconds, lines } } : {}),
        peakMemoryMb,
        pdfPerSecond,
        returnMs,
        returnP99Ms: round(percentile(returnTimes, 0.99), 1),
        customerBalanceMs,
      },
    },
    targets: [
      most(`month end of ${full} lines${lines < full ? `, scaled from ${lines}` : ''}, seconds`, scaled, 600),
      most('most memory of the server and its renderer meanwhile, MB', peakMemoryMb, 900),
      {
        what: 'pages that follow in the background, a second',
        figure: pdfPerSecond,
        target: '>= 20',
        reached: pdfPerSecond >= 20,
      },
      most(`return over ${NOTES_OF_RETURN} notes, median ms`, returnMs, 100),
      most(`balance and open items of a customer with ${documents} documents, p99 ms`, customerBalanceMs, 50),
    ],
  }
}
