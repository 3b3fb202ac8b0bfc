import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

export interface OpenBrowser {
  browser: Browser
  close(): Promise<void>
}

/** A Chromium without a window: that of CHROMIUM_PATH, or the one npm brings, with its own libraries where the system has none. */
export async function openBrowser(): Promise<OpenBrowser> {
  const home = mkdtempSync(join(tmpdir(), 'tresen-browser-'))
  const own = process.env.CHROMIUM_PATH
  const [executablePath, libraries] = own ? [own] : await unpacked()
  const browser = await playwright.launch({
    executablePath,
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', `--crash-dumps-dir=${home}`],
    env: { ...process.env, HOME: home, ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) } as Record<string, string>,
  })
  return {
    browser,
    async close() {
      await browser.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/**
 * The package unpacks itself into the directory for temporary files, for its user alone. Each user of the machine gets a
 * directory of his own there, or the second one could not start the browser of the first.
 */
async function unpacked(): Promise<[executable: string, libraries: string | undefined]> {
  const before = process.env.TMPDIR
  process.env.TMPDIR = join(tmpdir(), `tresen-chromium-${process.getuid?.() ?? 'user'}`)
  mkdirSync(process.env.TMPDIR, { recursive: true, mode: 0o700 })
  try {
    return [await chromium.executablePath(), await librariesUnlessThere()]
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

/** NSS is all that a bare system lacks; the package has it packed for another purpose. */
async function librariesUnlessThere(): Promise<string | undefined> {
  const places = ['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib', '/lib/x86_64-linux-gnu']
  if (places.some((place) => existsSync(join(place, 'libnss3.so')))) return undefined
  const packed = join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/bin/al2023.tar.br')
  return join(await inflate(packed), 'lib')
}
