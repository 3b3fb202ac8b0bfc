import { readdirSync, readFileSync } from 'node:fs'

export const median = (values: readonly number[]): number => percentile(values, 0.5)

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0
}

export const round = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits

/** Runs `count` pieces of work with so many clients at a time; the milliseconds of each. */
export async function withClients(
  clients: number,
  count: number,
  work: (i: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = []
  let next = 0
  const client = async () => {
    while (next < count) {
      const i = next++
      const from = performance.now()
      await work(i)
      times.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return times
}

const TICKS_PER_SECOND = 100

/** CPU milliseconds a process used so far, user and system; 0 where the system does not tell (only Linux does). */
export function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND
  } catch {
    return 0
  }
}

/** CPU of PostgreSQL: the postmaster and everything it started that still runs. */
export function cpuOfPostgres(postmaster: number): number {
  return childrenOf(postmaster).reduce((sum, pid) => sum + cpuOf(pid), cpuOf(postmaster))
}

function safeList(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

/** Memory of a process in megabytes; 0 where the system does not tell. */
export function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
  } catch {
    return 0
  }
}

/** The processes a process started that still run. */
export function childrenOf(parent: number): number[] {
  return safeList('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        return Number(stat.replace(/^.*\) /s, '').split(' ')[1]) === parent
      } catch {
        return false // gone meanwhile
      }
    })
}
