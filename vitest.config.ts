import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{common,server,web,tools,scenarios,bench}/**/*.test.{ts,tsx}'],
    globalSetup: ['tools/vitest-global-setup.ts'],
    // a machine that does other work as well is no reason to fail
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
