import pg from 'pg'

/** What of the driver's connection a batch uses; the driver's types leave it out. */
interface Wire {
  stream: { write(bytes: Buffer): void }
  /** names PostgreSQL has parsed on this connection, or was sent to parse */
  parsedStatements: Record<string, string>
  submittedNamedStatements: Record<string, string>
  parse(statement: { name: string; text: string }): void
  bind(values: { portal: string; statement: string; values: (string | Buffer | null)[] }): void
  describe(portal: { type: 'P'; name: string }): void
  execute(portal: { portal: string }): void
  sync(): void
}

type Field = { name: string; parse: (text: string) => unknown }

export interface Answer {
  rows: unknown[]
  /** BEGIN, SELECT, COMMIT, ROLLBACK */
  command: string
}

interface Asked {
  name: string
  text: string
  values: readonly unknown[]
  rows: Record<string, unknown>[]
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/** The driver sends in a pipeline only what is a query of its own. */
const DriverQuery = pg.Query as unknown as new (config: { text: string }) => object

/** What a statement answers with is asked once a connection. */
const knownFields = new WeakMap<object, Map<string, Field[]>>()

/**
 * Named statements of one transaction that leave in one packet and are answered in one: a single Sync behind them all.
 * After a failure PostgreSQL leaves out the rest; they fail here as it would say it, "transaction is aborted". The driver
 * takes the batch for one query and hands it each message of the answer.
 */
export class Batch extends DriverQuery {
  private readonly types: pg.CustomTypesConfig
  private asked: Asked[] = []
  private fields = new Map<string, Field[]>()

  constructor(types: pg.CustomTypesConfig) {
    super({ text: '' })
    this.types = types
  }

  add(name: string, text: string, values: readonly unknown[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.asked.push({ name, text, values, rows: [], resolve, reject })
    })
  }

  /** Not sent yet and no longer wanted: what would be rolled back anyway. */
  drop(): void {
    for (const { reject } of this.asked) reject(aborted())
    this.asked = []
  }

  /** Under these the driver notes which statement the connection has parsed now. */
  get name(): string | undefined {
    return this.asked?.[0]?.name
  }
  get text(): string | undefined {
    return this.asked?.[0]?.text
  }
  set name(_) {}
  set text(_) {}

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire
    this.fields = knownFields.get(wire) ?? this.fields
    knownFields.set(wire, this.fields)
    const packet: Buffer[] = []
    const packing = Object.create(wire, { _send: { value: (bytes: Buffer) => packet.push(bytes) } }) as Wire
    for (const { name, text, values } of this.asked) {
      if (wire.parsedStatements[name] === undefined && wire.submittedNamedStatements[name] === undefined) {
        packing.parse({ name, text })
        wire.submittedNamedStatements[name] = text
      }
      packing.bind({ portal: '', statement: name, values: values.map(asText) })
      if (!this.fields.has(name)) packing.describe({ type: 'P', name: '' })
      packing.execute({ portal: '' })
    }
    packing.sync()
    wire.stream.write(Buffer.concat(packet))
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    const parsers = fields.map((f) => ({
      name: f.name,
      parse: this.types.getTypeParser(f.dataTypeID, 'text') as Field['parse'],
    }))
    this.fields.set(this.asked[0]!.name, parsers)
  }

  handleDataRow({ fields: texts }: { fields: (string | null)[] }): void {
    const { name, rows } = this.asked[0]!
    const row: Record<string, unknown> = {}
    this.fields.get(name)!.forEach((field, i) => {
      const text = texts[i]!
      row[field.name] = text === null ? null : field.parse(text)
    })
    rows.push(row)
  }

  handleCommandComplete({ text }: { text: string }): void {
    const { name, rows, resolve } = this.asked.shift()!
    if (!this.fields.has(name)) this.fields.set(name, [])
    resolve({ rows, command: text.split(' ', 1)[0]! })
  }

  handleReadyForQuery(): void {}

  handleError(error: unknown, connection: pg.Connection): void {
    const { submittedNamedStatements } = connection as unknown as Wire
    const [failed, ...left] = this.asked
    this.asked = []
    for (const { name } of left) delete submittedNamedStatements[name]
    failed?.reject(error)
    for (const { reject } of left) reject(aborted())
  }
}

function aborted(): pg.DatabaseError {
  const error = new pg.DatabaseError('an earlier statement of the transaction failed', 0, 'error')
  return Object.assign(error, { code: '25P02' })
}

/** A value as PostgreSQL reads it. */
function asText(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || Buffer.isBuffer(value)) return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return `{${value.map(asElement).join(',')}}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function asElement(value: unknown): string {
  const text = asText(value)
  return text === null ? 'NULL' : `"${text.toString().replace(/[\\"]/g, '\\$&')}"`
}
