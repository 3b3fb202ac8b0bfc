import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{common,server,web,tools,scenarios,bench}/**/*.test.{ts,tsx}'],
    globalSetup: ['tools/vitest-global-setup.ts'],
  },
})
