import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

const patience = { timeout: 90_000, interval: 100 }
let scratch: string
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'tresen-demo-shop-test-'))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const lives = (pid: number) => {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}
const postmaster = () => globSync(join(scratch, '*', 'postgres', '**', 'postmaster.pid'))[0]

test.skipIf(process.platform === 'win32').for(['SIGTERM', 'SIGKILL'] as const)(
  'the demo shop ends with the one who started it (%s), also while it is still starting: nothing stays behind',
  async (signal) => {
    const program = join(import.meta.dirname, 'demo-shop.ts')
    // as npm does it: a shell in between, which is all that gets the signal
    const shell = spawn(
      'sh',
      ['-c', `'${process.execPath}' --disable-warning=ExperimentalWarning '${program}'; true`],
      {
        env: { ...process.env, TMPDIR: scratch },
        stdio: 'ignore',
      },
    )
    const pid = await vi.waitFor(() => {
      // while the database is being made it is a negative one
      const said = Number(readFileSync(postmaster()!, 'utf8').split('\n')[0])
      return lives(said) ? said : Promise.reject(new Error('no PostgreSQL yet'))
    }, patience)
    shell.kill(signal)
    await vi.waitFor(
      () => expect(readdirSync(scratch).filter((name) => name.startsWith('tresen'))).toEqual([]),
      patience,
    )
    expect(lives(pid)).toBe(false)
  },
)
