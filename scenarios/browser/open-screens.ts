import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { AppOptions } from '../../server/app/start-app.ts'
import { createUser } from '../../server/kernel/identity/users.ts'
import { type TestApp, testApp } from '../../tools/test-app.ts'
import { type TestKernel, testKernel } from '../../tools/test-kernel.ts'
import { openBrowser } from './open-browser.ts'

export const password = 'ein langes Kennwort'

interface ScreensOptions {
  /** what is there before the server starts */
  prepare(tresen: TestKernel): Promise<unknown>
  app?: Partial<AppOptions>
  /** who sits at the screen; the administrator if nobody is named */
  user?: Pick<Parameters<typeof createUser>[1], 'login' | 'name' | 'role'>
  /** where the clocks of server and browser stand still; else they go as they do */
  clock?: Date
}

/** The screens as they are in the tree, a server of their own behind them, and a browser with nobody logged in. */
export interface Screens {
  page: Page
  tresen: TestKernel
  server: TestApp
  /** faults of the page and answers from 500 up, so far; a story ends with none */
  wrong: string[]
  /** fills in the form of the log-in, on the page that is open */
  logIn(): Promise<void>
  button(name: string | RegExp): Locator
  /** resolves when the text stands somewhere on the page */
  seen(text: string | RegExp): Promise<void>
  close(): Promise<void>
}

/** Builds the screens into a directory of this test alone, so that files may run beside each other. */
export async function openScreens(options: ScreensOptions): Promise<Screens> {
  const opened: (() => unknown)[] = []
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end()
  }
  try {
    return { ...(await open(options, (end) => opened.push(end))), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function open(
  { prepare, app, user = { login: 'chef', name: 'Hannelore Chef', role: 'administrator' }, clock }: ScreensOptions,
  atEnd: (end: () => unknown) => void,
): Promise<Omit<Screens, 'close'>> {
  const webDirectory = mkdtempSync(join(tmpdir(), 'tresen-screens-'))
  atEnd(() => rmSync(webDirectory, { recursive: true, force: true }))
  await buildInto(webDirectory)
  const tresen = await testKernel()
  atEnd(tresen.close)
  await prepare(tresen)
  const server = await testApp(tresen, { webDirectory, ...(clock ? { now: () => clock } : {}), ...app })
  atEnd(() => server.app.close())
  await tresen.play(createUser, { ...user, password })
  const { browser, close } = await openBrowser()
  atEnd(close)
  const page = await browser.newPage({ locale: 'de-DE', viewport: { width: 1280, height: 900 } })
  if (clock) await page.clock.setFixedTime(clock)
  page.setDefaultTimeout(15_000)
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  return {
    page,
    tresen,
    server,
    wrong: faultsOf(page),
    async logIn() {
      await page.getByLabel('Anmeldename').fill(user.login)
      await page.getByLabel('Kennwort', { exact: true }).fill(password)
      await button('Anmelden').click()
    },
    button,
    seen: (text) => page.getByText(text).first().waitFor(),
  }
}

async function buildInto(directory: string): Promise<void> {
  const { build } = await import('vite')
  await build({
    configFile: join(import.meta.dirname, '../../vite.config.ts'),
    logLevel: 'error',
    build: { outDir: directory },
  })
}

function faultsOf(page: Page): string[] {
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(String(error)))
  page.on('response', (response) => response.status() >= 500 && wrong.push(`${response.status()} ${response.url()}`))
  return wrong
}
