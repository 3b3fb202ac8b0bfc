import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dayOf } from '../../common/dates.ts'
import { permissions } from '../../common/permissions.ts'
import { invariants } from '../app/capabilities.ts'
import { startApp } from '../app/start-app.ts'
import { verify } from '../app/verify.ts'
import { loadDemoMasterData, playStory, StoryOutput, storyClient } from '../demo/index.ts'
import { createApiKey } from '../kernel/identity/users.ts'
import { perform, silentLog, systemActor } from '../kernel/index.ts'
import { sealJournal } from '../kernel/seal-journal.ts'
import { progressLine } from './console-log.ts'
import { openDatabase } from './open-database.ts'

/** Plays the whole story on a throw-away database, writes every document it makes, and ends with 0 only if every invariant holds. */
export async function demo(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { out: { type: 'string' } } })
  if (!values.out) {
    console.error('tresen demo --out DIR')
    return 2
  }
  const temporary = mkdtempSync(join(tmpdir(), 'tresen-demo-'))
  const progress = progressLine()
  try {
    const database = await openDatabase(
      { databaseUrl: undefined, dataDirectory: temporary, host: '127.0.0.1', port: 0, jobs: true, logLevel: 'warn' },
      silentLog,
      (text) => progress.show(text),
    )
    try {
      return await playAndVerify(database.url, resolve(values.out), progress)
    } finally {
      await database.close()
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

async function playAndVerify(
  databaseUrl: string,
  directory: string,
  progress: ReturnType<typeof progressLine>,
): Promise<number> {
  const app = await startApp({ databaseUrl, host: '127.0.0.1', port: 0, log: silentLog, jobs: true })
  try {
    await loadDemoMasterData(app.kernel, (done, of, what) => progress.show(`${what} ${done}/${of}`))
    progress.done()
    const { key } = await perform(app.kernel, { name: 'create-api-key', actor: systemActor, input: {} }, (work) =>
      createApiKey(work, { name: 'Demo', permissions: [...permissions] }),
    )
    const client = storyClient(app.address, key)
    const out = new StoryOutput(directory, client)
    let step = 0
    await playStory({
      client,
      out,
      today: dayOf(app.kernel.now()),
      tell: (title, what) => console.log(`${String(++step).padStart(2)}. ${title.padEnd(26)} ${what}`),
    })
    const files = await out.finish()
    console.log(`\n${files} Dateien in ${directory} (Verzeichnis: index.json)`)
    while (await sealJournal(app.kernel.pool)) {}
    const broken = (await verify(app.kernel.database, invariants)).filter((f) => f.broken.length > 0)
    for (const finding of broken) console.error(`BROKEN ${finding.invariant}\n  ${finding.broken.join('\n  ')}`)
    console.log(
      broken.length === 0 ? `Alle ${invariants.length} Invarianten stimmen.` : `${broken.length} Invarianten verletzt.`,
    )
    return broken.length === 0 ? 0 : 1
  } finally {
    await app.close()
  }
}
