// npm test: everything that must hold, one line a step, on the Node that came along. Ends with "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const binaries = join(root, 'node_modules', '.bin')
const environment = { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH}`, FORCE_COLOR: '0' }
const scratch = mkdtempSync(join(tmpdir(), 'tresen-check-'))
const report = join(scratch, 'report.json')

const steps = [
  ['format and lint', ['biome', 'check']],
  ['types', ['tsc', '--noEmit', '-p', '.']],
  ['dead code', ['knip', '--no-progress']],
  ['screens build', ['vite', 'build', '--logLevel', 'error', '--outDir', join(scratch, 'screens')]],
  ['tests', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]],
]

let failedSteps = 0
for (const [name, [command, ...args]] of steps) {
  const start = performance.now()
  const isTests = name === 'tests'
  const run = spawnSync(join(binaries, command), args, {
    cwd: root,
    env: environment,
    encoding: 'utf8',
    stdio: isTests ? 'inherit' : 'pipe',
    shell: process.platform === 'win32',
    maxBuffer: 64_000_000,
  })
  const ok = run.status === 0
  if (!ok && !isTests) failedSteps += 1
  if (!ok && !isTests) console.log(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error ?? ''}`)
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
}

const counted = countTests()
rmSync(scratch, { recursive: true, force: true })
const failed = counted.failed + failedSteps
console.log(`${counted.passed + steps.length - 1 - failedSteps} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** Tests and whole files that broke before their tests; no report at all is a failure. */
function countTests() {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites, testResults, success } = JSON.parse(
      readFileSync(report, 'utf8'),
    )
    const brokenFiles = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    ).length
    const failed = numFailedTests + brokenFiles
    return { passed: numPassedTests, failed: success ? failed : Math.max(failed, numFailedTestSuites > 0 ? 1 : 0, 1) }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
