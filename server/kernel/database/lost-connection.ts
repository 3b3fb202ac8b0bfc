import pg from 'pg'

/** The database is away, restarting or full of connections: nothing is wrong with what was asked, it may be asked again. */
export function isLostConnection(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (error instanceof pg.DatabaseError)
    return code.startsWith('08') || code.startsWith('57P') || code === '53300' || code === '25P03'
  return (
    /ECONNREFUSED|ECONNRESET|EPIPE|ENOENT/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable|connection error/i.test(message)
  )
}
