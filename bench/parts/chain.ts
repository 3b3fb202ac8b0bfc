import { type BareMinimum, prepareBareMinimum } from '../bare-minimum.ts'
import { cpuOf, cpuOfPostgres, median, percentile, round, withClients } from '../measure.ts'
import { playChain, seeded } from '../play-chain.ts'
import type { Part } from '../run.ts'
import { countStatements, type World } from '../world.ts'

interface Figures {
  perSecond: number
  cpuMsPerChain: number
  p50Ms: number
  p99Ms: number
}

/**
 * The chain of five requests over HTTP with one and eight clients, and beside it, turn by turn in the same run, the least
 * durable SQL for the same rows through the same driver. The limit writes into tables that refuse wrong rows as ours do,
 * by foreign keys and triggers, because rows nobody protects are not the same rows; `ratioUnprotected` is against copies
 * without them.
 */
export const chain: Part = {
  name: 'chain',
  async run(world, { quick }) {
    // a server runs for weeks: what is measured is its pace once its code is compiled
    const [warmUp, count, rounds] = quick ? [100, 100, 3] : [1_500, 300, 9]
    const server = await world.server()
    const random = seeded(1)
    await withClients(8, warmUp, () => playChain(server.client, world, random))
    const bare = await prepareBareMinimum(world, 'protected')
    const unprotected = await prepareBareMinimum(world, 'unprotected')
    for (const limit of [bare, unprotected]) await withClients(8, warmUp, () => limit.chain(random))
    const clients1 = await measureChain(world, 1, count, random)
    const turns: { ours: Figures; limit: Figures; unprotected: Figures }[] = []
    for (let i = 0; i < rounds; i++) {
      const measureLimit = ({ chain }: BareMinimum) => measureWork(world, process.pid, 8, count, () => chain(random))
      turns.push({
        ours: await measureChain(world, 8, count, random),
        limit: await measureLimit(bare),
        unprotected: await measureLimit(unprotected),
      })
    }
    const clients8 = middle(turns.map((t) => t.ours))
    const limit = middle(turns.map((t) => t.limit))
    const ratioClients8 = round(median(turns.map((t) => t.ours.perSecond / t.limit.perSecond)))
    const ratioUnprotected = round(median(turns.map((t) => t.ours.perSecond / t.unprotected.perSecond)))
    const counted = await countPerChain(world, random)
    await Promise.all([bare.end(), unprotected.end()])
    await world.mustHold('chain')
    const memoryMb = Math.round((await server.figures()).rss / 1_048_576)
    return {
      figures: {
        chain: {
          clients1,
          clients8,
          limitClients8: { perSecond: limit.perSecond, cpuMsPerChain: limit.cpuMsPerChain },
          ratioClients8,
          ratioUnprotected,
          ...counted,
        },
        memoryMb,
      },
      targets: [
        {
          what: 'chain, 8 clients, against the bare minimum of SQL',
          figure: ratioClients8,
          target: '>= 0.5',
          reached: ratioClients8 >= 0.5,
        },
        {
          what: `CPU of server and database a chain, ms (bare minimum ${limit.cpuMsPerChain})`,
          figure: clients8.cpuMsPerChain,
          target: '<= 10',
          reached: clients8.cpuMsPerChain <= 10,
        },
        {
          what: 'memory of the server under that load, MB',
          figure: memoryMb,
          target: '<= 400',
          reached: memoryMb <= 400,
        },
      ],
    }
  },
}

/** Chains over HTTP; the CPU is that of the server and of PostgreSQL. */
export async function measureChain(
  world: World,
  clients: number,
  count: number,
  random: () => number,
): Promise<Figures> {
  const { client, pid } = await world.server()
  return measureWork(world, pid, clients, count, () => playChain(client, world, random))
}

async function measureWork(
  world: World,
  pid: number,
  clients: number,
  count: number,
  work: () => Promise<unknown>,
): Promise<Figures> {
  const cpu = () => cpuOf(pid) + cpuOfPostgres(world.postmaster)
  const [before, from] = [cpu(), performance.now()]
  const times = await withClients(clients, count, work)
  const seconds = (performance.now() - from) / 1000
  return {
    perSecond: round(count / seconds, 1),
    cpuMsPerChain: round((cpu() - before) / count),
    p50Ms: round(median(times), 1),
    p99Ms: round(percentile(times, 0.99), 1),
  }
}

function middle(rounds: readonly Figures[]): Figures {
  const of = (name: keyof Figures) => round(median(rounds.map((r) => r[name])))
  return { perSecond: of('perSecond'), cpuMsPerChain: of('cpuMsPerChain'), p50Ms: of('p50Ms'), p99Ms: of('p99Ms') }
}

const calls =
  "select sum(calls)::int as calls from pg_stat_statements where query not like '%pg_stat_statements%' and query not like '%pg_notify%' and query not like '%from kernel.event%'"

/** SQL statements of a chain as PostgreSQL counted them (live events apart), and how often a request waited for it. */
async function countPerChain(
  world: World,
  random: () => number,
): Promise<{ statementsPerChain: number; roundTripsPerChain: number }> {
  const { client, figures } = await world.server()
  const chains = 20
  await countStatements(world.pool, 'top')
  await playChain(client, world, random) // until all connections have heard of it
  const count = async () => (await world.pool.query<{ calls: number }>(calls)).rows[0]!.calls
  const [before, tripsBefore] = [await count(), (await figures()).roundTrips]
  for (let i = 0; i < chains; i++) await playChain(client, world, random)
  const counted = {
    statementsPerChain: round(((await count()) - before) / chains, 1),
    roundTripsPerChain: round(((await figures()).roundTrips - tripsBefore) / chains, 1),
  }
  await countStatements(world.pool, 'none')
  return counted
}
