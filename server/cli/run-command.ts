import { refusalText } from '../../common/refusal.ts'
import { DatabaseError } from '../kernel/database/failure.ts'
import { sayFailure } from '../kernel/database/failure-words.ts'
import { RefusalError } from '../kernel/index.ts'

type Command = (args: string[]) => Promise<number>

/** Each command is loaded only when it's asked for, so that help and small ones are quick. */
const commands: Record<string, { usage: string; what: string; load: () => Promise<Command> }> = {
  start: {
    usage: 'start [--empty]',
    what: 'den Server starten / start the server',
    load: async () => (await import('./start.ts')).start,
  },
  demo: {
    usage: 'demo --out DIR',
    what: 'die ganze Geschichte ohne Browser spielen / play the whole story',
    load: async () => (await import('./demo.ts')).demo,
  },
  verify: {
    usage: 'verify',
    what: 'Hash-Kette und alle Invarianten nachrechnen / recompute all invariants',
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
  backup: {
    usage: 'backup DIR',
    what: 'im laufenden Betrieb sichern / online backup',
    load: async () => (await import('./backup.ts')).backup,
  },
  restore: {
    usage: 'restore DIR [--replace]',
    what: 'eine Sicherung zurückspielen / restore a backup',
    load: async () => (await import('./backup.ts')).restore,
  },
  import: {
    usage:
      'import orders FILE... --format woocommerce|vendure|shopware|shopify [--channel CODE] | articles|customers|stock FILE.csv [--dry-run]',
    what: 'Daten übernehmen / import data',
    load: async () => (await import('./import.ts')).importCommand,
  },
  user: {
    usage: 'user add LOGIN --role ROLE [--name NAME] | user password LOGIN',
    what: 'Benutzer anlegen, Kennwort neu / users',
    load: async () => (await import('./user.ts')).user,
  },
  'api-key': {
    usage: 'api-key add NAME --permission P [--permission P ...]',
    what: 'Schlüssel für Programme / keys for programs',
    load: async () => (await import('./user.ts')).apiKey,
  },
}

/** Runs one command of the command line; 0 if it did what was asked. */
export async function runCommand(args: string[]): Promise<number> {
  const [name = 'help', ...rest] = args
  const command = commands[name]
  if (!command) {
    const isHelp = ['help', '--help', '-h'].includes(name)
    if (!isHelp) console.error(`Unbekannter Befehl / unknown command: ${name}\n`)
    console.log(
      `tresen\n${Object.values(commands)
        .map((c) => `  tresen ${c.usage}\n      ${c.what}`)
        .join('\n')}`,
    )
    return isHelp ? 0 : 2
  }
  try {
    return await (await command.load())(rest)
  } catch (error) {
    if (error instanceof RefusalError) console.error(refusalText(error.refusal.code, error.refusal.facts, 'de'))
    else if (error instanceof DatabaseError) console.error(sayFailure(error))
    else if (isUsageError(error)) console.error((error as Error).message)
    else console.error(error)
    return 1
  }
}

function isUsageError(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  return (
    code.startsWith('ERR_PARSE_ARGS') || ['ENOENT', 'EACCES', 'EISDIR', 'ECONNREFUSED', 'EADDRINUSE'].includes(code)
  )
}
