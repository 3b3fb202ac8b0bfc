import { prepareBareMinimum } from '../bare-minimum.ts'
import { cpuOf, cpuOfPostgres, median, percentile, round, withClients } from '../measure.ts'
import { playChain, seeded } from '../play-chain.ts'
import type { Part } from '../run.ts'
import type { World } from '../world.ts'

interface Figures {
  perSecond: number
  cpuMsPerChain: number
  p50Ms: number
  p99Ms: number
}

/**
 * The chain of five requests over HTTP with one and eight clients, and beside it, turn by turn in the same run, the least
 * durable SQL for the same rows through the same driver.
 */
export const chain: Part = {
  name: 'chain',
  async run(world, { quick }) {
    const [warmUp, count, rounds] = quick ? [60, 120, 3] : [300, 600, 5]
    const { client } = await world.server()
    const random = seeded(1)
    await withClients(8, warmUp, () => playChain(client, world, random))
    const bare = await prepareBareMinimum(world)
    await withClients(8, warmUp, () => bare.chain(random))
    const clients1 = await measure(world, 1, Math.round(count / 2), random)
    const turns: { ours: Figures; limit: number }[] = []
    for (let i = 0; i < rounds; i++) {
      const ours = await measure(world, 8, count, random)
      turns.push({ ours, limit: await rateOf(8, count, () => bare.chain(random)) })
    }
    const clients8 = middle(turns.map((t) => t.ours))
    const counted = await countStatements(world, random)
    await bare.end()
    await world.mustHold('chain')
    const { rss } = await (await world.server()).figures()
    return {
      chain: {
        clients1,
        clients8,
        limitClients8: { perSecond: round(median(turns.map((t) => t.limit)), 1) },
        ratioClients8: round(median(turns.map((t) => t.ours.perSecond / t.limit))),
        ...counted,
      },
      memoryMb: Math.round(rss / 1_048_576),
    }
  },
  targets: (r) => [
    [
      'chain, 8 clients, against the bare minimum of SQL',
      r.chain.ratioClients8,
      '>= 0.5',
      r.chain.ratioClients8 >= 0.5,
    ],
    [
      'CPU of server and database a chain, ms',
      r.chain.clients8.cpuMsPerChain,
      '<= 10',
      r.chain.clients8.cpuMsPerChain <= 10,
    ],
    ['memory of the server under that load, MB', r.memoryMb, '<= 400', r.memoryMb <= 400],
  ],
}

export async function measure(world: World, clients: number, count: number, random: () => number): Promise<Figures> {
  const { client, pid } = await world.server()
  const cpu = () => cpuOf(pid) + cpuOfPostgres(world.postmaster)
  const [before, from] = [cpu(), performance.now()]
  const times = await withClients(clients, count, () => playChain(client, world, random))
  const seconds = (performance.now() - from) / 1000
  return {
    perSecond: round(count / seconds, 1),
    cpuMsPerChain: round((cpu() - before) / count),
    p50Ms: round(median(times), 1),
    p99Ms: round(percentile(times, 0.99), 1),
  }
}

async function rateOf(clients: number, count: number, work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await withClients(clients, count, work)
  return count / ((performance.now() - from) / 1000)
}

function middle(rounds: readonly Figures[]): Figures {
  const of = (name: keyof Figures) => round(median(rounds.map((r) => r[name])))
  return { perSecond: of('perSecond'), cpuMsPerChain: of('cpuMsPerChain'), p50Ms: of('p50Ms'), p99Ms: of('p99Ms') }
}

/** SQL statements of a chain as PostgreSQL counted them, and how often the server spoke to it. */
async function countStatements(
  world: World,
  random: () => number,
): Promise<{ statementsPerChain: number; roundTripsPerChain: number }> {
  const { client, figures } = await world.server()
  const chains = 20
  await playChain(client, world, random)
  const calls = async () =>
    Number(
      (
        await world.pool.query<{ calls: string }>(
          "select sum(calls)::text as calls from pg_stat_statements where query not like '%pg_stat_statements%'",
        )
      ).rows[0]!.calls,
    )
  const [before, tripsBefore] = [await calls(), (await figures()).roundTrips]
  for (let i = 0; i < chains; i++) await playChain(client, world, random)
  return {
    statementsPerChain: round(((await calls()) - before) / chains, 1),
    roundTripsPerChain: round(((await figures()).roundTrips - tripsBefore) / chains, 1),
  }
}
