import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Where a running Tresen answers while the screens are being worked on with `npx vite`. */
const server = process.env.TRESEN_URL ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: 'web',
  plugins: [react(), compressed()],
  build: {
    outDir: 'dist',
    // the back office, and the page of who has a link but no account
    rolldownOptions: { input: ['web/index.html', 'web/links/index.html'] },
    emptyOutDir: true,
    target: 'es2022',
    // a strict content security policy knows no data: addresses for fonts
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api/': { target: server, changeOrigin: false } }, fs: { allow: ['..'] } },
})

const SMALLEST = 1_400

/** Lays a .br and a .gz beside each file worth it, so that nobody compresses the same file for every browser. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      const files = Object.keys(bundle).filter((file) => /\.(js|css|html|svg|ttf)$/.test(file))
      await Promise.all(files.map((file) => compress(join(dir!, file))))
    },
  }
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file)
  if (content.length < SMALLEST) return
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  await Promise.all([
    writeFile(`${file}.br`, await promisify(brotliCompress)(content, quality)),
    writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 })),
  ])
}
