import { invariants } from '../app/capabilities.ts'
import { verify } from '../app/verify.ts'
import { readConfiguration } from '../config.ts'
import { sealJournal } from '../kernel/seal-journal.ts'
import { withKernel } from './open-database.ts'

/** Recomputes the hash chain and all invariants and names what is broken; ends with 1 if something is. */
export function verifyCommand(): Promise<number> {
  return withKernel(readConfiguration(), async (kernel) => {
    while (await sealJournal(kernel.pool)) {}
    const findings = await verify(kernel.database, invariants, ({ invariant, broken, milliseconds }) => {
      console.log(`${broken.length === 0 ? '  ok     ' : '  BROKEN '} ${invariant} (${Math.round(milliseconds)} ms)`)
      for (const breach of broken) console.log(`            ${breach}`)
    })
    const broken = findings.filter((f) => f.broken.length > 0).length
    console.log(
      broken === 0
        ? `\nAlle ${findings.length} Invarianten stimmen.`
        : `\n${broken} von ${findings.length} Invarianten sind verletzt.`,
    )
    return broken === 0 ? 0 : 1
  })
}
