import type { Database } from './database/statement.ts'

/** Something that must be true at any moment between two transactions; `tresen verify` recomputes it from the rows. */
export interface Invariant {
  /** a sentence of the business */
  name: string
  /** what is broken, in words with numbers and ids; empty: it holds */
  findBroken(database: Database): Promise<string[]>
}

/** An invariant whose SQL answers one row per breach, each with a column `breach` in words. */
export function breaches(name: string, sql: string): Invariant {
  return {
    name,
    findBroken: async (database) => {
      const rows = await database.query<{ breach: string }>({
        name: `verify.${name.replace(/[^a-z]+/gi, '-').slice(0, 50)}`,
        text: `${sql} limit 50`,
      })
      return rows.map((r) => r.breach)
    },
  }
}
