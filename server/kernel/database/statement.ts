/** One SQL statement with a name: prepared once a connection, found by its name in PostgreSQL's statistics. */
export interface Statement<Row> {
  name: string
  text: string
  /** only the type: what a row of the answer looks like */
  row?: Row
}

export function statement<Row = Record<string, never>>(name: string, text: string): Statement<Row> {
  return { name, text }
}

/** Something that answers statements: the pool for reads, the transaction of a use case for writes. */
export interface Database {
  query<Row>(statement: Statement<Row>, values?: readonly unknown[]): Promise<Row[]>
}
