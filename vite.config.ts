import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where a running Tresen answers while the screens are being worked on with `npx vite`. */
const server = process.env.TRESEN_URL ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: 'web',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // a strict content security policy knows no data: addresses for fonts
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api/': { target: server, changeOrigin: false } }, fs: { allow: ['..'] } },
})
