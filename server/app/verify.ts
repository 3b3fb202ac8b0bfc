import type { Database, Invariant } from '../kernel/index.ts'

export interface Finding {
  invariant: string
  broken: string[]
  milliseconds: number
}

/** Recomputes every invariant from the rows and names what is broken. Changes nothing; may run while the shop sells. */
export async function verify(
  database: Database,
  invariants: readonly Invariant[],
  onFinding: (finding: Finding) => void = () => undefined,
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const invariant of invariants) {
    const start = performance.now()
    const broken = await invariant.findBroken(database)
    const finding = { invariant: invariant.name, broken, milliseconds: performance.now() - start }
    findings.push(finding)
    onFinding(finding)
  }
  return findings
}
