import type pg from 'pg'

/** delivery.note_line -> delivery_note_line, in the first schema of the search path. */
export const copyOf = (table: string): string => table.replace('.', '_')

/** Empty copies of tables with keys, checks, indexes and settings: all that `like` copies. */
export async function copyTables(pool: pg.Pool, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await pool.query<{ settings: string }>(
      "select coalesce('with (' || array_to_string(reloptions, ', ') || ')', '') as settings from pg_class where oid = $1::regclass",
      [table],
    )
    await pool.query(`create table ${copyOf(table)} (like ${table} including all) ${rows[0]!.settings}`)
  }
}

const protection = `
  select format('alter table %I add %s', $2::text, pg_get_constraintdef(oid)) as statement from pg_constraint where conrelid = $1::regclass and contype = 'f'
  union all select replace(pg_get_triggerdef(oid), ' ON ' || $1 || ' ', format(' ON %I ', $2::text)) from pg_trigger where tgrelid = $1::regclass and not tgisinternal`

/** What `like` leaves out: foreign keys, to the copies and to master data, and the triggers that keep rows final. */
export async function copyProtection(pool: pg.Pool, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await pool.query<{ statement: string }>(protection, [table, copyOf(table)])
    for (const { statement } of rows)
      await pool.query(tables.reduce((text, t) => text.replaceAll(` ${t}(`, ` ${copyOf(t)}(`), statement))
  }
}
